"""Looking around: home, categories, search, products, wish list, privacy."""

from typing import Annotated

from litestar import Response, get
from litestar.exceptions import NotFoundException
from litestar.params import FromPath, FromQuery, QueryParameter

from innesco.demo.shop import views
from innesco.demo.shop.catalogue import (
    CURRENCY,
    Category,
    Product,
    by_sku,
    by_slug,
    catalogue,
    products,
)
from innesco.demo.shop.page import Asked, language, page, shop_url
from innesco.demo.shop.shelves import ORDERS, Wish, chosen, found, related
from innesco.demo.shop.till import AtTill
from innesco.demo.shop.words import words

Euros = Annotated[int | None, QueryParameter(ge=0, le=100_000)]


@get("/", sync_to_thread=False)
def home(request: Asked, till: AtTill) -> Response[str]:
    best = sorted((one for one in products() if one.best), key=lambda one: one.best or 0)
    offers = [one for one in products() if one.was and one not in best[:8]]
    values = {
        "best": _cards(best[:8], request),
        "offers": _cards(chosen(offers, Wish(order="discount"))[:4], request),
    }
    return page("home", request, till, values)


@get("/c/{slug:str}", sync_to_thread=False)
def category(
    request: Asked, till: AtTill, slug: FromPath[str], least: Euros = None, most: Euros = None
) -> Response[str]:
    lang = language(request)
    asked = _category(slug, lang)
    shelf = [one for one in products() if one.category == asked.id]
    wish = _wish(request, least, most)
    values = {
        "category": views.category(asked, lang),
        **_list(shelf, wish, request),
        "list_id": f"category-{asked.id}",
    }
    elsewhere = "en" if lang == "it" else "it"
    other = f"/{elsewhere}/c/{asked.slug[elsewhere]}"
    return page("category", request, till, values, title=asked.name[lang], other=other)


@get("/search", sync_to_thread=False)
def search(
    request: Asked,
    till: AtTill,
    q: FromQuery[str] = "",
    least: Euros = None,
    most: Euros = None,
) -> Response[str]:
    shelf = found(products(), q[:80])
    wish = _wish(request, least, most)
    suggested = chosen((one for one in products() if one.best), Wish())[:4]
    values = {
        **_list(shelf, wish, request),
        "any_found": bool(shelf),
        "suggested": _cards(suggested, request),
        "popular": ("moka", "lino", "candela")
        if language(request) == "it"
        else ("moka", "linen", "candle"),
        "list_id": "search",
    }
    return page("search", request, till, values, title=q or words(language(request))["search"])


@get("/p/{slug:str}", sync_to_thread=False)
def product(
    request: Asked, till: AtTill, slug: FromPath[str], variant: FromQuery[str] = ""
) -> Response[str]:
    one = by_slug().get(slug)
    if one is None:
        raise NotFoundException
    shown = next((each for each in one.variants if each.sku == variant), one.first)
    values = {
        "product": views.whole(one, language(request), shop_url(request)),
        "chosen": shown.sku,
        "related": _cards(related(one, products()), request),
    }
    return page("product", request, till, values, title=one.name[language(request)])


@get("/wishlist", sync_to_thread=False)
def wishlist(request: Asked, till: AtTill) -> Response[str]:
    return page("wishlist", request, till, {}, title=words(language(request))["wishlist"])


@get("/cards", sync_to_thread=False)
def cards(request: Asked, till: AtTill, skus: FromQuery[str] = "") -> Response[str]:
    """Just the cards of these SKUs, for the wish list that the browser keeps."""
    known = [by_sku()[sku] for sku in skus.split(",")[:60] if sku in by_sku()]
    lang, url = language(request), shop_url(request)
    cards = [views.card(one, lang, url, variant) for one, variant in known]
    return page("cards", request, till, {"products": cards})


@get("/privacy", sync_to_thread=False)
def privacy(request: Asked, till: AtTill) -> Response[str]:
    return page("privacy", request, till, {}, title=words(language(request))["privacy"])


def _category(slug: FromPath[str], lang: str) -> Category:
    for one in catalogue().categories:
        if slug == one.slug[lang]:
            return one
    raise NotFoundException


def _wish(request: Asked, least: int | None, most: int | None) -> Wish:
    asked = request.query_params
    return Wish(
        brands=tuple(asked.getall("brand", [])),
        least=None if least is None else least * 100,
        most=None if most is None else most * 100,
        in_stock=asked.get("stock") == "1",
        order=asked.get("sort", "best"),
    )


def _list(shelf: list[Product], wish: Wish, request: Asked) -> dict[str, object]:
    """What every list of products shows: the cards, and the filters as they stand."""
    said = words(language(request))
    shown = chosen(shelf, wish)
    return {
        "products": _cards(shown, request),
        "count": len(shown),
        "brands": [(brand, brand in wish.brands) for brand in sorted({one.brand for one in shelf})],
        "sorts": [
            (order, said[f"sort_{order.replace('-', '_')}"], order == wish.order)
            for order in ORDERS
        ],
        "least": "" if wish.least is None else wish.least // 100,
        "most": "" if wish.most is None else wish.most // 100,
        "in_stock": wish.in_stock,
        "filtered": wish.filters or wish.order != "best",
        "filters": _filters(wish),
        "currency": CURRENCY,
    }


def _filters(wish: Wish) -> list[dict[str, str]]:
    """The active filters as *Product List Filtered* wants them."""
    said = [{"type": "brand", "value": brand} for brand in wish.brands]
    if wish.least is not None:
        said.append({"type": "price_min", "value": str(wish.least // 100)})
    if wish.most is not None:
        said.append({"type": "price_max", "value": str(wish.most // 100)})
    if wish.in_stock:
        said.append({"type": "availability", "value": "in stock"})
    return said


def _cards(shelf: list[Product], request: Asked) -> list[views.View]:
    return [views.card(one, language(request), shop_url(request)) for one in shelf]
