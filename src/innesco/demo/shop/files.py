"""What is no page: pictures, the product feed, and the way from `/` to a language."""

from functools import cache

import resvg_py
from litestar import Response, get
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from litestar.response import Redirect

from innesco.demo.shop.catalogue import FeedRow, by_sku, categories, feed
from innesco.demo.shop.page import Asked, shop_url
from innesco.demo.shop.pictures.scene import picture
from innesco.demo.shop.pictures.still_life import still_life

SVG = "image/svg+xml"
PNG = "image/png"
MAIL_WIDTH = 400  # pixels: twice what a mail shows, for sharp screens
HEADERS = {
    "Cache-Control": "public, max-age=3600",
    "Content-Security-Policy": "default-src 'none'",
    "Access-Control-Allow-Origin": "*",  # Innesco shows them in its catalogue and its mails
}


@get("/pictures/{name:str}", sync_to_thread=False)
def product_picture(name: FromPath[str]) -> Response[str] | Response[bytes]:
    """`/pictures/CF101.svg`, drawn when it is asked for the first time; as PNG for mails."""
    sku, _, kind = name.rpartition(".")
    if sku not in by_sku() or kind not in ("svg", "png"):
        raise NotFoundException
    return _svg(_drawn(sku)) if kind == "svg" else _png(_in_dots(sku))


@get("/pictures/category/{name:str}", sync_to_thread=False)
def category_picture(name: FromPath[str]) -> Response[str]:
    one = categories().get(name.removesuffix(".svg"))
    if one is None:
        raise NotFoundException
    return _svg(picture(one.picture, one.palette, 1))


@get("/pictures/hero.svg", sync_to_thread=False)
def hero() -> Response[str]:
    return _svg(still_life())


@get("/feed.json", sync_to_thread=False)
def product_feed(request: Asked) -> list[FeedRow]:
    """Every SKU that the shop sells, for Innesco's catalogue."""
    return feed(shop_url(request))


@get(["/", "/cart", "/p/{slug:str}"], sync_to_thread=False)
def towards_language(request: Asked) -> Redirect:
    """`/cart?rebuild=…` from a mail opens in the reader's language, with all it carries."""
    wished = request.headers.get("accept-language", "it").strip().lower()
    lang = "it" if wished.startswith("it") or not wished else "en"
    query = f"?{request.url.query}" if request.url.query else ""
    return Redirect(f"/{lang}{request.url.path}{query}")


@cache
def _drawn(sku: str) -> str:
    one, variant = by_sku()[sku]
    return picture(one.picture, variant.palette, one.form)


@cache
def _in_dots(sku: str) -> bytes:
    """Mail programs show no SVG."""
    return resvg_py.svg_to_bytes(svg_string=_drawn(sku), width=MAIL_WIDTH, skip_system_fonts=True)


def _png(dots: bytes) -> Response[bytes]:
    return Response(dots, media_type=PNG, headers=HEADERS)


def _svg(drawn: str) -> Response[str]:
    return Response(drawn, media_type=SVG, headers=HEADERS)
