"""Showing a mail's HTML in a frame that can do nothing: no script, no form, no other origin."""

from collections.abc import Iterable
from urllib.parse import urlsplit

from litestar import Response

BLANK = b'<base target="_blank">'


def framed(html: str, images: Iterable[str], links: bool) -> Response[bytes]:
    """The mail under a policy of its own; pictures only from the shop, `links` open a new tab.

    `<base target>` sends every link to a new tab; without `links` the sandbox opens none, so that
    looking at a message never counts as its reader's click.
    """
    sandbox = "allow-popups allow-popups-to-escape-sandbox" if links else ""
    policy = (
        f"default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data: {_origins(images)};"
        f" font-src 'none'; form-action 'none'; frame-ancestors 'self'; sandbox {sandbox}"
    )
    return Response(
        BLANK + html.encode(),
        media_type="text/html; charset=utf-8",
        headers={"Content-Security-Policy": policy, "Cross-Origin-Resource-Policy": "same-origin"},
    )


def _origins(addresses: Iterable[str]) -> str:
    found = set()
    for address in addresses:
        parts = urlsplit(address)
        if parts.scheme in ("http", "https") and parts.netloc.replace(":", "").isprintable():
            found.add(f"{parts.scheme}://{parts.netloc}")
    return " ".join(sorted(one for one in found if not set(one) & set(" ;,'\"")))
