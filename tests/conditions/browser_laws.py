"""What must be the same in the shopper's browser and live: laws, each asked of one browser."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import Any, get_args

from hypothesis import HealthCheck, Phase, given, settings, strategies as st
from msgspec.structs import replace

from innesco.conditions.attribute import Attribute
from innesco.conditions.cart import CartHas, InCart
from innesco.conditions.condition import All, Any as AnyOf, Condition, Not
from innesco.conditions.days import day_of
from innesco.conditions.did import Did
from innesco.conditions.facts import WHOLE, Kind
from innesco.conditions.figures import Figured
from innesco.conditions.operators.known import No, Yes
from innesco.conditions.operators.number import AtLeast, Between, Differs, Is, is_number
from innesco.conditions.operators.operator import Operator
from innesco.conditions.operators.text import Equals
from innesco.conditions.share import InShare
from innesco.conditions.visit import InVisit, VisitFigure
from innesco.conditions.window import Ever, Last, Window
from innesco.events.event import Event, Fact, micros
from innesco.profiles.person import Attribute as Told, Person, Visit
from tests.conditions import drawn
from tests.conditions.browser import Browser, browser_view
from tests.conditions.drawn import ROME, TICK, Past
from tests.conditions.test_agreement import every, on_an_edge, view
from tests.conditions.test_edges import windows

HERE = (All, AnyOf, Not, Attribute, Did, InVisit, InCart, CartHas, InShare)
"""Kinds that a browser can answer."""


drawing = settings(
    deadline=None,
    max_examples=250,
    phases=[Phase.reuse, Phase.generate],
    suppress_health_check=list(HealthCheck),
    database=None,
)


def whatever_is_asked(browser: Browser) -> Counter[str]:
    met: Counter[str] = Counter()

    @drawing
    @given(data=st.data())
    def law(data: st.DataObject) -> None:
        now, past, conditions = data.draw(questions())
        agree(browser, now, past, conditions)
        for condition in conditions:
            met["cases"] += 1
            met["true"] += condition.holds(view(past, now))
            met["on an edge"] += on_an_edge(condition, past, now)

    law()
    return met


def half_known(browser: Browser) -> Counter[str]:
    """Of half her past, and of conditions of any kind: the right answer, or none."""
    met: Counter[str] = Counter()

    @drawing
    @given(data=st.data())
    def law(data: st.DataObject) -> None:
        now, past, conditions = data.draw(questions(any_kind=True))
        windows = drawn.moving(now) | st.just(Ever())
        counted = data.draw(st.lists(windows.flatmap(drawn.counted), min_size=6, max_size=6))
        conditions += [*counted, *map(Not, counted), All((Not(counted[0]), counted[1]))]
        beside = [event.moment + by for event in past.events for by in (0 * TICK, TICK)]
        since = data.draw(st.sampled_from([now - drawn.BACK[-1], *beside]))
        here = browser_view(past, now, since)
        forget(here, data.draw(st.sets(st.sampled_from(["visit", "cart", "person", "told"]))))
        for condition, said in zip(conditions, browser.asks(conditions, here), strict=True):
            assert said.holds in (condition.holds(view(past, now)), None), (condition, here)
            met["cases"] += 1
            met["open"] += said.holds is None

    law()
    return met


def windows_at_edges(browser: Browser) -> None:
    """Each window asked of who did it once: a microsecond before its edge, on it, and after."""
    for now in drawn.NOWS:
        moments = {
            min(now, edge + by) for edge in drawn.edges(now) for by in (-TICK, 0 * TICK, TICK)
        }
        person = Person(id="anna", visit=Visit(now - drawn.BACK[2], now))
        asked = [Did("Done", window=one) for one in windows(now)]
        for moment in moments:
            agree(browser, now, past_of(person, now, [(moment, {})]), asked)


def operators_of_values(browser: Browser) -> None:
    """Each operator with each of its stock, of an attribute with each value of each kind."""
    now = drawn.NOWS[3]
    beside = [micros(edge + by) for edge in drawn.edges(now) for by in (-TICK, 0 * TICK, TICK)]
    asked = [
        Attribute("city", one)
        for kind in get_args(Operator)
        for one in every(kind, now)[:: 7 if kind is Between else 1]
    ]
    for value in [None, *drawn.TEXTS, *drawn.NUMBERS, *drawn.FLAGS, *beside]:
        told = {"city": Told(value, now, 1, drawn.Source.SERVER)}
        agree(browser, now, past_of(Person(id="anna", attributes=told), now, []), asked)


def figures_of_values(browser: Browser) -> None:
    """Several values of one property, of mixed kinds, at one moment or a microsecond apart."""
    now = drawn.NOWS[3]

    @drawing
    @given(data=st.data())
    def law(data: st.DataObject) -> None:
        name = data.draw(st.sampled_from(["category", "price", "quantity", "color"]))
        values = st.none() | drawn.values | st.sampled_from(FRACTIONS)
        done = st.tuples(st.sampled_from([now - TICK, now]), values)
        many = sorted(data.draw(st.lists(done, max_size=4)), key=lambda one: one[0])
        facts = [(at, {} if it is None else {name: whole(name, it)}) for at, it in many]
        past = past_of(Person(id="anna"), now, facts)
        window = data.draw(st.sampled_from([Ever(), Last(drawn.LENGTHS[0])]))
        other = data.draw(drawn.union(Operator, now))
        figures = [one(name) if one.__struct_fields__ else one() for one in get_args(Figured)]
        asked = [
            Did("Done", window=window, of=of, is_=is_)
            for of in figures
            for is_ in [other, *just(of, past)]
        ]
        agree(browser, now, past, asked)

    law()


FRACTIONS = [0.57, 0.00005, 1.15, -0.00015]
"""Of which ten-thousandths are no whole number."""


def just(of: Any, past: Past) -> list[Any]:
    """That the figure is what it is, asked in every kind."""
    kinds: tuple[Kind, ...] = ("text", "number", "flag")
    found = [of.of(past.events, kind) for kind in kinds]
    return [exactly(value) for value in found if value is not None and askable(value)]


def exactly(value: Fact) -> Any:
    match value:
        case bool():
            return Yes() if value else No()
        case str():
            return Equals(value)
        case _:
            return Is(float(value))


def askable(value: Fact) -> bool:
    """A sum may be larger than a condition may ask."""
    return not is_number(value) or abs(value) <= 2**53


def values_that_age(browser: Browser) -> None:
    """Moments among the facts, of which is asked how long ago they were."""

    @drawing
    @given(data=st.data())
    def law(data: st.DataObject) -> None:
        now = data.draw(st.sampled_from(drawn.NOWS))
        beside = drawn.moments(now)
        done = st.tuples(beside, beside.map(lambda at: {"color": micros(at)}))
        facts = sorted(data.draw(st.lists(done, max_size=3)), key=lambda one: one[0])
        asked = [
            replace(one, event="Done")
            for one in data.draw(st.lists(drawn.aging(now).filter(is_here), min_size=3, max_size=6))
        ]
        agree(browser, now, past_of(Person(id="anna"), now, facts), asked)

    law()


def shares(browser: Browser) -> None:
    now = drawn.NOWS[0]
    parts = [0.0, 0.1, 0.25, 0.5, 0.75, 0.9, 1.0]
    asked = [InShare("primavera è", end, start) for start in parts for end in parts]
    for n in range(200):
        agree(browser, now, past_of(Person(id=f"p-{n}"), now, []), asked)


def visits_and_carts(browser: Browser) -> None:
    """Each of their figures, asked whether it is what it may be."""
    counted = [
        kind(number) for kind in (Is, AtLeast, Differs) for number in (0.0, 1.0, 3.0, 1999.0)
    ]
    asked: list[Condition] = [
        *map(CartHas, drawn.PRODUCTS),
        *(InCart(figure, one) for figure in ("value", "count") for one in counted),
        *(InVisit(figure, one) for figure in get_args(VisitFigure) for one in counted),
    ]

    @drawing
    @given(data=st.data())
    def law(data: st.DataObject) -> None:
        now = data.draw(st.sampled_from(drawn.NOWS))
        agree(browser, now, past_of(data.draw(drawn.persons("anna", now)), now, []), asked)

    law()


LAWS = (
    windows_at_edges,
    operators_of_values,
    figures_of_values,
    values_that_age,
    visits_and_carts,
    shares,
)

# -- how it is asked -------------------------------------------------------------------------------


def agree(browser: Browser, now: datetime, past: Past, conditions: Sequence[Condition]) -> None:
    answers = browser.asks(conditions, browser_view(past, now))
    for condition, said in zip(conditions, answers, strict=True):
        seen = view(past, now)
        at = condition.changes_at(seen)
        assert said.holds is condition.holds(seen), (condition, past, now)
        assert said.at == (at and float(micros(at))), (condition, past, now)


@st.composite
def questions(draw: st.DrawFn, any_kind: bool = False) -> tuple[datetime, Past, list[Condition]]:
    now = draw(st.sampled_from(drawn.NOWS))
    window = draw(drawn.union(Window, now))
    past = draw(drawn.pasts("anna", now, first_seq=1, at=tuple(drawn.edges_of(window, now))))
    counted = drawn.counted(window)
    some: Any = st.one_of(
        drawn.conditions(now), counted, counted, drawn.lined(now), drawn.aging(now)
    )
    asked = st.lists(some if any_kind else some.filter(is_here), min_size=3, max_size=8)
    return now, replace(past, events=tuple(map(as_admitted, past.events))), draw(asked)


def past_of(person: Person, now: datetime, did: Sequence[tuple[datetime, Any]]) -> Past:
    """`did`: when, with which facts."""
    events = [
        Event(n, at, now, day_of(at, ROME), "Done", n, drawn.Source.PUBLIC, facts=facts)
        for n, (at, facts) in enumerate(did, 1)
    ]
    return Past(person, tuple(events), frozenset(), frozenset())


def is_here(condition: Condition) -> bool:
    match condition:
        case All(inner) | AnyOf(inner):
            return all(map(is_here, inner))
        case Not(inner):
            return is_here(inner)
        case leaf:
            return isinstance(leaf, HERE)


def as_admitted(event: Event) -> Event:
    """The door makes whole numbers of money; in JSON a whole number is no fraction."""
    return replace(event, facts={name: whole(name, it) for name, it in event.facts.items()})


def whole(name: str, value: Fact) -> Fact:
    return int(value) if name in WHOLE and type(value) is float and value.is_integer() else value


def forget(here: dict[str, Any], names: set[str]) -> None:
    for name in names:
        here.pop(name)
    here.setdefault("told", {})
