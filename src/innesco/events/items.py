"""Items: which products an event is about, read from Segment's or Google's words for them."""

from collections.abc import Sequence

import msgspec

from innesco.events.event import Event, Item
from innesco.events.fold import fold
from innesco.events.money import minor


def items_of(event: Event) -> Sequence[Item]:
    """The lines that it lists, else the one product that its properties tell of."""
    if event.items:
        return event.items
    said = msgspec.json.decode(event.properties)
    one = item_of(said, str(event.facts.get("currency", "EUR")))
    return (one,) if one else ()


def items_in(products: object, currency: str) -> tuple[Item, ...]:
    """The lines of a list of products; what names none is left out."""
    if not isinstance(products, list):
        return ()
    return tuple(
        item for product in products[:200] if (item := item_of(product, currency)) is not None
    )


def item_of(product: object, currency: str) -> Item | None:
    """One line of a cart, read from Segment's or Google's words for it; None without an id."""
    if not isinstance(product, dict):
        return None
    ids = (product[k] for k in ("product_id", "sku", "item_id", "id") if product.get(k) is not None)
    name, sku = _named(next(ids, None)), _named(product.get("sku"))
    if name is None:
        return None
    quantity = product.get("quantity", 1)
    category = product.get("category") or product.get("item_category")
    brand = product.get("brand") or product.get("item_brand")
    return Item(
        product=name,
        quantity=quantity if type(quantity) is int and 0 <= quantity < 100_000 else 1,
        price=minor(product.get("price"), currency),
        category=fold(category) if isinstance(category, str) else None,
        brand=fold(brand) if isinstance(brand, str) else None,
        sku=sku if sku != name else None,
    )


def _named(said: object) -> str | None:
    """An id, whether it was said as a text or as a number."""
    if not isinstance(said, str | int) or isinstance(said, bool):
        return None
    return str(said)[:200] or None
