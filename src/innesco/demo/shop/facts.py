"""Facts: products and carts in the words of Segment's e-commerce spec.

The same function feeds the page (`data-facts`, for the browser's events) and the server's own
*Order Completed*, so both tell one story. Prices are numbers in the currency, as the spec has it.
"""

from collections.abc import Iterable

from innesco.demo.shop.catalogue import CURRENCY, Product, Variant, categories
from innesco.demo.shop.money import plain
from innesco.demo.shop.pricing import Line, Priced

Facts = dict[str, object]


def of_product(one: Product, variant: Variant, language: str, shop_url: str) -> Facts:
    """Properties of *Product Viewed* and of one line of a list."""
    facts: Facts = {
        "product_id": one.id,
        "sku": variant.sku,
        "name": one.name[language],
        "category": categories()[one.category].name[language],
        "brand": one.brand,
        "price": plain(one.price_of(variant)),
        "currency": CURRENCY,
        "url": f"{shop_url}/{language}/{one.page_of(variant)}",
        "image_url": f"{shop_url}/pictures/{variant.sku}.png",
    }
    if variant.name:
        facts["variant"] = variant.name[language]
    return facts


def of_line(line: Line, language: str, shop_url: str) -> Facts:
    return {
        **of_product(line.product, line.variant, language, shop_url),
        "quantity": line.quantity,
    }


def of_lines(lines: Iterable[Line], language: str, shop_url: str) -> list[Facts]:
    return [of_line(line, language, shop_url) for line in lines]


def of_cart(cart_id: str, cart: Priced, language: str, shop_url: str) -> Facts:
    """Properties of *Cart Viewed* and *Checkout Started*."""
    facts: Facts = {
        "cart_id": cart_id,
        "value": plain(cart.goods - cart.discount),
        "currency": CURRENCY,
        "products": of_lines(cart.lines, language, shop_url),
    }
    if cart.coupon:
        facts |= {"coupon": cart.coupon, "discount": plain(cart.discount)}
    return facts
