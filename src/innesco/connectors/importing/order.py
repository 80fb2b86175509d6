"""An order put together from its lines: what each line turned out to be, and what is told of it.

The signs say what a line is, without asking how a shop numbers its papers: pieces that came back
for money are a refund, pieces taken from the shelf for nothing a correction of the stock.
"""

import hashlib
from collections.abc import Sequence
from decimal import Decimal
from enum import StrEnum
from typing import Any

import msgspec
from msgspec import Struct

from innesco.connectors.importing.line import Line
from innesco.events import address
from innesco.events.admit import MOST_BYTES
from innesco.events.money import digits, minor

MOST_PRODUCTS = 200
"""As many as the way keeps of one order; of a longer one those that are worth most."""


class Kind(StrEnum):
    """What became of a line, and of the order it stands in."""

    ORDER = "orders"
    REFUND = "refunds"
    LOOSE_ORDER = "orders of nobody known"
    LOOSE_REFUND = "refunds of nobody known"
    STOCK = "stock adjustments"
    FOUND = "nobody's, for nothing"
    NO_ORDER = "not an order's number"
    BAD = "refused lines"


KEPT = (Kind.ORDER, Kind.REFUND, Kind.LOOSE_ORDER, Kind.LOOSE_REFUND)
MEANING = {
    Kind.ORDER: "kept with their customer",
    Kind.REFUND: "kept with their customer, under their own number",
    Kind.LOOSE_ORDER: "kept in totals only",
    Kind.LOOSE_REFUND: "kept in totals only",
    Kind.STOCK: "pieces below zero at price 0: not imported",
    Kind.FOUND: "no customer and all at price 0: not imported",
    Kind.NO_ORDER: "refused: a letter where the others have plain numbers",
    Kind.BAD: "refused, each with its reason",
}


class Part(Struct, frozen=True):
    """The lines of an order that became the same, and the event that is told of them."""

    kind: Kind
    lines: list[Line]
    units: int = 0  #: minor units of the file's currency
    event: bytes | None = None
    cut: int = 0  #: products that did not find room in the event


def parts(lines: Sequence[Line], currency: str) -> list[Part]:
    """What is in an order: sold, given back, taken from the shelf."""
    sold = [line for line in lines if line.quantity > 0]
    back = [line for line in lines if line.quantity < 0 and line.price]
    shelf = [line for line in lines if line.quantity < 0 and not line.price]
    person = _person(lines[0])
    found = []
    if sold and not person and not any(line.price for line in sold):
        found.append(Part(Kind.FOUND, sold))
    elif sold:
        found.append(_told(Kind.ORDER if person else Kind.LOOSE_ORDER, sold, currency, person))
    if back:
        kind = Kind.REFUND if person else Kind.LOOSE_REFUND
        found.append(_told(kind, back, currency, person, of=lines[0].order if sold else None))
    if shelf:
        found.append(Part(Kind.STOCK, shelf))
    return found


def _person(line: Line) -> dict[str, Any]:
    """Who it was, as an event says it; empty for nobody."""
    email = address.email(line.email) if line.email else None
    said: dict[str, Any] = {"userId": line.customer} if line.customer else {}
    return said | {"context": {"traits": {"email": email}}} if email else said


def _told(
    kind: Kind, lines: list[Line], currency: str, person: dict[str, Any], of: str | None = None
) -> Part:
    units = minor(str(sum(abs(line.quantity) * line.price for line in lines)), currency) or 0
    first = lines[0]
    properties: dict[str, Any] = {"total": _amount(units, currency), "currency": currency}
    if first.country:
        properties["country"] = first.country
    if kind in (Kind.REFUND, Kind.LOOSE_REFUND):
        name = "Order Refunded"
        properties |= {"refund_id": first.order} | ({"order_id": of} if of else {})
    else:
        name = "Order Completed"
        properties["order_id"] = first.order
    moment = min(line.moment for line in lines)
    said = {"type": "track", "event": name, **person, "timestamp": moment.isoformat()}
    event, cut = _fitting(said, properties, _products(lines))
    return Part(kind, lines, units, event, cut)


def _amount(units: int, currency: str) -> float:
    return float(Decimal(units).scaleb(-digits(currency)))


def _products(lines: Sequence[Line]) -> list[dict[str, Any]]:
    """Each product and price once; those that are worth most first when there are too many."""
    pieces: dict[tuple[str, Decimal], int] = {}
    about: dict[str, dict[str, str]] = {}
    for line in lines:
        key = (line.product, line.price)
        pieces[key] = pieces.get(key, 0) + abs(line.quantity)
        about.setdefault(line.product, dict(line.about))
    every = list(pieces.items())
    if len(every) > MOST_PRODUCTS:
        every.sort(key=lambda one: one[0][1] * one[1], reverse=True)
    return [
        {"product_id": product, "quantity": quantity, "price": float(price), **about[product]}
        for (product, price), quantity in every
    ]


def _fitting(
    said: dict[str, Any], properties: dict[str, Any], products: list[dict[str, Any]]
) -> tuple[bytes, int]:
    """The event with as many products as one may have, and how many were left out."""
    whole = msgspec.json.encode([said, properties, products])
    properties = properties | {"products": products[:MOST_PRODUCTS]}
    digest = hashlib.sha256(whole).hexdigest()[:16]
    number = properties.get("order_id") or properties["refund_id"]
    said = said | {"messageId": f"import/{number}/{said['event']}/{digest}"}
    while len(event := msgspec.json.encode(said | {"properties": properties})) > MOST_BYTES:
        half = len(properties["products"]) // 2
        properties = properties | {"products": properties["products"][:half]}
    return event, len(products) - len(properties["products"])
