"""Weeks, months, quarters, years and a time ago: where they begin, and what time carries in."""

from datetime import UTC, datetime, timedelta

import pytest

from innesco.conditions.condition import Unreadable, read
from innesco.conditions.days import Unit, begins, day_of, unit_begins
from innesco.conditions.did import Did
from innesco.conditions.length import Length
from innesco.conditions.view import View
from innesco.conditions.window import Ago, Calendar, Window
from innesco.events.event import Event, Source
from innesco.profiles.history import History
from innesco.profiles.person import Person
from tests.conditions.drawn import ROME, TICK

MARCH = datetime(2026, 3, 29, 10, tzinfo=UTC)  # a Sunday, the day on which clocks leap


@pytest.mark.parametrize(
    ("unit", "ago", "first", "end"),
    [
        ("week", 0, "2026-03-23", "2026-03-30"),
        ("week", 1, "2026-03-16", "2026-03-23"),
        ("month", 0, "2026-03-01", "2026-04-01"),
        ("month", 1, "2026-02-01", "2026-03-01"),
        ("month", 3, "2025-12-01", "2026-01-01"),
        ("quarter", 0, "2026-01-01", "2026-04-01"),
        ("quarter", 1, "2025-10-01", "2026-01-01"),
        ("year", 0, "2026-01-01", "2027-01-01"),
        ("year", 2, "2024-01-01", "2025-01-01"),
    ],
)
def test_a_unit_of_the_calendar_goes_from_midnight_to_midnight(
    unit: Unit, ago: int, first: str, end: str
) -> None:
    start, stop = (datetime.fromisoformat(day).replace(tzinfo=ROME) for day in (first, end))
    window = Calendar(unit, ago)
    inside = [start, start + timedelta(days=1)]
    outside = [start - TICK, stop] if stop <= MARCH else [start - TICK]
    assert [holds(window, moment, MARCH) for moment in inside] == [True, True]
    assert not any(holds(window, moment, MARCH) for moment in outside)


def test_last_month_takes_in_this_months_events_when_it_is_over() -> None:
    """Done on the last day of March: out of last month until April begins in Rome."""
    did = Did("Done", window=Calendar("month", 1))
    april = datetime(2026, 3, 31, 22, tzinfo=UTC)
    assert not did.holds(view(MARCH, MARCH))
    assert did.changes_at(view(MARCH, MARCH)) == april
    assert not did.holds(view(MARCH, april - TICK))
    assert did.holds(view(MARCH, april))
    assert did.changes_at(view(MARCH, april)) == datetime(2026, 4, 30, 22, tzinfo=UTC)
    assert not did.holds(view(MARCH, datetime(2026, 4, 30, 22, tzinfo=UTC)))


def test_a_time_ago_takes_in_what_has_become_old_enough() -> None:
    """From 30 to 10 days ago: in after ten days and a microsecond, out after thirty and one."""
    did = Did("Done", window=Ago(Length(days=30), Length(days=10)))
    enters, leaves = MARCH + timedelta(days=10) + TICK, MARCH + timedelta(days=30) + TICK
    assert did.changes_at(view(MARCH, MARCH)) == enters
    assert not did.holds(view(MARCH, enters - TICK))
    assert did.holds(view(MARCH, enters))
    assert did.changes_at(view(MARCH, enters)) == leaves
    assert did.holds(view(MARCH, leaves - TICK))
    assert not did.holds(view(MARCH, leaves))


def test_every_unit_begins_where_the_one_before_ended() -> None:
    """Over thirty years, each day is in one unit, and the next begins after it."""
    for unit in ("week", "month", "quarter", "year"):
        for day in range(10_000, 21_000, 3):
            first, next_ = unit_begins(day, unit), unit_begins(day, unit, 1)
            assert first <= day < next_
            assert unit_begins(next_, unit, -1) == first
            assert unit_begins(next_ - 1, unit) == first
            assert begins(first, ROME) < begins(next_, ROME)


def test_they_read_as_words() -> None:
    said = [
        (Calendar("week"), " this week", " questa settimana"),
        (Calendar("month", 1), " last month", " il mese scorso"),
        (Calendar("year", 2), " 2 years ago", " 2 anni fa"),
        (
            Ago(Length(days=30), Length(days=10)),
            " from 30 days to 10 days ago",
            " da 30 giorni a 10 giorni fa",
        ),
    ]
    for window, en, it in said:
        assert (window.sentence("en"), window.sentence("it")) == (en, it)


def test_a_time_ago_ends_after_it_began() -> None:
    window = '{"window": "ago", "start": {"days": 10}, "end": {"days": 30}}'
    assert isinstance(read(f'{{"kind": "did", "event": "x", "window": {window}}}'), Unreadable)


def holds(window: Window, moment: datetime, now: datetime) -> bool:
    return Did("Done", window=window).holds(view(min(moment, now), now))


def view(done: datetime, now: datetime) -> View:
    event = Event(1, done, now, day_of(done, ROME), "Done", 1, Source.PUBLIC)
    return View(Person(id="anna"), History.of([event]), now, ROME)
