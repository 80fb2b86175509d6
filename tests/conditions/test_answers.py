"""What columns says of everybody: who belongs, and when time alone may change it."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import duckdb
import pytest
from sqlglot import exp, select

from innesco.columns import feed, projection
from innesco.columns.owner import Owner
from innesco.columns.questions import Answers, HowMany, Members
from innesco.conditions.condition import Condition, Not, read
from innesco.conditions.days import begins, begins_column, day_of
from innesco.conditions.membership import InSegment
from innesco.conditions.view import View
from innesco.events.event import Event, Fact, Item, Source, micros
from innesco.profiles.history import History
from innesco.profiles.person import Person
from tests.conditions.drawn import NOWS, ROME

NOW = NOWS[3]
ZONES = ["Europe/Rome", "America/Havana", "Africa/Cairo", "Asia/Kathmandu", "UTC"]


@pytest.fixture
def cursor(tmp_path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    owner = Owner(tmp_path, threads=1)
    with owner.cursor("shop") as cursor:
        yield cursor
    owner.close()


@pytest.mark.parametrize("zone", ZONES)
def test_days_begin_in_columns_as_they_do_live(zone: str) -> None:
    """Over two years of nights, those too on which the clock is moved, at midnight itself too."""
    first = day_of(NOW, ZoneInfo(zone)) - 400
    days = range(first, first + 800)
    column = begins_column(exp.column("day"), days[0], days[-1], ZoneInfo(zone))
    query = select(column).from_(f"range({days[0]}, {days[-1] + 1}) AS r(day)").sql("duckdb")
    said = duckdb.connect().execute(query).fetchall()
    assert [begun for (begun,) in said] == [micros(begins(day, ZoneInfo(zone))) for day in days]


def test_everybody_is_told_who_belongs_or_will(cursor: duckdb.DuckDBPyConnection) -> None:
    """Anna has ordered lately; Bruno belongs once his order is a week old; Carla never did."""
    tell(cursor, {"anna": [1], "bruno": [6], "carla": []})
    week = '"window": {"window": "last", "length": {"days": 7}}'
    did = condition(f'{{"kind": "did", "event": "Order Completed", {week}}}')
    never = Not(did)
    anna, bruno = (micros(NOW + timedelta(days=d)) + 1 for d in (6, 1))
    assert answers(cursor, did) == [("anna", True, anna), ("bruno", True, bruno)]
    told = [("anna", False, anna), ("bruno", False, bruno), ("carla", True, None)]
    assert answers(cursor, never) == told


def test_a_segment_is_read_under_the_name_that_it_is_served_by(
    cursor: duckdb.DuckDBPyConnection,
) -> None:
    """While a segment is built anew, its members stand under another name beside the old ones."""
    anna = Person(id="anna", segments={"vip@812": NOW})
    at, asked = micros(NOW), InSegment("vip")
    for place, served in enumerate(({"vip": "vip@812"}, {}), 1):
        whole = at if served else None
        edition = feed.EditionRow("vip@812", "vip", 812, "hash", at, at, whole, None)
        told = feed.Told(persons=[feed.person_row(anna)], editions=[edition])
        projection.apply(cursor, [feed.Change(place, 1, told)])
        holds = asked.holds(View(anna, History(), NOW, ROME, served=served))
        found = Members(asked, NOW, "Europe/Rome").answer(cursor)
        assert found["person"].to_pylist() == (["anna"] if served else [])
        assert holds is bool(served)
        rows = Answers(asked, NOW, "Europe/Rome").answer(cursor)
        assert (
            rows.num_rows == HowMany(asked, NOW, "Europe/Rome").answer(cursor)["people"][0].as_py()
        )


def test_an_event_and_one_of_its_lines_are_asked_together(
    cursor: duckdb.DuckDBPyConnection,
) -> None:
    """An order paid by card that had shoes in it: one property of the order, one of a line."""
    asked = condition(
        """{"kind": "did", "event": "Order Completed",
        "where": [{"property": "paid by", "is": {"operator": "equals", "text": "card"}}],
        "lines": [{"line": "category", "is": {"operator": "equals", "text": "shoes"}}]}"""
    )
    tell(cursor, {"anna": [1], "bruno": [2]}, paid={"anna": "card", "bruno": "cash"})
    assert answers(cursor, asked) == [("anna", True, None)]


def tell(
    cursor: duckdb.DuckDBPyConnection,
    ordered: dict[str, list[int]],
    paid: dict[str, str] | None = None,
) -> None:
    """Orders of shoes, so many days ago."""
    history = []
    for seq, (name, days) in enumerate(ordered.items()):
        for ago in days:
            moment = NOW - timedelta(days=ago)
            facts: dict[str, Fact] = {"paid by": paid[name]} if paid else {}
            items = (Item("A", category="shoes"), Item("B", category="shoes"))
            day = day_of(moment, ROME)
            event = Event(
                seq,
                moment,
                NOW,
                day,
                "Order Completed",
                seq,
                Source.SERVER,
                facts=facts,
                items=items,
            )
            history.append(feed.history_row(name, event))
    persons = [feed.person_row(Person(id=name)) for name in ordered]
    projection.apply(cursor, [feed.Change(1, 1, feed.Told(history=history, persons=persons))])


def condition(document: str) -> Condition:
    found = read(document)
    assert isinstance(found, Condition), found
    return found


def answers(
    cursor: duckdb.DuckDBPyConnection, asked: Condition
) -> list[tuple[str, bool, int | None]]:
    rows = Answers(asked, NOW, "Europe/Rome").answer(cursor).to_pylist()
    return [(row["person"], row["answer"], row["changes_at"]) for row in rows]
