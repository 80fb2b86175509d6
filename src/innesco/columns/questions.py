"""Questions about everybody that the web, the CLI and the nightly work ask by name.

Each is one function: parameters in, an Arrow table out. To add one, write it and mention it in
`QUESTIONS`. Days are those of the shop's calendar, moments microseconds since 1970.
"""

from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

import duckdb
import msgspec
import pyarrow as pa
from msgspec import Struct

from innesco.conditions.condition import Condition, people
from innesco.conditions.days import day_of

Cursor = duckdb.DuckDBPyConnection


class Funnel(Struct, frozen=True, tag="funnel", forbid_unknown_fields=True):
    """How many came how far, day by day: seen, in the cart, at the checkout, ordered."""

    now: datetime
    zone: str
    days: int = 7
    steps: tuple[str, ...] = (
        "Product Viewed",
        "Product Added",
        "Checkout Started",
        "Order Completed",
    )

    def answer(self, cursor: Cursor) -> pa.Table:
        """`day, step, name, people, events`, every step of every day, zeros too."""
        today = day_of(self.now, ZoneInfo(self.zone))
        steps = pa.table(
            {
                "step": pa.array(range(len(self.steps)), pa.int32()),
                "name": pa.array(self.steps, pa.string()),
            }
        )
        days = pa.table({"day": pa.array(range(today - self.days + 1, today + 1), pa.int32())})
        cursor.register("steps", steps)
        cursor.register("days", days)
        return _arrow(
            cursor,
            """
            SELECT d.day, s.step, s.name, count(DISTINCT e.person) AS people, count(e.seq) AS events
            FROM days AS d CROSS JOIN steps AS s
            LEFT JOIN (
                SELECT person, seq, local_day, name FROM events WHERE local_day >= ?
            ) AS e ON e.local_day = d.day AND e.name = s.name
            GROUP BY d.day, s.step, s.name ORDER BY d.day, s.step
            """,
            today - self.days + 1,
        )


class EventCounts(Struct, frozen=True, tag="event counts", forbid_unknown_fields=True):
    """How often each event happened, by day: `day, name, events, people`."""

    first_day: int  #: days since 1970-01-01, included
    last_day: int  #: included

    def answer(self, cursor: Cursor) -> pa.Table:
        return _arrow(
            cursor,
            """
            SELECT local_day AS day, name, count(*) AS events, count(DISTINCT person) AS people
            FROM events WHERE local_day BETWEEN ? AND ?
            GROUP BY local_day, name ORDER BY local_day, name
            """,
            self.first_day,
            self.last_day,
        )


class Members(Struct, frozen=True, tag="members", forbid_unknown_fields=True):
    """Everybody for whom a condition holds at this moment: `person`, in order."""

    when: Condition
    now: datetime
    zone: str
    most: int | None = None

    def answer(self, cursor: Cursor) -> pa.Table:
        query = people(self.when, self.now, ZoneInfo(self.zone)).order_by("person")
        if self.most is not None:
            query = query.limit(self.most)
        return _arrow(cursor, query.sql("duckdb"))


class HowMany(Struct, frozen=True, tag="how many", forbid_unknown_fields=True):
    """For how many people a condition holds, and how many there are: `people, all`."""

    when: Condition
    now: datetime
    zone: str

    def answer(self, cursor: Cursor) -> pa.Table:
        query = people(self.when, self.now, ZoneInfo(self.zone)).sql("duckdb")
        return _arrow(
            cursor,
            f"SELECT (SELECT count(*) FROM ({query})) AS people,"
            ' (SELECT count(*) FROM persons) AS "all"',
        )


class Totals(Struct, frozen=True, tag="totals", forbid_unknown_fields=True):
    """How much there is, and how far the projection has come: `events, people, seq, position`."""

    def answer(self, cursor: Cursor) -> pa.Table:
        return _arrow(
            cursor,
            "SELECT (SELECT count(*) FROM events) AS events,"
            " (SELECT count(*) FROM persons) AS people, seq, position FROM state",
        )


class Seen(Struct, frozen=True, tag="seen", forbid_unknown_fields=True):
    """Names and values that were really seen, for the pickers of the segment builder."""

    of: str  #: `name` for events, else a property with a column: category, brand, product
    most: int = 50

    def answer(self, cursor: Cursor) -> pa.Table:
        if self.of not in ("name", "category", "brand", "product", "path", "query"):
            raise ValueError(f"nothing is listed by {self.of!r}")
        return _arrow(
            cursor,
            f'SELECT "{self.of}" AS value, count(*) AS events FROM events'
            f' WHERE "{self.of}" IS NOT NULL GROUP BY ALL ORDER BY events DESC, value LIMIT ?',
            self.most,
        )


Question = Funnel | EventCounts | Members | HowMany | Totals | Seen

decode: Callable[[bytes], Question] = msgspec.msgpack.Decoder(Question).decode
encode: Callable[[Question], bytes] = msgspec.msgpack.Encoder().encode


def _arrow(cursor: Cursor, query: str, *values: object) -> pa.Table:
    """Read to the end: an unread result would keep the connection to itself."""
    return cursor.sql(query, params=list(values) or None).to_arrow_table()
