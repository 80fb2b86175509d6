"""Which way runs went: counted as it happens, so that nobody is lost between two nodes."""

from collections import Counter
from pathlib import Path
from typing import Any

import msgspec
import sqlalchemy as sa
from alembic import command
from hypothesis import given

from innesco.storage import migrate as migrating, progress, tables
from innesco.storage.engines import sqlite_engine, writing
from innesco.storage.migrate import migrate
from tests.way.shop import CART_RECOVERY, WORKSPACE, Shop, said
from tests.way.test_laws import END, laws, shop, stories, tell

JOURNEY = CART_RECOVERY["id"]
NODES: Any = CART_RECOVERY["nodes"]


def counted(one: Shop) -> tuple[Counter[str], dict[str, dict[str, int]]]:
    """How often runs came to each node, and went on from it on each way."""
    with one.people.connect() as connection:
        came = Counter(progress.arrived(connection, WORKSPACE, JOURNEY))
        counts = progress.counts(connection, WORKSPACE).get(JOURNEY)
        came["quiet"] += counts.entered if counts else 0
        return came, progress.ways(connection, WORKSPACE, JOURNEY)


@laws
@given(story=stories)
def test_who_came_went_on_or_waits_or_left_there(story: Any) -> None:
    """Without a stop or a merge nobody leaves on the way: what comes in goes out, or stands."""
    story = [step for step in story if step[2].get("event") in ("Product Added", "Product Viewed")]
    with shop() as one:
        tell(one, story)
        one.read()
        for at in (None, END):
            if at:
                one.tick(at)
                one.read()
            came, ways = counted(one)
            with one.people.connect() as connection:
                waiting = progress.waiting(connection, WORKSPACE, JOURNEY)
            for node in NODES:
                gone = sum(ways.get(node, {}).values())
                assert came[node] == gone + waiting.get(node, 0), node
            assert came["remind"] == ways.get("anything", {}).get("yes", 0)


def test_each_way_of_a_branch_and_of_a_wait_for_is_counted_by_itself(tmp_path: Path) -> None:
    nodes = {
        "quiet": {
            "type": "wait for",
            "event": "Cart Viewed",
            "limit": "PT1H",
            "done": "worth",
            "not_done": "again",
        },
        "worth": {
            "type": "branch",
            "when": {"kind": "cart", "figure": "value", "is": {"operator": ">=", "number": 3000}},
            "yes": "again",
        },
        "again": {"type": "message", "template": "cart-2", "products": "cart"},
    }
    journey = {**CART_RECOVERY, "nodes": nodes, "holdout": 0}
    one = Shop(tmp_path, [("journey", JOURNEY, journey)])
    for device, price in (("rich", 40), ("poor", 10), ("gone", 10), ("bought", 10)):
        line = {"product_id": "A", "price": price, "cart_id": f"c-{device}"}
        one.hear(said("Product Added", 0, device, **line))
    for device in ("rich", "poor"):
        one.hear(said("Cart Viewed", 5, device), at=5)
    one.hear(said("Order Completed", 6, "bought", order_id="o1"), at=6)
    one.tick(END)
    one.read()
    came, ways = counted(one)
    assert ways == {
        "quiet": {"done": 2, "not_done": 1},
        "worth": {"yes": 1, "no": 1},
        "again": {"then": 2},
    }
    assert came == {"quiet": 4, "worth": 2, "again": 2}
    one.close()


def test_a_loop_counts_each_time_round(tmp_path: Path) -> None:
    nodes = {
        "quiet": {"type": "wait", "lasts": "PT1H", "then": "empty"},
        "empty": {
            "type": "branch",
            "when": {"kind": "cart", "figure": "count", "is": {"operator": ">=", "number": 1}},
            "yes": "quiet",
        },
    }
    one = Shop(tmp_path, [("journey", JOURNEY, {**CART_RECOVERY, "nodes": nodes})])
    one.hear(said("Product Added", 0, product_id="A", price=10, cart_id="c1"))
    one.tick(190)
    one.read()
    assert counted(one) == (
        {"quiet": 4, "empty": 3},
        {"quiet": {"then": 3}, "empty": {"yes": 3}},
    )
    one.close()


def test_an_upgrade_counts_messages_backwards_and_says_since_when_the_rest(tmp_path: Path) -> None:
    engine = sqlite_engine(tmp_path / "people")
    decided = [
        ("asked", "journey/a/b", {"key": "shop/r1/remind/2"}),
        ("asked", "journey/a/b", {"key": "shop/r2/remind/again/2"}),
        ("not asked", "journey/a/b", {"key": "r3/remind/2", "because": "in the control group"}),
        ("moved", "journey/a/b", {"node": "remind"}),
    ]
    with writing(engine).begin() as connection:
        command.upgrade(migrating._config("people", connection), "0006")
        rows = [
            {
                "workspace": "shop",
                "person": "p",
                "n": n,
                "seq": n,
                "moment": n,
                "kind": kind,
                "about": about,
                "detail": msgspec.msgpack.encode(detail),
            }
            for n, (kind, about, detail) in enumerate(decided)
        ]
        connection.execute(sa.insert(tables.decisions), rows)
        connection.execute(
            sa.insert(tables.cursors).values(name="live", position=9, moment=1_000_000)
        )
    migrate(engine, "people")
    with engine.connect() as connection:
        assert progress.arrived(connection, "shop", "a/b") == {"remind": 2, "remind/again": 1}
        assert progress.ways(connection, "shop", "a/b") == {
            "remind": {"then": 2},
            "remind/again": {"then": 1},
        }
        since = progress.ways_since(connection)
        assert since is not None
        assert since.timestamp() == 1
    new = sqlite_engine(tmp_path / "new")
    migrate(new, "people")
    with new.connect() as connection:
        assert progress.ways_since(connection) is None
    engine.dispose()
    new.dispose()
