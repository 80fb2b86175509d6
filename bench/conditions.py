"""What a condition costs: live, one of a loaded person; and first built, over everybody.

`python bench/conditions.py [--quick]`. Live is held against a hand-written loop over the same
list of events, the first build against hand-written SQL on the same tables.
"""

import argparse
import json
import random
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import duckdb

from innesco.columns import projection
from innesco.columns.owner import Owner
from innesco.conditions.condition import Condition, people, read
from innesco.conditions.days import day_of
from innesco.conditions.view import View
from innesco.events.event import Event, Source, micros
from innesco.profiles.history import History
from innesco.profiles.person import Attribute, Cart, Person, Visit

NOW = datetime(2026, 3, 8, 12, tzinfo=UTC)
ROME = ZoneInfo("Europe/Rome")
NAMES = ["Product Viewed"] * 60 + ["Page Viewed"] * 20 + ["Product Added"] * 10
NAMES += ["Products Searched"] * 6 + ["Order Completed"] * 4
CATEGORIES = ["shoes", "mugs", "lamps", "books", "toys", "tea", "bags", "pens"]

DAY = 86_400_000_000
FEBRUARY = day_of(datetime(2026, 2, 1, 12, tzinfo=UTC), ROME)
WEEK_AGO, MONTH_AGO = micros(NOW) - 7 * DAY, micros(NOW) - 30 * DAY


def did(event: str, more: str = "") -> str:
    return f'{{"kind": "did", "event": "{event}"{more}}}'


def last(days: int) -> str:
    return f', "window": {{"window": "last", "length": {{"days": {days}}}}}'


def at_least(number: int) -> str:
    return f', "is": {{"operator": ">=", "number": {number}}}'


SHOES = ', "where": [{"property": "category", "is": {"operator": "equals", "text": "shoes"}}]'
SUM = ', "of": {"figure": "sum", "property": "value"}'

SEGMENTS: dict[str, tuple[str, str]] = {
    "viewed 3 in 7 days": (
        did("Product Viewed", last(7) + at_least(3)),
        f"SELECT person FROM events WHERE name = 'Product Viewed' AND moment >= {WEEK_AGO}"
        " GROUP BY person HAVING count(*) >= 3",
    ),
    "spent 500 in 30 days": (
        did("Order Completed", last(30) + SUM + at_least(50_000)),
        f"SELECT person FROM events WHERE name = 'Order Completed' AND moment >= {MONTH_AGO}"
        " GROUP BY person HAVING sum(value) >= 50000",
    ),
    "never bought": (
        '{"kind": "not", "condition": ' + did("Order Completed") + "}",
        "SELECT person FROM persons ANTI JOIN"
        " (SELECT person FROM events WHERE name = 'Order Completed') AS b USING (person)",
    ),
    "shoes 3 times, never bought": (
        '{"kind": "all", "conditions": ['
        + did("Product Viewed", SHOES + at_least(3))
        + ', {"kind": "not", "condition": '
        + did("Order Completed")
        + "}]}",
        "SELECT person FROM (SELECT person FROM events WHERE name = 'Product Viewed' AND"
        " category = 'shoes' GROUP BY person HAVING count(*) >= 3) AS a ANTI JOIN"
        " (SELECT person FROM events WHERE name = 'Order Completed') AS b USING (person)",
    ),
    "searched or added this week": (
        '{"kind": "any", "conditions": ['
        + did("Products Searched", last(7))
        + ", "
        + did("Product Added", last(7))
        + "]}",
        "SELECT DISTINCT person FROM events WHERE name IN ('Products Searched', 'Product Added')"
        f" AND moment >= {WEEK_AGO}",
    ),
    "searched in a month, not bought": (
        '{"kind": "all", "conditions": ['
        + did("Products Searched", last(30))
        + ', {"kind": "not", "condition": '
        + did("Order Completed", last(30))
        + "}]}",
        "SELECT person FROM (SELECT DISTINCT person FROM events WHERE name = 'Products Searched'"
        f" AND moment >= {MONTH_AGO}) AS a ANTI JOIN (SELECT person FROM events"
        f" WHERE name = 'Order Completed' AND moment >= {MONTH_AGO}) AS b USING (person)",
    ),
    "average order of 150": (
        did(
            "Order Completed",
            ', "of": {"figure": "average", "property": "value"}' + at_least(15_000),
        ),
        "SELECT person FROM events WHERE name = 'Order Completed' GROUP BY person"
        " HAVING sum(value)::DOUBLE / count(value) >= 15000",
    ),
    "four categories in a month": (
        did(
            "Product Viewed",
            last(30) + ', "of": {"figure": "distinct", "property": "category"}' + at_least(4),
        ),
        f"SELECT person FROM events WHERE name = 'Product Viewed' AND moment >= {MONTH_AGO}"
        " GROUP BY person HAVING count(DISTINCT category) >= 4",
    ),
    "shoes were the last seen": (
        did(
            "Product Viewed",
            ', "of": {"figure": "last", "property": "category"},'
            ' "is": {"operator": "equals", "text": "shoes"}',
        ),
        "SELECT person FROM events WHERE name = 'Product Viewed' GROUP BY person"
        " HAVING arg_max(category, (moment, seq)) = 'shoes'",
    ),
    "bought last month": (
        did("Order Completed", ', "window": {"window": "calendar", "unit": "month", "ago": 1}'),
        "SELECT DISTINCT person FROM events WHERE name = 'Order Completed'"
        f" AND local_day >= {FEBRUARY} AND local_day < {FEBRUARY + 28}",
    ),
    "viewed, cart, no order in 24 h": (
        """{"kind": "sequence", "window": {"window": "last", "length": {"days": 30}},
        "steps": [{"event": "Product Viewed"}, {"event": "Product Added", "within": {"hours": 24}}],
        "afterwards": {"without": [{"event": "Order Completed"}], "length": {"hours": 24}}}""",
        f"""SELECT DISTINCT person FROM events AS a
        WHERE name = 'Product Added' AND moment >= {MONTH_AGO} AND moment < {micros(NOW) - DAY}
        AND EXISTS (SELECT 1 FROM events AS v WHERE v.person = a.person
            AND v.name = 'Product Viewed' AND v.moment >= {MONTH_AGO}
            AND v.moment < a.moment AND v.moment >= a.moment - {DAY})
        AND NOT EXISTS (SELECT 1 FROM events AS o WHERE o.person = a.person
            AND o.name = 'Order Completed' AND o.moment > a.moment AND o.moment <= a.moment + {DAY})
        """,
    ),
}

LIVE = [document for document, _ in SEGMENTS.values()] + [
    '{"kind": "attribute", "name": "city", "is": {"operator": "equals", "text": "Torino"}}',
    '{"kind": "visit", "figure": "products", "is": {"operator": ">=", "number": 3}}',
    '{"kind": "cart", "figure": "value", "is": {"operator": ">=", "number": 5000}}',
    '{"kind": "in segment", "segment": "vip"}',
    '{"kind": "consent", "channel": "email"}',
    did("Product Viewed", ', "of": {"figure": "distinct", "property": "product"}' + at_least(3)),
    did("Product Viewed", ', "window": {"window": "days", "days": 1}'),
]


def live(rounds: int) -> dict[str, Any]:
    """The median of one condition on a person of 100 events who was met before."""
    conditions = [condition_of(document) for document in LIVE]
    view = View(somebody(), History.of(past(100)), NOW, ROME)
    times = [timed(lambda one=one: one.holds(view), rounds) for one in conditions]
    events, since = view.events.named("Product Viewed"), NOW - timedelta(days=7)
    by_hand = timed(lambda: sum(e.moment >= since for e in events) >= 3, rounds)
    for document, micros_ in sorted(zip(LIVE, times, strict=True), key=lambda pair: pair[1]):
        print(f"{micros_:8.2f} µs  {document[:100]}")
    value = statistics.median(times)
    return row(
        "one live condition, 100 events", value, "µs", by_hand, value / by_hand, 5, value <= 5
    )


def first_build(events: int) -> list[dict[str, Any]]:
    """Each segment over everybody, best of nine, with the same members as by hand."""
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        owner = Owner(Path(folder))
        with owner.cursor("bench") as cursor:
            fill(cursor, events)
            for name, (document, by_hand) in SEGMENTS.items():
                ours = people(condition_of(document), NOW, ROME).sql("duckdb")
                assert members(cursor, ours) == members(cursor, by_hand), name
                value, reference = best(cursor, ours, by_hand)
                ratio = value / reference
                rows.append(row(name, value, "ms", reference, ratio, 1.2, ratio <= 1.2))
        owner.close()
    ours_ms, hand_ms = sum(r["value"] for r in rows), sum(r["reference"] for r in rows)
    ratio = ours_ms / hand_ms
    return [*rows, row("all of them", ours_ms, "ms", hand_ms, ratio, 1.2, ratio <= 1.2)]


def fill(cursor: duckdb.DuckDBPyConnection, events: int) -> None:
    """Made-up events straight into the base; what is measured is the reading."""
    people_ = events // 40
    cursor.execute(
        f"""
        INSERT INTO events_tail BY NAME
        SELECT 'p' || CAST(floor({people_} * random() * random()) AS INTEGER) AS person,
            {micros(NOW)} - (hash(seq) % {90 * DAY})::BIGINT AS moment, seq,
            CAST(moment // {DAY} AS INTEGER) AS local_day,
            ({NAMES!r})[1 + CAST(floor(random() * {len(NAMES)}) AS INTEGER)] AS name,
            'public' AS source, false AS quiet,
            ({CATEGORIES!r})[1 + CAST(floor(random() * 8) AS INTEGER)] AS category,
            seq % 30000 AS value,
            '{{}}' AS facts
        FROM range({events}) AS r(seq)
        """
    ).fetchall()
    cursor.execute("INSERT INTO persons BY NAME SELECT DISTINCT person FROM events").fetchall()
    projection.recluster(cursor)


def past(many: int) -> list[Event]:
    draw = random.Random(7)
    moments = sorted(NOW - timedelta(seconds=draw.randrange(60 * 86_400)) for _ in range(many))
    return [
        Event(
            seq=n,
            moment=moment,
            received=moment,
            local_day=day_of(moment, ROME),
            name=draw.choice(NAMES),
            key=n,
            source=Source.PUBLIC,
            facts={"category": draw.choice(CATEGORIES), "product": f"p{n % 9}", "value": 1999},
        )
        for n, moment in enumerate(moments)
    ]


def somebody() -> Person:
    return Person(
        id="anna",
        email="anna@example.com",
        attributes={"city": Attribute("Torino", NOW, 1, Source.SERVER)},
        visit=Visit(NOW, NOW, products=("a", "b")),
        cart=Cart("c"),
        segments={"vip": NOW},
    )


def condition_of(document: str) -> Condition:
    condition = read(document)
    assert isinstance(condition, Condition), condition
    return condition


def timed(call: Callable[[], object], rounds: int) -> float:
    """Microseconds of one call, the median of rounds of a hundred."""
    found = []
    for _ in range(rounds):
        start = time.perf_counter_ns()
        for _ in range(100):
            call()
        found.append((time.perf_counter_ns() - start) / 100_000)
    return statistics.median(found)


def members(cursor: duckdb.DuckDBPyConnection, query: str) -> list[tuple[str]]:
    return sorted(cursor.execute(query).fetchall())


def best(cursor: duckdb.DuckDBPyConnection, *queries: str) -> list[float]:
    """Milliseconds of each, the best of nine, in turns so that a busy machine is fair to both."""
    found: list[list[float]] = [[] for _ in queries]
    for _ in range(9):
        for times, query in zip(found, queries, strict=True):
            start = time.perf_counter()
            cursor.execute(f"SELECT count(*) FROM ({query})").fetchall()
            times.append((time.perf_counter() - start) * 1000)
    return [min(times) for times in found]


def row(
    what: str, value: float, unit: str, reference: float, ratio: float, target: float, holds: bool
) -> dict[str, Any]:
    print(f"{what}: {value:.2f} {unit}, by hand {reference:.2f} ({ratio:.2f})")
    return {
        "what": what,
        "value": round(value, 3),
        "unit": unit,
        "reference": round(reference, 3),
        "ratio": round(ratio, 3),
        "target": target,
        "holds": holds,
    }


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a million events, under 40 s")
    quick = parser.parse_args().quick
    rows = [live(50 if quick else 300), *first_build(1_000_000 if quick else 10_000_000)]
    print(json.dumps({"bench": "conditions", "rows": rows}))
