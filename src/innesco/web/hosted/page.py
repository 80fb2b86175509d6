"""The look of the hosted pages: one card, no script, nothing from anywhere else."""

import base64
import hashlib
from html import escape
from urllib.parse import quote

from msgspec import Struct

STYLE = """
:root{color-scheme:light dark;--paper:#f5f2ee;--card:#fff;--ink:#26221f;--soft:#6b645e}
@media (prefers-color-scheme:dark){
:root{--paper:#171513;--card:#211e1b;--ink:#f1ece6;--soft:#a79e95}}
*{box-sizing:border-box}
body{margin:0;min-height:100vh;display:grid;place-items:center;padding:24px;background:var(--paper);
color:var(--ink);font:17px/1.55 -apple-system,"Segoe UI",Roboto,Helvetica,Arial,sans-serif}
main{background:var(--card);border-radius:14px;padding:36px 40px;max-width:34rem;width:100%;
box-shadow:0 1px 2px rgb(0 0 0/.06),0 12px 32px rgb(0 0 0/.06)}
.shop{color:var(--soft);font-weight:600;margin:0 0 20px}
h1{font-size:1.6rem;line-height:1.25;margin:0 0 12px;text-wrap:balance}
p{margin:0 0 14px;overflow-wrap:anywhere}
.quiet{color:var(--soft);font-size:.9rem}
button,.button{display:inline-block;border:0;border-radius:8px;padding:14px 26px;margin:10px 0 4px;
font:inherit;font-weight:600;cursor:pointer;text-decoration:none;background:COLOR;color:ON_COLOR}
button:focus-visible,.button:focus-visible{outline:3px solid var(--ink);outline-offset:3px}
@media (max-width:480px){main{padding:28px 24px}button,.button{width:100%;text-align:center}}
"""


class Page(Struct, frozen=True, kw_only=True):
    """What a page says; plain texts, escaped here."""

    language: str
    shop: str
    title: str
    says: tuple[str, ...]
    quiet: str = ""
    button: str = ""  #: posts to the page's own address
    link: tuple[str, str] | None = None  #: (words, where it leads)
    color: str = "#b83a14"
    on_color: str = "#ffffff"


class Answer(Struct, frozen=True):
    """An HTTP answer, not sent yet."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes = b""


def answer(page: Page, status: int = 200) -> Answer:
    style = STYLE.replace("ON_COLOR", page.on_color).replace("COLOR", page.color)
    body = _html(page, style).encode()
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = (
        f"default-src 'none'; style-src 'sha256-{digest}'; form-action 'self'; "
        "base-uri 'none'; frame-ancestors 'none'"
    )
    headers = (
        ("content-type", "text/html; charset=utf-8"),
        ("content-language", page.language),
        ("content-security-policy", policy),
        *SAFE,
    )
    return Answer(status, headers, body)


def redirect(url: str) -> Answer:
    """`https://shop/caffè` goes as `https://shop/caff%C3%A8`: a header is plain ASCII."""
    return Answer(302, (("location", quote(url, safe="%/:=&?~#+!$,;'@()*[]")), *SAFE))


SAFE = (
    ("cache-control", "no-store"),
    ("referrer-policy", "no-referrer"),  # the address of this page is a secret of hers
    ("x-content-type-options", "nosniff"),
    ("x-robots-tag", "noindex, nofollow"),
)


def _html(page: Page, style: str) -> str:
    title = escape(page.title)
    says = "".join(f"<p>{escape(text)}</p>" for text in page.says)
    return (
        f'<!doctype html><html lang="{escape(page.language)}"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>{title} · {escape(page.shop)}</title><style>{style}</style></head><body><main>"
        f'<p class="shop">{escape(page.shop)}</p><h1>{title}</h1>{says}'
        f"{_button(page)}{_link(page)}{_quiet(page)}</main></body></html>"
    )


def _button(page: Page) -> str:
    if not page.button:
        return ""
    return f'<form method="post"><button type="submit">{escape(page.button)}</button></form>'


def _link(page: Page) -> str:
    if page.link is None:
        return ""
    words, url = page.link
    return f'<p><a class="button" href="{escape(url)}">{escape(words)}</a></p>'


def _quiet(page: Page) -> str:
    return f'<p class="quiet">{escape(page.quiet)}</p>' if page.quiet else ""
