"""One page: its frame, its language, its headers; the rest is in `pages/`."""

from collections.abc import Mapping
from urllib.parse import urlsplit

from litestar import MediaType, Request, Response
from litestar.datastructures import State

from innesco.demo.shop import views
from innesco.demo.shop.catalogue import catalogue
from innesco.demo.shop.render import block, render
from innesco.demo.shop.settings import ShopSettings
from innesco.demo.shop.till import Till
from innesco.demo.shop.words import words

Asked = Request[object, object, State]

IN_THE_BROWSER = (
    *("added", "in_wishlist", "add_to_wishlist", "rebuilt", "shop_away", "consent_needed"),
    *("newsletter_thanks", "field_needed", "email_wrong", "postal_wrong", "sold_out"),
    *("available", "few_left", "bar_no_id", "bar_away", "bar_nobody", "bar_now", "bar_nothing"),
    *("bar_waiting", "bar_until", "bar_stranger", "bar_free", "bar_decided", "bar_behind"),
    "bar_person",
    *("level_anonymous", "level_claimed", "level_verified"),
)
"""The words that scripts show; all others stand in the templates."""


def language(request: Asked) -> str:
    """`/it/…` or `/en/…`: the address says the language, nothing else does."""
    return "en" if request.url.path.startswith("/en") else "it"


def shop_url(request: Asked) -> str:
    return str(request.base_url).rstrip("/")


def page(
    name: str,
    request: Asked,
    till: Till,
    values: Mapping[str, object],
    *,
    title: str = "",
    other: str = "",
    status: int = 200,
) -> Response[str]:
    """The rendered page; `other` is its address in the other language when the words differ."""
    lang = language(request)
    frame = {
        "name": name,
        "title": title,
        "categories": [views.category(one, lang) for one in catalogue().categories],
        "other": other or _other(request),
        "innesco": till.settings.innesco,
        "admin": till.settings.admin,
        "write_key": till.settings.write_key,
        "config": block(_config(lang, till.settings)),
        "query": request.query_params.get("q", ""),
    }
    html = render(name, lang, {**frame, **values})
    headers = {
        "Content-Security-Policy": policy(till.settings),
        "Content-Language": lang,
        "Referrer-Policy": "strict-origin-when-cross-origin",
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "no-store",
    }
    return Response(html, media_type=MediaType.HTML, headers=headers, status_code=status)


def _other(request: Asked) -> str:
    lang = "it" if language(request) == "en" else "en"
    query = f"?{request.url.query}" if request.url.query else ""
    return f"/{lang}{request.url.path[3:] or '/'}{query}"


def _config(lang: str, settings: ShopSettings) -> dict[str, object]:
    said = words(lang)
    return {
        "language": lang,
        "browserOrders": settings.browser_orders,
        "words": {name: said[name] for name in IN_THE_BROWSER},
    }


def policy(settings: ShopSettings) -> str:
    """Nothing but the shop itself and Innesco; no inline script, no inline style."""
    innesco, admin = _origin(settings.innesco), _origin(settings.admin)
    rules = {
        "default-src": "'none'",
        "script-src": f"'self' {innesco}",
        "style-src": "'self'",
        "img-src": f"'self' data: {innesco}",
        "connect-src": f"'self' {innesco}",
        "form-action": "'self'",
        "base-uri": "'none'",
        "frame-ancestors": f"'self' {admin}",
    }
    return "; ".join(f"{rule} {sources}" for rule, sources in rules.items())


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"
