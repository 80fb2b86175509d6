"""Questions about everybody that the web, the CLI and the nightly work ask by name.

Each is one function: parameters in, an Arrow table out. To add one, write it and mention it in
`QUESTIONS`. Days are those of the shop's calendar, moments microseconds since 1970.
"""

from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

import msgspec
import pyarrow as pa
from msgspec import Struct

from innesco.columns import some
from innesco.columns.arrow import Cursor, arrow, number
from innesco.columns.seen import Seen
from innesco.columns.stays import MembersAt, Movements, Sizes, Turnover
from innesco.conditions.condition import Condition, answers, people
from innesco.conditions.days import day_of


class Funnel(Struct, frozen=True, tag="funnel", forbid_unknown_fields=True):
    """How many people came how far: here at all, seen, in the cart, at the checkout, ordered.

    Somebody counts at each step that they reached at least once, in whatever order and visit.
    """

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
        """`day, step, name, people, events`, every step of every day, zeros too.

        The step 0, without a name, is whoever did anything on the shop's pages or took one of the
        steps; the rows without a day count each person once in the whole time.
        """
        first, last = _calendar(self.now, self.zone, self.days)
        names = pa.array(["", *self.steps], pa.string())
        steps = {"step": pa.array(range(len(names)), pa.int32()), "name": names}
        cursor.register("steps", pa.table(steps))
        return arrow(
            cursor,
            """
            WITH mine AS (
                SELECT person, local_day AS day, name FROM events
                WHERE local_day BETWEEN ? AND ?
                AND (source = 'public' OR name IN (SELECT name FROM steps))
            ), reached AS (
                SELECT person, day, 0 AS step FROM mine
                UNION ALL SELECT person, day, step FROM mine JOIN steps USING (name)
            ), counted AS (
                SELECT day, step, count(DISTINCT person) AS people, count(*) AS events
                FROM reached GROUP BY GROUPING SETS ((day, step), (step))
            ), asked AS (
                SELECT unnest(range(?, ?))::INTEGER AS day UNION ALL SELECT NULL
            )
            SELECT a.day, s.step, s.name,
                coalesce(c.people, 0) AS people, coalesce(c.events, 0) AS events
            FROM asked AS a CROSS JOIN steps AS s
            LEFT JOIN counted AS c ON c.day IS NOT DISTINCT FROM a.day AND c.step = s.step
            ORDER BY a.day NULLS LAST, s.step
            """,
            first,
            last,
            first,
            last + 1,
        )


class Revenue(Struct, frozen=True, tag="revenue", forbid_unknown_fields=True):
    """What was ordered, day by day, and how much of it soon after a click in a message.

    An order counts once, on the day it was first heard of; cancelled ones do not count, and what
    was paid back is taken off. `sure` are those that a server or an import told, the others only a
    browser claims.
    """

    now: datetime
    zone: str
    days: int = 7
    soon_hours: int = 72  #: so long after a click an order is put down to the message

    def answer(self, cursor: Cursor) -> pa.Table:
        """`day, sure, orders, value, after_click, value_after_click`; days without orders lack."""
        first, last = _calendar(self.now, self.zone, self.days)
        return arrow(
            cursor,
            """
            WITH told AS (
                SELECT person, coalesce("order", seq::VARCHAR) AS id, moment, local_day,
                    source <> 'public' AS sure, coalesce(value_base, value, 0) AS value
                FROM events WHERE name = 'Order Completed'
            ), orders AS (
                SELECT id, min(moment) AS moment, min(local_day) AS day, bool_or(sure) AS sure,
                    arg_max(value, (sure, moment)) AS value,
                    arg_max(person, (sure, moment)) AS person
                FROM told GROUP BY id
            ), cancelled AS (
                SELECT DISTINCT "order" AS id FROM events
                WHERE name = 'Order Cancelled' AND source <> 'public' AND "order" IS NOT NULL
            ), refunds AS (
                SELECT "order" AS id, sum(abs(coalesce(value_base, value))) AS back,
                    bool_or(coalesce(value_base, value, 0) = 0) AS whole
                FROM events WHERE name = 'Order Refunded' AND source <> 'public'
                GROUP BY id
            ), clicks AS (
                SELECT person, moment FROM events WHERE name = 'Message Clicked'
            ), kept AS (
                SELECT o.day, o.sure,
                    CASE WHEN r.whole THEN 0
                    ELSE o.value - least(o.value, coalesce(r.back, 0)) END AS value,
                    EXISTS (
                        SELECT 1 FROM clicks AS c
                        WHERE c.person = o.person
                        AND c.moment BETWEEN o.moment - ? AND o.moment
                    ) AS clicked
                FROM orders AS o LEFT JOIN refunds AS r USING (id)
                WHERE o.day BETWEEN ? AND ? AND o.id NOT IN (SELECT id FROM cancelled)
            )
            SELECT day, sure, count(*) AS orders, sum(value)::BIGINT AS value,
                count(*) FILTER (clicked) AS after_click,
                coalesce(sum(value) FILTER (clicked), 0)::BIGINT AS value_after_click
            FROM kept GROUP BY day, sure ORDER BY day, sure
            """,
            self.soon_hours * 3_600_000_000,
            first,
            last,
        )


class Followed(Struct, frozen=True, tag="followed", forbid_unknown_fields=True):
    """How far columns has followed the feed of live: `seq, position`."""

    def answer(self, cursor: Cursor) -> pa.Table:
        return arrow(cursor, "SELECT seq, position FROM state")


class EventCounts(Struct, frozen=True, tag="event counts", forbid_unknown_fields=True):
    """How often each event happened, by day: `day, name, events, people`."""

    first_day: int  #: days since 1970-01-01, included
    last_day: int  #: included

    def answer(self, cursor: Cursor) -> pa.Table:
        return arrow(
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
    after: str = ""  #: the last one of the page before

    def answer(self, cursor: Cursor) -> pa.Table:
        query = people(self.when, self.now, ZoneInfo(self.zone))
        if self.after:
            query = some.after(query, self.after)
        query = query.order_by("person")
        if self.most is not None:
            query = query.limit(self.most)
        return arrow(cursor, query.sql("duckdb"))


class Latest(Struct, frozen=True, tag="latest", forbid_unknown_fields=True):
    """The same people a page at a time, who was here last comes first: `person, last_seen`."""

    when: Condition
    now: datetime
    zone: str
    most: int
    before: tuple[int, str] | None = None  #: last seen and id of the last one of the page before

    def answer(self, cursor: Cursor) -> pa.Table:
        query = people(self.when, self.now, ZoneInfo(self.zone)).sql("duckdb")
        last, name = self.before or (2**63 - 1, "")
        return arrow(
            cursor,
            "SELECT person, coalesce(last_seen, 0) AS last_seen FROM persons"
            f" WHERE person IN ({query}) AND (coalesce(last_seen, 0), person) < (?, ?)"
            " ORDER BY last_seen DESC, person DESC LIMIT ?",
            last,
            name,
            self.most,
        )


class Answers(Struct, frozen=True, tag="answers", forbid_unknown_fields=True):
    """Who belongs, and when time alone may change it: `person, answer, changes_at`, in order.

    Everybody who belongs or has a `changes_at` (microseconds since 1970, NULL for never).
    """

    when: Condition
    now: datetime
    zone: str

    def answer(self, cursor: Cursor) -> pa.Table:
        query = answers(self.when, self.now, ZoneInfo(self.zone))
        return arrow(cursor, query.order_by("person").sql("duckdb"))


class HowMany(Struct, frozen=True, tag="how many", forbid_unknown_fields=True):
    """For how many people a condition holds, and how many there are: `people, all`."""

    when: Condition
    now: datetime
    zone: str

    def answer(self, cursor: Cursor) -> pa.Table:
        query = people(self.when, self.now, ZoneInfo(self.zone)).sql("duckdb")
        return arrow(
            cursor,
            f"SELECT (SELECT count(*) FROM ({query})) AS people,"
            ' (SELECT count(*) FROM persons) AS "all"',
        )


class Estimate(Struct, frozen=True, tag="estimate", forbid_unknown_fields=True):
    """The same of a sample, always of the same people: `people, sampled, all`.

    Where there are no more people than the sample would have, everybody is asked.
    """

    when: Condition
    now: datetime
    zone: str
    most: int = 5_000

    def answer(self, cursor: Cursor) -> pa.Table:
        everybody = number(cursor, "SELECT count(*) FROM persons")
        query = some.of_sampled(people(self.when, self.now, ZoneInfo(self.zone))).sql("duckdb")
        return arrow(
            cursor,
            f"{some.sampled(self.most, everybody)} SELECT"
            f" (SELECT count(*) FROM ({query})) AS people,"
            ' (SELECT count(*) FROM sampled) AS sampled, ?::BIGINT AS "all"',
            everybody,
        )


class Overlap(Struct, frozen=True, tag="overlap", forbid_unknown_fields=True):
    """How many of each segment's people a condition also holds for: `segment, people, both`."""

    when: Condition
    now: datetime
    zone: str

    def answer(self, cursor: Cursor) -> pa.Table:
        query = people(self.when, self.now, ZoneInfo(self.zone)).sql("duckdb")
        return arrow(
            cursor,
            f"WITH meant AS MATERIALIZED ({query})"
            " SELECT segment, count(*) AS people, count(meant.person) AS both"
            " FROM memberships AS m LEFT JOIN meant ON meant.person = m.person"
            " GROUP BY segment ORDER BY segment",
        )


class Totals(Struct, frozen=True, tag="totals", forbid_unknown_fields=True):
    """How much there is, and how far the projection has come: `events, people, seq, position`."""

    def answer(self, cursor: Cursor) -> pa.Table:
        return arrow(
            cursor,
            "SELECT (SELECT count(*) FROM events) AS events,"
            " (SELECT count(*) FROM persons) AS people, seq, position FROM state",
        )


Question = (
    Funnel
    | Revenue
    | Followed
    | EventCounts
    | Members
    | Latest
    | Answers
    | HowMany
    | Estimate
    | Overlap
    | Totals
    | Seen
    | Sizes
    | Turnover
    | Movements
    | MembersAt
)

decode: Callable[[bytes], Question] = msgspec.msgpack.Decoder(Question).decode
encode: Callable[[Question], bytes] = msgspec.msgpack.Encoder().encode


def _calendar(now: datetime, zone: str, days: int) -> tuple[int, int]:
    """The first and the last of so many days up to today, in the shop's calendar."""
    today = day_of(now, ZoneInfo(zone))
    return today - days + 1, today
