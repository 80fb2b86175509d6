"""Why: the past told again is the past as it was."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import msgspec
import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, Phase, given, settings

from innesco.events.event import Source
from innesco.refold import People, refold
from innesco.storage import decisions, tables
from innesco.storage.past import definitions_at, known
from tests.way.lives import live_it, lives
from tests.way.shop import CART_RECOVERY, NOON, WORKSPACE, Shop, identified, said
from tests.way.test_laws import END, shop

A_WEEK = {"type": "wait", "lasts": "P7D"}
SLOWER = CART_RECOVERY | {"first": "a day", "holdout": 0}


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(life=lives)
def test_the_past_told_again_is_what_live_keeps(life: Any) -> None:
    """States byte by byte, and every decision, whatever merged, was shared or was changed."""
    lived_and_told_again(life)


def by_the_new_definitions(people: Any, row: Any) -> Iterator[Any]:
    yield from people.join_until(row.seq, row.at)
    yield from people.wake(sorted(people.met), row.seq, row.at)


PLANTED = {
    "a publication counts before what was due": ("publish", by_the_new_definitions),
    "a merge is not told": ("_join", lambda *_: iter(())),
    "nobody is woken": ("wake", lambda *_: iter(())),
    "the doubles of a device that was left are forgotten": ("_take_over", lambda *_: None),
}


@pytest.mark.parametrize(("method", "wrong"), PLANTED.values(), ids=PLANTED.keys())
def test_a_fault_planted_in_the_telling_is_found(
    monkeypatch: pytest.MonkeyPatch, method: str, wrong: Any
) -> None:
    monkeypatch.setattr(People, method, wrong)
    found = settings(
        deadline=None,
        max_examples=200,
        phases=[Phase.generate],
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
    )(given(life=lives)(lived_and_told_again))
    with pytest.raises((AssertionError, ExceptionGroup)):
        found()


def lived_and_told_again(life: Any) -> None:
    with shop() as one:
        live_it(one, life)
        for name in one.states():
            assert_told_as_kept(one, name)


def test_two_devices_that_became_one_are_told_as_two_until_then() -> None:
    with shop() as one:
        for n, device in enumerate(["phone", "laptop"]):
            one.hear(identified(n, device, email="anna@example.com"), at=n)
            one.hear(said("Product Added", n, device, product_id="A", cart_id="c1"), at=n)
        for n, device in enumerate(["phone", "laptop"]):
            login = identified(10 + n, device, user="u1")
            one.hear(login, source=Source.SERVER, at=10 + n)
        one.tick(END)
        one.read()
        (name,) = one.states()
        assert_told_as_kept(one, name)


def test_a_wait_that_ended_before_a_publication_ended_by_the_journey_of_then() -> None:
    """Nobody heard the clock at 60 minutes; publishing at 90 woke her by the journey before it."""
    with shop() as one:
        one.hear(identified(0, email="anna@example.com"), at=0)
        one.hear(said("Product Added", 0, product_id="A", cart_id="c1"), at=0)
        one.now = NOON + timedelta(minutes=90)
        one.publish("journey", "cart-recovery", SLOWER | {"nodes": {"a day": A_WEEK}})
        one.tick(END)
        one.read()
        (name,) = one.states()
        assert_told_as_kept(one, name)


def assert_told_as_kept(one: Shop, name: str) -> None:
    about = known(one.people, WORKSPACE, name)
    assert about is not None
    in_force = definitions_at(one.people, WORKSPACE, one.documents.__getitem__)
    told = list(refold(about.past, in_force, about.now))
    mine = [step for step in told if step.person == name]
    assert msgspec.msgpack.encode(mine[-1].outcome.state) == kept_state(one, name)
    with one.people.connect() as connection:
        kept = decisions.of_person(connection, WORKSPACE, [name])
    decided = [decision for step in mine for decision in step.outcome.decisions]
    assert sorted(msgspec.json.encode(d) for d in decided) == sorted(
        msgspec.json.encode(d) for d in kept
    )


def kept_state(one: Shop, name: str) -> bytes:
    held = tables.persons.c
    with one.people.connect() as connection:
        state = connection.scalar(sa.select(held.state).where(held.id == name))
    assert isinstance(state, bytes)
    return state
