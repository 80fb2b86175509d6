"""Columns made anew from the records of live are those that followed its feed, row by row."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from innesco.columns import tables
from innesco.events.event import Source
from innesco.workers.columns import Columns
from tests.way.shop import WORKSPACE, Shop, identified, said

ANNA, BERT = "anna@example.com", "bert@example.com"


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    one = Shop(tmp_path)
    yield one
    one.close()


def lives_a_day(shop: Shop) -> None:
    """Carts, consents, an unsubscribe, an order, a merge of two devices and a late event."""
    moka = {"product_id": "MK", "sku": "MK-3", "price": 24.9, "category": "Cucina"}
    shop.hear(said("Product Viewed", 0, "phone", **moka), at=0)
    shop.hear(said("Product Added", 1, "phone", cart_id="c", **moka), at=1)
    shop.hear(said("Product Viewed", 2, "tablet", **moka), at=2)
    shop.hear(said("Subscription Requested", 3, "phone", email=ANNA, purposes=["marketing"]), at=3)
    for n, (email, purposes) in enumerate(((ANNA, ["marketing", "profiling"]), (BERT, ["email"]))):
        given = said("Consent Given", 4, email, n, email=email, purposes=purposes)
        shop.hear(given, source=Source.SERVER, at=4)
    shop.hear(identified(5, "phone", "u1", email=ANNA, city="Torino"), source=Source.SERVER, at=5)
    shop.hear(identified(6, "tablet", "u1", email=ANNA), source=Source.SERVER, at=6)
    shop.hear(said("Product Viewed", 7, "tablet", n=1, **moka), at=7)
    order = {"order_id": "o1", "total": 49.8, "products": [{**moka, "quantity": 2}]}
    shop.hear(said("Order Completed", 8, "phone", **order), source=Source.SERVER, at=8)
    shop.hear(said("Unsubscribed", 9, "phone", email=ANNA), source=Source.SERVER, at=9)
    shop.hear(said("Page Viewed", 2, "bert", path="/late"), at=60)
    shop.tick(24 * 60)


def told(columns: Columns) -> dict[str, list[tuple[Any, ...]]]:
    """All that can be asked: the views over base and tail, the other tables, the places."""
    found = {}
    with columns.owner.cursor(WORKSPACE) as cursor:
        names = [name for name in tables.TABLES if not name.endswith(("_base", "_tail"))]
        for name in [*names, "events", "lines", "state"]:
            columns_of = cursor.execute(f"DESCRIBE {name}").fetchall()
            wanted = ", ".join(sorted(f'"{one[0]}"' for one in columns_of))
            rows = cursor.execute(f"SELECT {wanted} FROM {name}").fetchall()
            found[name] = sorted(rows, key=repr)
    del found["merged"]  # who became whom is in the rows themselves once they were made anew
    return found


@pytest.mark.parametrize("rows", [1, 500])
def test_made_anew_they_are_the_same(shop: Shop, tmp_path: Path, rows: int) -> None:
    lives_a_day(shop)
    shop.read(rows)
    columns = Columns(shop.people, tmp_path)
    columns.follow()
    followed = told(columns)
    assert len(followed["events"]) > 10
    assert {row[-1] for row in followed["consents"]} >= {"given", "pending", "withdrawn"}
    assert followed["state"][0] != (0, 0, tables.VERSION)

    columns.rebuild(WORKSPACE)
    assert told(columns) == followed
    columns.rebuild(WORKSPACE)
    assert told(columns) == followed
    columns.close()


def test_after_it_they_follow_on(shop: Shop, tmp_path: Path) -> None:
    """A file that was lost is made anew, and what comes later is added once."""
    lives_a_day(shop)
    shop.read()
    columns, other = Columns(shop.people, tmp_path / "one"), Columns(shop.people, tmp_path / "two")
    columns.follow()
    other.rebuild(WORKSPACE)
    shop.hear(said("Product Viewed", 25 * 60, "tablet", product_id="MK"), at=25 * 60)
    shop.hear(said("Product Viewed", 25 * 60, "new", product_id="MK"), at=25 * 60)
    shop.read()
    assert columns.follow() == other.follow() > 0
    assert told(other) == told(columns)
    columns.close()
    other.close()


def test_half_a_rebuild_is_none(
    shop: Shop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lives_a_day(shop)
    shop.read()
    columns = Columns(shop.people, tmp_path)
    columns.follow()
    followed = told(columns)
    with monkeypatch.context() as broken:
        broken.setattr("innesco.workers.columns.PEOPLE_AT_ONCE", 1)
        broken.setattr("innesco.columns.projection._person", lambda row: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            columns.rebuild(WORKSPACE)
    assert told(columns) == followed
    columns.close()
