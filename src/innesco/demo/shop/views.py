"""Views: what the templates show of products, carts and orders, already in one language."""

from innesco.demo.shop.catalogue import Category, Product, Variant, categories
from innesco.demo.shop.facts import of_product
from innesco.demo.shop.money import money
from innesco.demo.shop.pricing import PROMOTIONS, Line, Priced
from innesco.demo.shop.words import words

FEW = 5

View = dict[str, object]


def card(one: Product, language: str, shop_url: str, variant: Variant | None = None) -> View:
    """A product in a list, as its first variant or as the one that was wished for."""
    first = variant or one.first
    return {
        "id": one.id,
        "sku": first.sku,
        "variant": variant.name.get(language, "") if variant else "",
        "url": f"/{language}/{one.page_of(variant) if variant else f'p/{one.slug}'}",
        "name": one.name[language],
        "brand": one.brand,
        "price": money(one.price_of(first), language),
        "was": money(one.was, language) if one.was else "",
        "saved": round(100 * (one.was - one.price) / one.was) if one.was else 0,
        "picture": f"/pictures/{first.sku}.svg",
        "stock": one.stock,
        "new": one.new,
        "colours": [each.palette for each in one.variants] if len(one.variants) > 1 else [],
        "facts": of_product(one, first, language, shop_url),
    }


def whole(one: Product, language: str, shop_url: str) -> View:
    """A product on its own page."""
    return {
        **card(one, language, shop_url),
        "text": one.text[language],
        "category": category(categories()[one.category], language),
        "variants": [_variant(one, each, language, shop_url) for each in one.variants],
    }


def _variant(one: Product, each: Variant, language: str, shop_url: str) -> View:
    return {
        "sku": each.sku,
        "name": each.name.get(language, ""),
        "palette": each.palette,
        "stock": each.stock,
        "few": 0 < each.stock <= FEW,
        "price": money(one.price_of(each), language),
        "picture": f"/pictures/{each.sku}.svg",
        "facts": of_product(one, each, language, shop_url),
    }


def category(one: Category, language: str) -> View:
    return {
        "id": one.id,
        "url": f"/{language}/c/{one.slug[language]}",
        "name": one.name[language],
        "text": one.text[language],
        "picture": f"/pictures/category/{one.id}.svg",
    }


def cart(priced: Priced, typed: str, language: str) -> View:
    """The cart's lines and sums as they are shown."""
    missing = money(priced.to_free_shipping, language)
    return {
        "lines": [_line(line, language) for line in priced.lines],
        "goods": money(priced.goods, language),
        "discount": money(-priced.discount, language) if priced.discount else "",
        "shipping": money(priced.shipping, language) if priced.shipping else "",
        "total": money(priced.total, language),
        "coupon": priced.coupon,
        "typed": typed,
        "refusal": _refusal(priced, typed, language),
        "missing": words(language)["missing_for_free"].format(amount=missing)
        if priced.to_free_shipping and priced.shipping
        else "",
        "share": min(100, 100 - priced.to_free_shipping // 50),
    }


def _line(line: Line, language: str) -> View:
    return {
        "sku": line.variant.sku,
        "name": line.product.name[language],
        "variant": line.variant.name.get(language, ""),
        "brand": line.product.brand,
        "url": f"/{language}/{line.product.page_of(line.variant)}",
        "picture": f"/pictures/{line.variant.sku}.svg",
        "quantity": line.quantity,
        "price": money(line.price, language),
        "total": money(line.total, language),
    }


def _refusal(priced: Priced, typed: str, language: str) -> str:
    match priced.refused:
        case "unknown":
            return words(language)["coupon_unknown"]
        case "too-small":
            least = PROMOTIONS[typed.strip().upper()].from_total
            return words(language)["coupon_too_small"].format(amount=money(least, language))
        case _:
            return ""
