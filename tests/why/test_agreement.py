"""What *why* tells is what was decided: every decision that live kept is found in the answer."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from innesco.refold import refold
from innesco.storage import decisions
from innesco.storage.past import Known, definitions_at, known
from innesco.turn import Decision
from innesco.why.journey import Edition, Question, why
from innesco.why.onlooker import Onlooker
from tests.way.lives import live_it, lives
from tests.way.shop import WORKSPACE, Shop
from tests.way.test_laws import shop

JOURNEYS = ("cart-recovery", "looked")


@pytest.mark.timeout(600)
@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(life=lives)
def test_every_decision_that_was_kept_is_told_again(life: Any) -> None:
    with shop() as one:
        live_it(one, life)
        for name in one.states():
            about = known(one.people, WORKSPACE, name)
            assert about is not None
            for journey in JOURNEYS:
                kept = decided(one, about, journey)
                looked = onlooker(one, about, journey)
                the_way_in_agrees(kept, looked)
                the_way_through_agrees(kept, looked)
                the_verdict_agrees(one, about, journey)


def decided(one: Shop, about: Known, journey: str) -> list[Decision]:
    with one.people.connect() as connection:
        every = decisions.of_person(connection, WORKSPACE, sorted(about.profiles), most=10_000)
    return [one for one in every if one.about == f"journey/{journey}"]


def onlooker(one: Shop, about: Known, journey: str) -> Onlooker:
    looked = Onlooker(journey, about.profiles, "en")
    in_force = definitions_at(one.people, WORKSPACE, one.documents.__getitem__)
    for step in refold(about.past, in_force, about.now, looked):
        looked.after(step)
    return looked


def the_way_in_agrees(kept: list[Decision], looked: Onlooker) -> None:
    """Who entered, who did not and why; gates are asked one by one, and say the same."""
    in_time = [one for one in looked.met if all(g.passed for g in one.gates if g.gate in LATE)]
    tries = Counter(
        (one.tried.seq, one.tried.moment, one.tried.event, one.tried.because) for one in in_time
    )
    assert tries == Counter(
        (one.seq, one.moment, one.detail["event"], one.detail.get("because", ""))
        for one in kept
        if one.kind in ("entered", "refused")
    )
    held_out = {one.detail["run"]: one.detail["held_out"] for one in kept if one.kind == "entered"}
    for met in in_time:
        gates = {gate.gate: gate for gate in met.gates}
        for gate in met.gates:
            assert gate.condition is None or gate.condition.holds is gate.passed
        if met.tried.entered:
            assert gates["control"].passed is not held_out.pop(met.tried.run)
    assert held_out == {}


LATE = ("late", "imported")


def the_way_through_agrees(kept: list[Decision], looked: Onlooker) -> None:
    """Each message asked for or not, each node that a run came to rest at, each end."""
    passages = [(name, one) for name, walk in looked.walks.items() for one in walk.passages]
    assert Counter(one.message for _, one in passages if one.message) == of(kept, "asked", "key")
    assert Counter(one.because for _, one in passages if one.kind == "message" and one.because) == (
        of(kept, "not asked", "because")
    )
    arrivals = {(name, one.node, one.moment) for name, one in passages}
    moved = [one for one in kept if one.kind == "moved"]
    assert {(one.detail["run"], one.detail["node"], one.moment) for one in moved} <= arrivals
    ends = Counter(
        (walk.run.id, walk.changed, walk.run.left_because)
        for walk in looked.walks.values()
        if walk.run.node is None and walk.run.left_because != "merged"
    )
    assert ends == Counter(
        (one.detail["run"], one.moment, one.detail["because"]) for one in kept if one.kind == "left"
    )


def of(kept: Iterable[Decision], kind: str, name: str) -> Counter[Any]:
    return Counter(one.detail[name] for one in kept if one.kind == kind)


def the_verdict_agrees(one: Shop, about: Known, journey: str) -> None:
    editions = [Edition(seq, None, "", "published") for seq in range(1, 4)]
    question = Question(
        person=about.person,
        profiles=about.profiles,
        past=about.past,
        journey=journey,
        editions=editions,
        until=about.now,
        moment=about.at,
        kept=about.state,
    )
    told = why(question, definitions_at(one.people, WORKSPACE, one.documents.__getitem__))
    open_runs = {run.id for run in about.state.standing.runs.values() if run.journey == journey}
    assert (told.verdict == "inside") is bool(open_runs)
    assert told.verdict != "inside" or (told.run is not None and told.run.id in open_runs)
    assert told.missing == ()
