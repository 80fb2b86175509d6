"""Densely where it hurts: every window at each of its edges, every figure over odd values."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any, get_args

import pytest
from hypothesis import HealthCheck, Phase, given, settings, strategies as st

from innesco.columns import feed, projection
from innesco.columns.owner import Owner
from innesco.columns.questions import Answers, Members
from innesco.conditions.days import day_of
from innesco.conditions.did import Did
from innesco.conditions.figures import Figured
from innesco.conditions.operators.operator import Operator
from innesco.conditions.view import View
from innesco.conditions.window import (
    Before,
    Between,
    Calendar,
    Ever,
    Last,
    LastDays,
    Since,
    ThisVisit,
    Window,
)
from innesco.events.event import Event, Source, micros
from innesco.profiles.history import History
from innesco.profiles.person import Person, Visit
from tests.conditions import drawn
from tests.conditions.drawn import ROME, TICK


@pytest.fixture(scope="module")
def owner(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Owner]:
    owner = Owner(tmp_path_factory.mktemp("columns"), threads=1)
    yield owner
    owner.close()


def windows(now: datetime) -> list[Window]:
    """Each kind with each of its stocks."""
    fixed = drawn.fixed(now)
    return [
        Ever(),
        ThisVisit(),
        *map(Last, drawn.LENGTHS),
        *map(LastDays, drawn.DAYS),
        *drawn.agos(),
        *(Calendar(unit, ago) for unit in drawn.UNITS for ago in (0, 1, 2)),
        *map(Since, fixed),
        *map(Before, fixed),
        *(Between(start, end) for start in fixed for end in fixed),
    ]


@pytest.mark.parametrize("now", drawn.NOWS, ids=str)
def test_every_window_at_every_edge(owner: Owner, now: datetime) -> None:
    """For each edge three people did it once: a microsecond before, on it, and after."""
    moments = sorted(
        {
            min(now, edge + by)
            for edge in (*drawn.edges(now), *drawn.calendar_edges(now))
            for by in (-TICK, timedelta(), TICK)
        }
    )
    visit = Visit(now - timedelta(days=1), now)
    people = {f"p{n}": [event(n, moment, now, {})] for n, moment in enumerate(moments)}
    asked = windows(now)
    assert {type(window) for window in asked} == set(get_args(Window))
    with_visit = {name: Person(id=name, visit=visit) for name in people}
    agree(owner, now, people, with_visit, [Did("Done", window=window) for window in asked])


@settings(
    deadline=None,
    max_examples=25,
    phases=[Phase.reuse, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
@given(data=st.data())
def test_every_figure_over_values_that_quarrel(owner: Owner, data: st.DataObject) -> None:
    """Several values of one property, of mixed kinds, at the same moment or a moment apart."""
    now = drawn.NOWS[3]
    name = data.draw(st.sampled_from(["category", "price", "quantity", "color"]))
    done = st.tuples(st.sampled_from([now, now - TICK]), st.none() | drawn.values)
    people = {
        f"p{n}": [
            event(10 * n + seq, moment, now, {} if value is None else {name: value})
            for seq, (moment, value) in enumerate(many)
        ]
        for n, many in enumerate(data.draw(st.lists(st.lists(done, max_size=4), min_size=6)))
    }
    asked = []
    for figure in get_args(Figured):
        of = figure(name) if figure.__struct_fields__ else figure()
        is_ = data.draw(st.lists(drawn.union(Operator, now), min_size=3, max_size=3))
        asked += [Did("Done", of=of, is_=one) for one in is_]
    agree(owner, now, people, {one: Person(id=one) for one in people}, asked)


def event(seq: int, moment: datetime, now: datetime, facts: dict[str, Any]) -> Event:
    day = day_of(moment, ROME)
    return Event(seq, moment, now, day, "Done", seq, Source.PUBLIC, facts=facts)


def agree(
    owner: Owner,
    now: datetime,
    people: dict[str, list[Event]],
    persons: dict[str, Person],
    asked: Sequence[Did],
) -> None:
    owner.drop("shop")
    told = feed.Told(
        history=[feed.history_row(name, one) for name, events in people.items() for one in events],
        persons=[feed.person_row(person) for person in persons.values()],
    )
    views = {
        name: View(persons[name], History.of(events), now, ROME) for name, events in people.items()
    }
    with owner.cursor("shop") as cursor:
        projection.apply(cursor, [feed.Change(1, 1, told)])
        for one in asked:
            said = set(Members(one, now, "Europe/Rome").answer(cursor)["person"].to_pylist())
            assert said == {name for name, view in views.items() if one.holds(view)}, one
            rows = Answers(one, now, "Europe/Rome").answer(cursor).to_pylist()
            at = {row["person"]: row["changes_at"] for row in rows}
            for name, view in views.items():
                changes_at = one.changes_at(view)
                assert at.get(name) == (micros(changes_at) if changes_at else None), (one, name)
