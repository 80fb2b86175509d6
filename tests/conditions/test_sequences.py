"""Sequences: one thing after the other, live and in columns, to the microsecond."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import combinations
from random import Random
from typing import Any

import pytest

from innesco.columns.owner import Owner
from innesco.columns.questions import Members
from innesco.conditions.condition import Unreadable, read
from innesco.conditions.days import day_of
from innesco.conditions.length import Length
from innesco.conditions.operators.known import Present
from innesco.conditions.operators.number import AtLeast
from innesco.conditions.operators.text import Equals, OneOf
from innesco.conditions.sequence import Sequence
from innesco.conditions.steps import Afterwards, Missing, Step, key_of
from innesco.conditions.view import View
from innesco.conditions.where import LineWhere, Where
from innesco.conditions.window import Ever, Last, LastDays, Window
from innesco.events.event import Event, Fact, Item, Source, micros
from innesco.profiles.history import place
from innesco.profiles.person import Person, Visit
from tests.conditions import drawn
from tests.conditions.drawn import ROME, TICK, Past
from tests.conditions.test_agreement import answered, changes_at, tell, view
from tests.conditions.test_edges import windows


@pytest.fixture(scope="module")
def owner(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Owner]:
    owner = Owner(tmp_path_factory.mktemp("columns"), threads=1)
    yield owner
    owner.close()


def test_live_columns_and_every_choice_of_events_agree(owner: Owner) -> None:
    """`holds` is what trying all events in all orders says; columns say the same of everybody."""
    random, met = Random(1), Counter[str]()
    for now in drawn.NOWS:
        pasts = [past(random, f"p{n}", now, 100 * n) for n in range(100)]
        with owner.cursor(f"shop {now:%m%d}") as cursor:
            tell(cursor, pasts, halfway=False)
            for _ in range(30):
                asked = sequence(random, now)
                said = set(Members(asked, now, "Europe/Rome").answer(cursor)["person"].to_pylist())
                told = answered(cursor, asked, now)
                for one in pasts:
                    seen, name = view(one, now), one.person.id
                    holds, moves = asked.holds(seen), changes_at(asked, one, now)
                    assert holds is tried(asked, seen), (asked, one)
                    assert holds is (name in said), (asked, one)
                    assert told.get(name, (False, None)) == (holds, moves), (asked, one)
                    met["cases"] += 1
                    met["true"] += holds
                    met["on an edge"] += on_an_edge(asked, seen)
                    met["that time changes"] += moves is not None
    share = {name: many / met["cases"] for name, many in met.items()}
    print(f"\n{met['cases']} cases, {share['true']:.0%} true, ", end="")
    print(f"{share['on an edge']:.0%} within 1 µs of an edge, ", end="")
    print(f"{share['that time changes']:.0%} that time alone may change")
    assert share["true"] >= 0.20
    assert share["on an edge"] >= 0.05
    assert share["that time changes"] >= 0.05


def test_time_alone_changes_nothing_before() -> None:
    """Until then the answer stays; and of what was waited for, it is another one then."""
    random, met = Random(2), Counter[str]()
    for n in range(6_000):
        now = drawn.NOWS[n % 4]
        one, asked = past(random, "anna", now, 1), sequence(random, now)
        holds, at = asked.holds(view(one, now)), asked.changes_at(view(one, now))
        until = at or now + timedelta(days=10)
        for later in (until - TICK, now + (until - now) / 2):
            assert asked.holds(view(one, later)) is holds, (asked, one)
        if at is not None and not holds and not asked.window.opens:
            assert asked.holds(view(one, at)), (asked, one)
            met["waited for"] += 1
        met["changes"] += at is not None
    print(dict(met))
    assert met["changes"] >= 300
    assert met["waited for"] >= 50


# -- what is drawn ---------------------------------------------------------------------------------

NAMES = ["Product Viewed", "Product Added", "Order Completed"]
COLORS: list[Fact] = ["shoes", "", 5, 5.0, True]


def past(random: Random, name: str, now: datetime, first_seq: int) -> Past:
    """Somebody who did three things again and again, a length apart, of the same few colors."""
    gaps = [timedelta(), *(timedelta(microseconds=one.micros) for one in drawn.LENGTHS)]
    done = []
    for seq in range(first_seq, first_seq + random.choice([2, 5, 7, 10])):
        edge = random.choice(drawn.edges(now)[:-1]) - random.choice(gaps)
        moment = min(now, edge + random.choice([-TICK, timedelta(), TICK]))
        facts: dict[str, Fact] = {"color": random.choice(COLORS), "price": random.choice([0, 1999])}
        if random.random() < 0.2:
            facts = {}
        items = (Item("A", category=random.choice(["shoes", "hats"])), Item("B", category="hats"))
        day, called = day_of(moment, ROME), random.choice([*NAMES[:2], *NAMES])
        event = Event(seq, moment, now, day, called, seq, Source.PUBLIC, facts=facts, items=items)
        done.append(event)
    visit = Visit(random.choice(drawn.edges(now)), now) if random.random() < 0.8 else None
    return Past(Person(id=name, visit=visit), tuple(done), frozenset(), frozenset())


def sequence(random: Random, now: datetime) -> Sequence:
    """One to three steps; gaps of the lengths that lie between the edges of windows."""
    same = random.choice([(), (), (), (), (), (), ("color",), ("price",), ("color", "price")])
    few: list[Window] = random.sample(windows(now), 2)
    window = random.choice(
        [Ever(), Ever(), Ever(), Last(random.choice(drawn.LENGTHS)), LastDays(3), *few]
    )

    def such(kind: Any, often: float, **more: Any) -> Any:
        where = Where("color", random.choice([OneOf(("shoes", "")), Present(), AtLeast(5)]))
        line = LineWhere("category", Equals("shoes"))
        return kind(
            random.choice([*NAMES[:2], *NAMES] if kind is Step else NAMES),
            (where,) if random.random() < often else (),
            (line,) if random.random() < often / 2 else (),
            **more,
        )

    def missing() -> tuple[Missing, ...]:
        many = random.choice([1, 1, 2])
        return tuple(
            such(Missing, 0.8, same=bool(same and random.random() < 0.5)) for _ in range(many)
        )

    def gap(often: float) -> Length | None:
        return random.choice(drawn.LENGTHS) if random.random() < often else None

    often = random.choice([0, 0, 0.2])
    steps = [such(Step, often)]
    for _ in range(random.choice([0, 1, 1, 1, 1, 2])):
        without = missing() if random.random() < 0.3 else ()
        steps.append(such(Step, often, within=gap(0.2), after=gap(0.1), without=without))
    quiet = Afterwards(missing(), gap(0.7)) if random.random() < 0.4 else None
    return Sequence(tuple(steps), same, window, quiet)


# -- the law -------------------------------------------------------------------------------------


def tried(asked: Sequence, view: View) -> bool:
    """The law, word by word: there are such events."""
    inside = set(map(place, asked.window.within(list(view.events), view)))
    return any(
        all(place(one) in inside for one in chosen) and _is_chain(asked, chosen, view)
        for chosen in combinations(view.events, len(asked.steps))
    )


def _is_chain(asked: Sequence, chosen: tuple[Event, ...], view: View) -> bool:
    keys = {key_of(one, asked.same) for one in chosen}
    if len(keys) > 1 or None in keys:
        return False
    for n, (step, event) in enumerate(zip(asked.steps, chosen, strict=True)):
        if event.name != step.event or not step.among([event], view.micros):
            return False
        if not n:
            continue
        before = chosen[n - 1]
        gap = micros(event.moment) - micros(before.moment)
        if (step.within and gap > step.within.micros) or (step.after and gap < step.after.micros):
            return False
        between = [one for one in view.events if place(before) < place(one) < place(event)]
        if any(_is_one(one, step.without, asked, chosen[0], view) for one in between):
            return False
    return _is_quiet(asked, chosen, view)


def _is_quiet(asked: Sequence, chosen: tuple[Event, ...], view: View) -> bool:
    if asked.afterwards is None:
        return True
    last, length = chosen[-1], asked.afterwards.length
    until = micros(last.moment) + length.micros if length else view.micros
    behind = [
        one for one in view.events if place(one) > place(last) and micros(one.moment) <= until
    ]
    if any(_is_one(one, asked.afterwards.without, asked, last, view) for one in behind):
        return False
    return length is None or view.micros > until


def _is_one(
    event: Event, missing: tuple[Missing, ...], asked: Sequence, like: Event, view: View
) -> bool:
    return any(
        event.name == one.event
        and bool(one.among([event], view.micros))
        and (not one.same or key_of(event, asked.same) == key_of(like, asked.same))
        for one in missing
    )


def on_an_edge(asked: Sequence, view: View) -> bool:
    """Whether two of its events lie a gap that is asked apart, or one on an edge of the window."""
    gaps = [gap.micros for step in asked.steps for gap in (step.within, step.after) if gap]
    gaps += [asked.afterwards.length.micros] if asked.afterwards and asked.afterwards.length else []
    names = {step.event for step in asked.steps}
    done = [micros(one.moment) for one in view.events if one.name in names]
    edges = [micros(edge) for edge in drawn.edges_of(asked.window, view.now)]
    return any(abs(one - edge) <= 1 for one in done for edge in edges) or any(
        abs(two - one - gap) <= 1 for gap in gaps for one in done for two in (*done, view.micros)
    )


CART = """{"kind": "sequence",
  "steps": [{"event": "Product Viewed"}, {"event": "Product Added", "within": {"hours": 2}}],
  "same": ["product"],
  "afterwards": {"without": [{"event": "Order Completed"}], "length": {"hours": 24}}}"""


def test_a_sequence_reads_as_a_sentence() -> None:
    asked = read(CART)
    assert isinstance(asked, Sequence)
    assert asked.sentence("en") == (
        "did “Product Viewed”, then “Product Added” within 2 hours, all of the same product,"
        " and no “Order Completed” in the 24 hours after that"
    )
    assert asked.sentence("it") == (
        "ha fatto “Product Viewed”, poi “Product Added” entro 2 ore, tutti con lo stesso product,"
        " e nessun “Order Completed” entro 24 ore da allora"
    )


@pytest.mark.parametrize(
    "document",
    [
        '{"kind": "sequence", "steps": []}',
        '{"kind": "sequence", "steps": [{"event": "a", "within": {"hours": 1}}]}',
        '{"kind": "sequence", "steps": [{"event": "a"}], "afterwards": {"without": []}}',
        '{"kind": "sequence", "steps": [{"event": "a"}],'
        ' "afterwards": {"without": [{"event": "b", "same": true}]}}',
        '{"kind": "sequence", "steps": [{"event": "a", "where": [{"property": "x",'
        ' "is": {"operator": "within last", "length": {"days": 1}}}]}]}',
    ],
)
def test_what_makes_no_sense_is_refused(document: str) -> None:
    assert isinstance(read(document), Unreadable)
