"""A segment is published while people come and go: whoever is faster, the same people belong."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any
from unittest.mock import patch
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from hypothesis import HealthCheck, Phase, given, settings, strategies as st
from msgspec import structs

from innesco.conditions.view import View
from innesco.events.event import Source
from innesco.profiles.history import History
from innesco.refold import refold
from innesco.storage import answers, editions, history, journal, moves, people, published, tables
from innesco.storage.past import definitions_at, known
from innesco.turn import State
from innesco.workers import publication
from tests.way.columns import build
from tests.way.shop import LOOKED, NOON, WORKSPACE, Shop, identified, said
from tests.way.test_laws import requests

HOURS = {"window": "last", "length": {"hours": 2}}


def viewed(least: int, **window: Any) -> dict[str, Any]:
    is_ = {"operator": ">=", "number": least}
    return {"kind": "did", "event": "Product Viewed", "is": is_} | window


NEVER_BOUGHT = {"kind": "not", "condition": {"kind": "did", "event": "Order Completed"}}
FULL = {"kind": "cart", "figure": "count", "is": {"operator": ">=", "number": 1}}
LOOKS = {"kind": "in segment", "segment": "looking"}
WALKS = {"kind": "in journey", "journey": "looked"}
FRESH = {
    "kind": "attribute",
    "name": "last seen",
    "is": {"operator": "within last", "length": {"hours": 1}},
}


def segment(name: str, *when: dict[str, Any]) -> dict[str, Any]:
    return {"id": name, "when": {"kind": "all", "conditions": list(when)}}


VARIANTS = [
    segment("looking", viewed(2, window=HOURS)),
    segment("looking", viewed(1, window=HOURS)),
    segment("looking", viewed(1), NEVER_BOUGHT),
    segment("looking", FULL),
    segment("warm", LOOKS, NEVER_BOUGHT),
    segment("warm", {"kind": "not", "condition": LOOKS}),
    segment("fresh", FRESH),
    segment("walking", WALKS),
]
FIRST = (("journey", "looked", LOOKED), ("segment", "looking", VARIANTS[0]))

steps = st.one_of(
    requests(),
    requests(),
    st.tuples(st.just("publish"), st.sampled_from(VARIANTS)),
    st.tuples(st.just("build"), st.none()),
    st.tuples(st.just("tick"), st.sampled_from([1, 59, 60, 61, 119, 121])),
)
stories = st.lists(steps, min_size=3, max_size=25)
END = 20_000
laws = settings(
    deadline=None,
    max_examples=60,
    phases=[Phase.reuse, Phase.generate],  # a story is short as drawn; shrinking takes minutes
    suppress_health_check=list(HealthCheck),
)


@laws
@given(story=stories, seed=st.randoms(use_true_random=False))
def test_however_fast_answers_are_taken(story: Any, seed: Any) -> None:
    """One log read again, row by row, answers taken at any time: the same to the byte."""
    with shop() as one, tempfile.TemporaryDirectory() as other:
        live_it(one, story)
        again = Shop(Path(other), ())
        again.journal.dispose()
        again.journal, again.documents, again.now = one.journal, one.documents, one.now
        shutil.copytree(one.folder / "kept", again.folder / answers.FOLDER)
        again.live = again.new_live()
        with patch.object(publication, "AT_ONCE", 1):
            read_slowly(again, seed)
        assert kept(again) == kept(one)
        again.people.dispose()


@laws
@given(story=stories)
def test_in_the_end_whoever_it_holds_for_belongs(story: Any) -> None:
    with shop() as one:
        live_it(one, story)
        assert kept_as_they_serve(one) == asked_now(one)


@laws
@given(story=stories)
def test_told_again_it_is_the_same(story: Any) -> None:
    """*Why* and replay put everybody into the same segments, at the same moments."""
    with shop() as one:
        live_it(one, story)
        in_force = definitions_at(one.people, WORKSPACE, one.documents.__getitem__)
        for name in one.states():
            about = known(one.people, WORKSPACE, name)
            assert about is not None
            told = {s.person: s.outcome for s in refold(about.past, in_force, about.now)}
            assert belongs(one, told[name].state) == belongs(one, about.state)


# -- single stories ------------------------------------------------------------------------------


def test_who_did_nothing_since_belongs_and_leaves_by_time_to_the_microsecond() -> None:
    with shop(definitions=()) as one:
        one.hear(said("Product Viewed", 0, product_id="A"), at=0)
        one.tick(30)
        one.publish("segment", "looking", VARIANTS[1])
        one.read()
        assert segments(one) == {}
        assert build(one) == 1
        one.read()
        assert segments(one) == {"looking": NOON + timedelta(minutes=30)}
        (due,) = [at for at in next_at(one) if at]
        assert due == NOON + timedelta(hours=2, microseconds=1)
        one.tick(120)
        one.read()
        assert segments(one).keys() == {"looking"}
        one.now = due
        assert one.live.hear_clock()
        one.read()
        assert segments(one) == {}
        assert [(m.entered, m.moment, m.because) for m in moved(one)] == [
            (True, NOON + timedelta(minutes=30), "published"),
            (False, due, "time"),
        ]


def test_the_one_before_serves_until_the_new_one_is_whole_and_journeys_hear_nothing_of_it() -> None:
    with shop() as one:
        one.hear(said("Product Viewed", 0, product_id="A"), at=0)
        one.hear(said("Product Viewed", 1, product_id="B"), at=1)
        one.hear(said("Product Viewed", 1, "laptop", product_id="B"), at=1)
        one.read()
        assert runs(one) == 1
        (since,) = every_since(one, "looking")
        one.publish("segment", "looking", VARIANTS[1])
        one.read()
        build(one)
        assert one.live.catch_up().rows == 1
        assert one.live.take_answers()  # both of them
        assert members(one, "looking") == 1
        while one.live.take_answers() and members(one, "looking") == 1:
            one.live.catch_up()
        one.read()
        assert members(one, "looking") == 2
        assert since in every_since(one, "looking"), "who was in it stays in it since then"
        assert runs(one) == 1, "an edition that became whole starts no journey"
        one.hear(said("Product Viewed", 3, "tablet", product_id="B"), at=3)
        one.read()
        assert runs(one) == 2, "who enters it from then on does"


def test_cancelled_archived_and_gone_back_to() -> None:
    with shop() as one:
        one.hear(said("Product Viewed", 0, product_id="A"), at=0)
        one.publish("segment", "looking", VARIANTS[1])
        one.read()
        one.publish("segment", "looking", VARIANTS[0])  # what serves: nobody is asked
        one.read()
        assert build(one) == 0
        one.publish("segment", "looking", VARIANTS[1])
        one.read()
        one.publish("segment", "looking", VARIANTS[0])
        one.read()
        assert build(one) == 0
        one.publish("segment", "looking", VARIANTS[0], "archived")
        one.read()
        with one.people.connect() as connection:
            every = editions.every(connection, WORKSPACE)
        assert [kept.because for kept in every] == ["archived", "cancelled", "cancelled"]


def test_who_names_a_segment_follows_it_when_it_is_published_anew() -> None:
    with shop(definitions=()) as one:
        one.hear(said("Product Viewed", 0, product_id="A"), at=0)
        one.publish("segment", "looking", VARIANTS[1])
        one.publish("segment", "warm", VARIANTS[5])
        warm = {"kind": "in segment", "segment": "warm"}
        one.publish("segment", "warmer", segment("warmer", warm))
        everything_is_built(one)
        assert segments(one).keys() == {"looking"}
        one.publish("segment", "looking", VARIANTS[0])
        everything_is_built(one)
        assert segments(one).keys() == {"warm", "warmer"}


def test_time_and_journeys_move_those_who_name_them_at_the_same_moment() -> None:
    waits = LOOKED | {"nodes": {"hello": {"type": "wait", "lasts": "PT1H"}}}
    definitions = (
        ("journey", "looked", waits),
        ("segment", "looking", VARIANTS[0]),
        ("segment", "warm", segment("warm", LOOKS)),
        ("segment", "walking", segment("walking", WALKS)),
    )
    with shop(definitions=definitions) as one:
        for minute, product in enumerate("AB"):
            one.hear(said("Product Viewed", minute, product_id=product), at=minute)
        one.read()
        assert segments(one).keys() == {"looking", "warm", "walking"}
        one.tick(END)
        one.read()
        assert segments(one) == {}
        left = {move.edition.split("@")[0]: move.moment for move in moved(one) if not move.entered}
        gone = NOON + timedelta(hours=2, microseconds=1)
        assert left == {
            "walking": NOON + timedelta(minutes=61),
            "looking": gone,
            "warm": gone,
        }


def test_a_word_that_comes_before_the_answers_is_not_believed() -> None:
    with shop(definitions=()) as one:
        one.hear(said("Product Viewed", 0, product_id="A"), at=0)
        one.publish("segment", "looking", VARIANTS[1])
        one.read()
        build(one)
        too_early = editions.entry(WORKSPACE, editions.Whole("looking", 2))
        journal.append(one.journal, [too_early], one.now)
        while one.live.catch_up().rows:
            pass
        assert segments(one) == {}
        one.read()
        assert segments(one).keys() == {"looking"}


def test_answers_that_were_lost_are_asked_for_again() -> None:
    with shop(definitions=()) as one:
        one.hear(said("Product Viewed", 0, product_id="A"), at=0)
        one.publish("segment", "looking", VARIANTS[1])
        one.read()
        build(one)
        shutil.rmtree(one.folder / answers.FOLDER)
        one.read()
        assert segments(one) == {}
        assert build(one) == 1
        one.read()
        assert segments(one).keys() == {"looking"}


def test_a_crash_between_the_last_answer_and_the_word_is_made_up_for() -> None:
    with shop(definitions=()) as one:
        one.hear(said("Product Viewed", 0, product_id="A"), at=0)
        one.publish("segment", "looking", VARIANTS[1])
        one.read()
        build(one)
        one.live.catch_up()
        assert one.live.take_answers()
        one.live = one.new_live()
        one.read()
        assert segments(one).keys() == {"looking"}


def test_two_who_become_one_are_counted_once() -> None:
    with shop(definitions=()) as one:
        one.hear(said("Product Viewed", 0, "phone", product_id="A"), at=0)
        one.hear(said("Product Viewed", 0, "laptop", product_id="A"), at=0)
        one.publish("segment", "looking", VARIANTS[1])
        one.read()
        build(one)
        one.read()
        for device in ("phone", "laptop"):
            one.hear(identified(5, device, "u1"), source=Source.SERVER, at=5)
        one.read()
        balance = sum(1 if move.entered else -1 for move in moved(one))
        assert (balance, members(one, "looking")) == (1, 1)


# -- what is compared ----------------------------------------------------------------------------


def kept(one: Shop) -> dict[str, Any]:
    """All that is kept but of editions that ended: how far those were taken is nobody's matter."""
    every = one.kept()
    with one.people.connect() as connection:
        counting = {edition.key for edition in editions.standing(connection, WORKSPACE)}
        states = people.load(connection, WORKSPACE, list(one.states()))
    every["persons"] = [repr(_without(states[name], counting)) for name in sorted(states)]
    every["moves"] = [row for row in every["moves"] if row[2] in counting]
    every["editions"] = [row for row in every["editions"] if f"{row[1]}@{row[2]}" in counting]
    return every


def belongs(one: Shop, state: State) -> tuple[Any, ...]:
    """Where she is, and until when; by what she was asked in passing is noted of few."""
    with one.people.connect() as connection:
        counting = {edition.key for edition in editions.standing(connection, WORKSPACE)}
    mine = _without(state, counting)
    return mine.person.segments, mine.expiries, mine.standing


def _without(state: State, counting: set[str]) -> State:
    """The same, without what is left over of editions that ended before she was heard again."""
    person = state.person
    mine = {key: since for key, since in person.segments.items() if key in counting}
    expiries = {key: at for key, at in state.expiries.items() if key in counting}
    answered = tuple(key for key in state.answered if key in counting)
    person = structs.replace(person, segments=mine)
    return structs.replace(state, person=person, expiries=expiries, answered=answered)


# -- how it is told ------------------------------------------------------------------------------


@contextmanager
def shop(definitions: Any = FIRST) -> Iterator[Shop]:
    with tempfile.TemporaryDirectory() as folder:
        one = Shop(Path(folder), definitions)
        yield one
        one.close()


def live_it(one: Shop, story: list[Any]) -> None:
    """Live is always up to date; at the end all that is published becomes whole."""
    at = 0.0
    for step in story:
        match step:
            case ("publish", document):
                one.publish("segment", document["id"], document)
            case ("build", _):
                ask_everybody(one)
            case ("tick", minutes):
                at += minutes
                one.tick(at)
            case (_, source, event):
                at += 1
                one.hear(event, source=source, at=at)
        one.live.catch_up()
    everything_is_built(one)
    one.tick(at + END)
    one.read()


def everything_is_built(one: Shop) -> None:
    """One that names another is asked once more after that one."""
    for _ in range(5):
        ask_everybody(one)
    one.read()


def ask_everybody(one: Shop) -> None:
    one.read()
    build(one)
    (one.folder / "kept").mkdir(exist_ok=True)
    for file in (one.folder / answers.FOLDER).glob("*.arrow"):
        shutil.copy(file, one.folder / "kept")


def read_slowly(one: Shop, seed: Any) -> None:
    """A row at a time, one answer at a time, the word of who is whole never before its answers."""
    with one.people.connect() as connection:
        assert not editions.every(connection, WORKSPACE)
    with patch("innesco.storage.journal.append"):  # it has been said
        while rows := journal.read(one.journal, one.live.cursor, 1):
            if rows[0].kind == "edition" and b'"whole"' in rows[0].body:
                while waits(one):
                    one.live.take_answers()
            one.live.catch_up(1)
            for _ in range(seed.choice([0, 0, 1, 3])):
                one.live.take_answers()


def waits(one: Shop) -> bool:
    with one.people.connect() as connection:
        waiting = editions.pending(connection)
    return waiting is not None and waiting[1].taken < waiting[1].rows


def kept_as_they_serve(one: Shop) -> dict[str, set[str]]:
    with one.people.connect() as connection:
        served = published.decoded(connection, WORKSPACE, one.documents.__getitem__).served
        states = people.load(connection, WORKSPACE, list(one.states()))
    return {
        segment: {name for name, state in states.items() if key in state.person.segments}
        for segment, key in served.items()
    }


def asked_now(one: Shop) -> dict[str, set[str]]:
    """By the conditions themselves, of everybody, as of now."""
    with one.people.connect() as connection:
        definitions = published.decoded(connection, WORKSPACE, one.documents.__getitem__)
        names = list(one.states())
        states = people.load(connection, WORKSPACE, names)
        profiles = people.profiles_of(connection, WORKSPACE, names)
        written = history.load(
            connection, WORKSPACE, [p for many in profiles.values() for p in many]
        )
    found: dict[str, set[str]] = {segment: set() for segment in definitions.served}
    for name, state in states.items():
        past = History(kept for one_ in profiles[name] for kept in written.get(one_, ()))
        rome, served = ZoneInfo("Europe/Rome"), definitions.served
        view = View(state.person, past, one.now, rome, state.journeys, served)
        for segment, key in served.items():
            if definitions.segments[key].when.holds(view):
                found[segment].add(name)
    return found


def segments(one: Shop) -> dict[str, Any]:
    """Of the only person, those that serve."""
    with one.people.connect() as connection:
        served = published.decoded(connection, WORKSPACE, one.documents.__getitem__).served
        (state,) = people.load(connection, WORKSPACE, list(one.states())).values()
    hers = state.person.segments
    return {segment: hers[key] for segment, key in served.items() if key in hers}


def members(one: Shop, segment: str) -> int:
    return len(kept_as_they_serve(one)[segment])


def every_since(one: Shop, segment: str) -> list[Any]:
    with one.people.connect() as connection:
        served = published.decoded(connection, WORKSPACE, one.documents.__getitem__).served
        states = people.load(connection, WORKSPACE, list(one.states())).values()
    hers = (state.person.segments.get(served[segment]) for state in states)
    return [since for since in hers if since]


def runs(one: Shop) -> int:
    """Of all journeys, so far."""
    with one.people.connect() as connection:
        return connection.scalar(sa.select(sa.func.count()).select_from(tables.runs)) or 0


def moved(one: Shop) -> list[Any]:
    with one.people.connect() as connection:
        return [move for some in moves.every(connection, WORKSPACE) for _, move in some]


def next_at(one: Shop) -> list[Any]:
    with one.people.connect() as connection:
        return [
            state.next_at
            for state in people.load(connection, WORKSPACE, list(one.states())).values()
        ]
