"""Until `changes_at`, time alone changes nothing; and it does not cry wolf."""

from datetime import datetime, timedelta
from itertools import product
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings, strategies as st

from innesco.conditions.condition import All, Any as AnyOf, Condition
from innesco.conditions.days import begins, day_of, unit_begins
from innesco.conditions.did import Did
from innesco.conditions.figures import Times
from innesco.conditions.view import View
from innesco.conditions.window import Window
from innesco.events.event import moment_of
from tests.conditions import drawn
from tests.conditions.drawn import ROME, TICK, Past

FAR = timedelta(days=4000)
quickly = settings(
    deadline=None,
    max_examples=300,
    phases=[Phase.reuse, Phase.generate],  # a case is small as drawn; shrinking takes minutes
    suppress_health_check=list(HealthCheck),
)


@st.composite
def cases(draw: st.DrawFn) -> tuple[datetime, Past, Condition]:
    now = draw(st.sampled_from(drawn.NOWS))
    window = draw(drawn.union(Window, now))
    other = draw(drawn.union(Window, now))
    at = tuple({*drawn.edges_of(window, now), *drawn.edges_of(other, now)})
    two = st.tuples(drawn.counted(window), drawn.counted(other))
    some = st.builds(All, two) | st.builds(AnyOf, two) | drawn.counted(window)
    past = draw(drawn.pasts("anna", now, first_seq=1, at=at))
    return now, past, draw(some | drawn.conditions(now) | drawn.aging(now) | drawn.lined(now))


@quickly
@given(case=cases())
def test_nothing_changes_before(case: tuple[datetime, Past, Condition]) -> None:
    now, past, condition = case
    answer, at = answered(condition, past, now), condition.changes_at(view(past, now))
    until = at or now + FAR
    assert until > now
    for moment in [until - TICK, *sampled(past, now)]:
        if now <= moment < until:
            assert answered(condition, past, moment) == answer, moment


@quickly
@given(case=cases(), data=st.data())
def test_how_many_times_changes_exactly_then(
    case: tuple[datetime, Past, Condition], data: st.DataObject
) -> None:
    """Of a count the moment is exact: the answer is another one, unless several leave at once."""
    now, past, _ = case

    def steady(did: Did) -> bool:
        return isinstance(did.of, Times) and not did.ages and not did.window.opens

    condition = data.draw(drawn.made(Did, now).filter(steady))
    at = condition.changes_at(view(past, now))
    if at is None:
        return
    left = condition.meant(view(past, now))[: -len(condition.meant(view(past, at))) or None]
    together = len({leaves(condition, event, past, now) for event in left}) < len(left)
    assert answered(condition, past, at) != answered(condition, past, now) or together


@quickly
@given(case=cases())
def test_it_is_a_moment_at_which_something_leaves(case: tuple[datetime, Past, Condition]) -> None:
    """It may be too early for the answer, but never without a reason."""
    now, past, condition = case
    at = condition.changes_at(view(past, now))
    assert at is None or at in leaving(past, now)


@quickly
@given(case=cases())
def test_reach_is_far_enough(case: tuple[datetime, Past, Condition]) -> None:
    """Without the events before `reach` the answer is the same."""
    now, past, condition = case
    since = condition.reach(view(past, now))
    recent = tuple(event for event in past.events if event.moment >= since)
    shorter = Past(past.person, recent, past.as_profile, past.journeys)
    assert answered(condition, shorter, now) == answered(condition, past, now)


def view(past: Past, now: datetime) -> View:
    return View(past.person, past.history, now, ROME, past.journeys)


def answered(condition: Any, past: Past, now: datetime) -> bool:
    holds: bool = condition.holds(view(past, now))
    return holds


def leaves(did: Did, event: Any, past: Past, now: datetime) -> datetime | None:
    return did.window.leaves(event, view(past, now))


def sampled(past: Past, now: datetime) -> list[datetime]:
    """Every moment at which something could leave a window, and the ones beside it."""
    found = leaving(past, now) | {now + FAR}
    return sorted(found | {moment - TICK for moment in found})


def leaving(past: Past, now: datetime) -> set[datetime]:
    found: set[datetime] = set()
    person = past.person
    known = [event.moment for event in past.events] + list(person.segments.values())
    known += [moment for moment in (person.first_seen, person.last_seen) if moment]
    known += [
        moment_of(one.value)
        for one in person.attributes.values()
        if type(one.value) is int and abs(one.value) <= 2**53
    ]
    known += [
        moment_of(value)
        for event in past.events
        for value in event.facts.values()
        if type(value) is int and abs(value) <= 2**53
    ]
    for moment in known:
        found.update(moment + timedelta(microseconds=one.micros + 1) for one in drawn.LENGTHS)
    for event in past.events:
        found.update(begins(event.local_day + days, ROME) for days in drawn.DAYS)
        for day in (event.local_day, day_of(now, ROME)):
            units = product(drawn.UNITS, (1, 2))
            found.update(begins(unit_begins(day, unit, by), ROME) for unit, by in units)
    return found
