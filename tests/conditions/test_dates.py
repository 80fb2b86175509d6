"""Birthdays and days to come: by the shop's calendar, live and in columns."""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest

from innesco.columns import feed, projection
from innesco.columns.owner import Owner
from innesco.columns.questions import Answers, Members
from innesco.conditions.condition import Unreadable, read
from innesco.conditions.dates import Anniversary, Day, OnDate
from innesco.conditions.view import View
from innesco.events.event import Source, micros
from innesco.profiles.history import History
from innesco.profiles.person import Attribute, Person
from tests.conditions import drawn
from tests.conditions.drawn import ROME, TICK

MARCH = datetime(2026, 3, 28, 23, tzinfo=UTC)  # 29 March has begun in Rome; the clock leaps
JUNK = [
    "",
    "soon",
    "2026-03-29x",
    "2026/03/29",
    "2026-03",
    "2026-3-29",
    "2026-03/29",
    "2026-3-290",
    "2026-13-99",
    "29-03-2026",
    "éééé-03-29",
]
ODD = ["2026-03-29T10:00:00Z", "1988-02-29", "2024-02-29", "0001-01-01", "9999-12-31", "~~~~-~~-~~"]


@pytest.fixture(scope="module")
def owner(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Owner]:
    owner = Owner(tmp_path_factory.mktemp("columns"), threads=1)
    yield owner
    owner.close()


@pytest.mark.parametrize("now", [*drawn.NOWS, datetime(2027, 2, 28, 12, tzinfo=UTC)], ids=str)
def test_live_and_columns_agree_on_every_date(owner: Owner, now: datetime) -> None:
    """Each date of a year around now, junk too; the answer and when it changes."""
    around = [
        now.date() + timedelta(days=by)
        for by in (*range(-190, 190), -401, -400, 399, 400, 402, 800)
    ]
    told = [*(f"{one:%Y-%m-%d}" for one in around), *JUNK, *ODD]
    people = {f"p{n}": somebody(f"p{n}", text) for n, text in enumerate(told)}
    rows = [feed.person_row(one) for one in (*people.values(), Person(id="nobody"))]
    met: Counter[str] = Counter()
    with owner.cursor(f"{now:%Y%m%d}") as cursor:
        projection.apply(cursor, [feed.Change(1, 1, feed.Told(persons=rows))])
        for is_ in drawn.dates()[1::5]:
            asked = OnDate("birthday", is_)
            said = set(Members(asked, now, "Europe/Rome").answer(cursor)["person"].to_pylist())
            found = Answers(asked, now, "Europe/Rome").answer(cursor).to_pylist()
            at = {one["person"]: one["changes_at"] for one in found}
            for name, person in people.items():
                holds, changes = asked.holds(view(person, now)), asked.changes_at(view(person, now))
                assert holds is (name in said), (asked, person.attributes)
                assert at.get(name) == (micros(changes) if changes else None), (asked, person)
                met["cases"] += 1
                met["true"] += holds
            assert not {"nobody"} & (said | set(at))
    share = met["true"] / met["cases"]
    print(f"\n{met['cases']} cases, {share:.0%} true")
    assert share >= 0.20


@pytest.mark.parametrize("is_", drawn.dates()[::3], ids=str)
def test_until_then_nothing_changes(is_: Day | Anniversary) -> None:
    """Day by day through more than a year: the answer changes at `changes_at` or later."""
    asked = OnDate("birthday", is_)
    for text in ("2026-04-10", "1988-02-29", "2027-03-01", "2025-12-31"):
        person = somebody("anna", text)
        until: datetime | None = MARCH
        last: bool | None = None
        for day in range(420):
            now = MARCH + timedelta(days=day)
            for moment in (now - TICK, now, now + timedelta(hours=1)):
                seen = view(person, moment)
                holds = asked.holds(seen)
                if last is not None and (until is None or moment < until):
                    assert holds is last, (asked, text, moment)
                last, until = holds, asked.changes_at(seen)
                assert until is None or until > moment


def test_a_birthday_is_all_day_and_every_year() -> None:
    today, anna = OnDate("birthday", Anniversary()), somebody("anna", "1990-03-29")
    assert today.holds(view(anna, MARCH))
    assert not today.holds(view(anna, MARCH - TICK))
    tomorrow = datetime(2026, 3, 29, 22, tzinfo=UTC)  # 23 hours later
    assert today.changes_at(view(anna, MARCH)) == tomorrow
    assert not today.holds(view(anna, tomorrow))
    assert today.changes_at(view(anna, tomorrow)) == datetime(2027, 3, 28, 22, tzinfo=UTC)


def test_who_was_born_on_29_february_is_celebrated_every_year() -> None:
    today, leap = OnDate("birthday", Anniversary()), somebody("anna", "1988-02-29")
    celebrated = [
        day
        for year in (2026, 2027, 2028)
        for day in (date(year, 2, 28), date(year, 3, 1), date(year, 2, 28) + timedelta(days=1))
        if today.holds(view(leap, datetime(day.year, day.month, day.day, 12, tzinfo=UTC)))
    ]
    assert celebrated == [date(2026, 2, 28), date(2027, 2, 28), date(2028, 2, 29)]


@pytest.mark.parametrize(
    "is_",
    [
        '{"date": "day", "start": 5, "end": 4}',
        '{"date": "anniversary", "start": 5, "end": 4}',
        '{"date": "anniversary", "start": 0, "end": 400}',
    ],
)
def test_what_makes_no_sense_is_refused(is_: str) -> None:
    assert isinstance(read(f'{{"kind": "date", "name": "birthday", "is": {is_}}}'), Unreadable)


def somebody(name: str, birthday: str) -> Person:
    return Person(id=name, attributes={"birthday": Attribute(birthday, MARCH, 1, Source.SERVER)})


def view(person: Person, now: datetime) -> View:
    return View(person, History(), now, ROME)
