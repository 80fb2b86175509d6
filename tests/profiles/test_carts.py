"""Carts: a product in two colours is two lines, and each is put in and taken out by itself."""

from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
import pytest
from msgspec.structs import replace

from innesco.conditions.cart import cart_products
from innesco.events.admit import Customs, Letter, admit
from innesco.events.event import Admitted, Item, Says, Source
from innesco.messages.asked import Line
from innesco.messages.compose import products
from innesco.profiles.learn import learn
from innesco.profiles.person import Person
from innesco.profiles.recognise import Recognised

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
RED = {"product_id": "MOKA", "sku": "MOKA-R", "price": 35}
BLUE = {"product_id": "MOKA", "sku": "MOKA-B", "price": 36}
PLAIN = {"product_id": "MOKA", "price": 34}
FIRST = {"product_id": "MOKA", "sku": "MOKA", "price": 34}
"""Many shops give a product's first variant the number of the product."""
GOOGLE = {"item_id": "MOKA", "price": 34}
CUP = {"sku": 7, "price": 8}

ADDED, REMOVED, SEEN, VIEWED = "Product Added", "Product Removed", "Cart Viewed", "Product Viewed"


def event(n: int, name: str, properties: dict[str, Any]) -> Admitted:
    said = {"type": "track", "event": name, "messageId": str(n), "properties": properties}
    letter = Letter(n, NOON + timedelta(minutes=n), Source.PUBLIC, "pk")
    admitted = admit(msgspec.json.encode(said), letter, Customs())
    assert isinstance(admitted, Admitted)
    return admitted


def after(*told: tuple[str, dict[str, Any]]) -> Person:
    person = Person("p1")
    for n, (name, properties) in enumerate(told, 1):
        one = event(n, name, properties)
        person = learn(person, one.event, one.says, Recognised("p1"))
    return person


def lines(person: Person) -> list[tuple[str, int, int | None]]:
    items = person.cart.items if person.cart else ()
    return [(item.sku or item.product, item.quantity, item.price) for item in items]


@pytest.mark.parametrize(
    ("told", "left"),
    [
        ([(ADDED, RED), (ADDED, BLUE)], [("MOKA-R", 1, 3500), ("MOKA-B", 1, 3600)]),
        ([(ADDED, RED), (ADDED, BLUE | {"quantity": 2}), (REMOVED, RED)], [("MOKA-B", 2, 3600)]),
        ([(ADDED, RED), (ADDED, RED)], [("MOKA-R", 2, 3500)]),
        ([(ADDED, RED), (REMOVED, BLUE)], [("MOKA-R", 1, 3500)]),
        ([(ADDED, FIRST), (ADDED, GOOGLE), (ADDED, PLAIN)], [("MOKA", 3, 3400)]),
        ([(ADDED, RED), (REMOVED, PLAIN)], []),  # taken out by a shop that names no variant
        ([(ADDED, PLAIN), (ADDED, RED), (REMOVED, PLAIN)], [("MOKA-R", 1, 3500)]),
        ([(ADDED, CUP)], [("7", 1, 800)]),
        ([(ADDED, RED | {"sku": ""})], [("MOKA", 1, 3500)]),
        ([(ADDED, CUP), (SEEN, {"products": [RED, BLUE, RED]})],
         [("MOKA-R", 2, 3500), ("MOKA-B", 1, 3600)]),
        ([(ADDED, {"products": [RED, BLUE]})], [("MOKA-R", 1, 3500), ("MOKA-B", 1, 3600)]),
    ],
)  # fmt: skip
def test_what_lies_in_the_cart(told, left):
    assert lines(after(*told)) == left


def test_the_message_asks_for_the_variants_that_were_chosen():
    person = after((ADDED, RED), (ADDED, BLUE), (ADDED, CUP))
    asked = products("cart", person, ())
    assert [line.ids for line in asked] == [("MOKA-R", "MOKA"), ("MOKA-B", "MOKA"), ("7",)]


def test_what_was_looked_at_is_shown_once_a_product_as_it_was_seen_last():
    looks = (RED, CUP, BLUE, {"product_id": "ROAST"})
    seen = [event(n, VIEWED, look).event for n, look in enumerate(looks, 1)]
    asked = products("seen", Person("p1"), seen)
    assert [line.ids for line in asked] == [("ROAST",), ("MOKA-B", "MOKA"), ("7",)]
    bought = after(("Order Completed", {"order_id": "1", "products": [RED]}))
    assert [line.product for line in products("seen", bought, seen)] == ["ROAST", "7"]


def test_a_condition_finds_the_product_and_the_variant():
    assert cart_products(after((ADDED, RED), (ADDED, CUP))) == ("moka", "moka-r", "7")


def test_lines_that_were_kept_before_variants_were_still_open():
    kept = msgspec.msgpack.encode([["MOKA", 2, 3400, None, None]])
    [item] = msgspec.msgpack.decode(kept, type=list[Item])
    assert item.line == ("MOKA", None)
    assert Line("MOKA").ids == ("MOKA",)


@pytest.mark.parametrize("before", [(), ((ADDED, CUP | {"cart_id": "old"}),)])
@pytest.mark.parametrize("order", [{"order_id": "1"}, {"order_id": "1", "cart_id": "c1"}])
@pytest.mark.parametrize("name", [ADDED, SEEN])
def test_what_is_heard_after_the_order_that_took_it_fills_no_cart(before, order, name):
    """The shop's server is quicker than the phone, and few shops name the cart that was ordered."""
    told = (*before, ("Order Completed", order))
    person = after(*told)
    early = event(9, name, {"products": [RED], "cart_id": "c1"}).event
    late = replace(early, moment=NOON + timedelta(minutes=len(told), seconds=-1))
    assert lines(learn(person, late, Says(), Recognised("p1"))) == []
    assert lines(learn(person, early, Says(), Recognised("p1"))) == [("MOKA-R", 1, 3500)]
