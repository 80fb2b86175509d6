"""Why: the past told again is the past as it was."""

from datetime import timedelta
from typing import Any

import msgspec
import sqlalchemy as sa
from hypothesis import given, strategies as st

from innesco.events.event import Source
from innesco.refold import refold
from innesco.storage import decisions, tables
from innesco.storage.past import definitions_at, known
from tests.way.shop import CART_RECOVERY, NOON, WORKSPACE, Shop, identified, said
from tests.way.test_laws import END, laws, minutes, shop, stories

A_WEEK = {"type": "wait", "lasts": "P7D"}
SLOWER = CART_RECOVERY | {"first": "a day", "holdout": 0}


@laws
@given(story=stories, ticks=st.lists(minutes, max_size=4), change=st.none() | minutes)
def test_the_past_told_again_is_what_live_keeps(story: Any, ticks: Any, change: Any) -> None:
    """States byte by byte, and every decision, though the journey was changed on the way."""
    with shop() as one:
        steps = [(at, n, request) for n, (at, *request) in enumerate(story)]
        steps += [(at, 100, "tick") for at in ticks]
        steps += [(change, 99, "publish")] if change is not None else []
        for at, _, what in sorted(steps, key=lambda step: step[:2]):
            match what:
                case "tick":
                    one.tick(at)
                case "publish":
                    one.tick(at)
                    one.publish("journey", "cart-recovery", SLOWER)
                case source, event:
                    one.hear(event, source=source, at=at)
        one.tick(END)
        one.read()
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
