"""Drawn events: people who look, buy, sign in on a second device, and are sometimes heard twice."""

import json
import random
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as parquet

COLUMNS = ("source", "type", "event", "user", "anonymous", "message", "properties", "traits")
NAMES = ("Product Viewed",) * 12 + ("Page",) * 6 + ("Product Added",) * 3 + ("Order Completed",)
START = datetime(2026, 1, 1, tzinfo=UTC)


def draw(count: int, path: Path, seed: int = 7, people: int = 0) -> None:
    """Write so many events of so many people, the same ones for the same seed."""
    chance = random.Random(seed)
    people = people or max(10, count // 40)
    now, rows = START, []
    for n in range(count):
        if n % 50 == 0:
            now += timedelta(seconds=chance.expovariate(1 / 200))
        rows.append(_drawn(chance, n, people, now))
        if chance.random() < 0.01 and n:
            rows[-1] = chance.choice(rows[-20:]) | {"received": now}
    parquet.write_table(pa.Table.from_pylist(rows, schema=SCHEMA), path)


SCHEMA = pa.schema(
    [
        *((name, pa.string()) for name in COLUMNS),
        *((name, pa.timestamp("us")) for name in ("moment", "received")),
    ]
)


def _drawn(chance: random.Random, n: int, people: int, now: datetime) -> dict[str, Any]:
    person = chance.randrange(people)
    device = f"d{person}-{chance.randrange(2)}"
    late = timedelta(seconds=chance.choice((0, 0, 0, 5, 3_600)))
    row: dict[str, Any] = {"source": "public", "type": "track", "anonymous": device}
    row |= {"message": f"m{n}", "moment": (now - late).replace(tzinfo=None)}
    row |= {"received": now.replace(tzinfo=None)}
    what = chance.random()
    if what < 0.03:  # her shop says who she is
        return (
            row
            | {"source": "server", "type": "identify", "user": f"u{person}"}
            | {
                "traits": json.dumps(
                    {"city": chance.choice(("Torino", "Bari")), "email": f"p{person}@example.com"}
                )
            }
        )
    if what < 0.04:  # a newsletter box
        address = json.dumps({"email": f"p{person}@example.com", "purposes": ["marketing"]})
        return row | {"event": "Subscription Requested", "properties": address}
    if what < 0.045:
        return row | {"anonymous": None, "event": "Product Viewed"}  # of nobody
    name = chance.choice(NAMES)
    product = f"sku-{chance.randrange(500)}"
    said: dict[str, Any] = {
        "product_id": product,
        "price": chance.randrange(5, 90),
        "category": "Caffè",
    }
    if name == "Page":
        return row | {"type": "page", "properties": json.dumps({"path": f"/p/{product}"})}
    if name == "Product Added":
        said |= {"cart_id": f"c{person}", "quantity": chance.randrange(1, 4)}
    if name == "Order Completed":
        said = {"order_id": f"o{n}", "total": said["price"], "products": [said]}
    return row | {"event": name, "properties": json.dumps(said)}
