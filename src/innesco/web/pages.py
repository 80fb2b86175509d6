"""The admin UI's files, and what its pages may load: nothing from another origin."""

from pathlib import Path
from typing import Any

from litestar import Response, get
from litestar.params import FromPath
from litestar.response import File

from innesco.web.api.policy import NOBODY
from innesco.web.api.problem import missing

BUILT = Path(__file__).parent.parent / "_ui"
A_YEAR = "public, max-age=31536000, immutable"

HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; connect-src 'self';"
    " style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; frame-src 'self';"
    " base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "Cache-Control": "no-store",
}
"""For every answer of the admin API and its pages. Mantine writes styles into elements."""

NOT_BUILT = """<!doctype html>
<html lang="en"><meta charset="utf-8"><title>Innesco</title>
<body style="font:16px/1.5 system-ui;max-width:36rem;margin:15vh auto;padding:0 1rem">
<h1>Innesco is running</h1>
<p>The pages of the admin UI are not built here. In a checkout, <code>make demo</code> builds them;
an installed package has them inside.</p>
<p lang="it">Innesco è in funzione; le pagine si costruiscono con <code>make demo</code>.</p>
"""


@get("/", needs=NOBODY, include_in_schema=False, sync_to_thread=True)
def first_page() -> Response[Any]:
    return _found("")


@get("/{path:path}", needs=NOBODY, include_in_schema=False, sync_to_thread=True)
def page(path: FromPath[str]) -> Response[Any]:
    """A file of the UI; every other address is one of its pages, which its own script draws."""
    if path.startswith("/api"):
        raise missing("such path")
    return _found(path.lstrip("/"))


def _found(path: str) -> Response[Any]:
    wanted = (BUILT / path).resolve()
    if wanted.is_relative_to(BUILT) and wanted.is_file():
        return _file(wanted, A_YEAR if path.startswith("assets/") else "no-cache")
    if (BUILT / "index.html").is_file():
        return _file(BUILT / "index.html", "no-cache")
    return Response(NOT_BUILT, media_type="text/html; charset=utf-8")


def _file(path: Path, kept: str) -> File:
    return File(
        path,
        filename=path.name,  # what kind of file it is, is told by its name
        content_disposition_type="inline",
        headers={"Cache-Control": kept},
    )


ROUTES: list[Any] = [first_page, page]
