"""The same answers in the shopper's browser: what it says of a visit is what the server says."""

import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, get_args

import pytest
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
from innesco.conditions.window import Ever, Last, LastDays, Window
from innesco.events.event import Event, Fact, micros
from innesco.events.fold import fold
from innesco.profiles.person import Attribute as Told, Person, Visit
from tests.conditions import drawn
from tests.conditions.browser import Browser, browser_view, faulty
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


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    browser = Browser()
    yield browser
    browser.close()


# -- the same answers ------------------------------------------------------------------------------


def test_browser_and_live_agree(browser: Browser) -> None:
    """The law, of people whose past is known: the same answer, and the same next change."""
    met = whatever_is_asked(browser)
    true, edge = met["true"] / met["cases"], met["on an edge"] / met["cases"]
    print(f"\n{met['cases']} cases, {true:.0%} true, {edge:.0%} within 1 µs of an edge")
    assert true >= 0.20
    assert edge >= 0.05


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


def agree(browser: Browser, now: datetime, past: Past, conditions: Sequence[Condition]) -> None:
    answers = browser.asks(conditions, browser_view(past, now))
    for condition, said in zip(conditions, answers, strict=True):
        seen = view(past, now)
        at = condition.changes_at(seen)
        assert said.holds is condition.holds(seen), (condition, past, now)
        assert said.at == (at and float(micros(at))), (condition, past, now)


def test_every_window_at_every_edge(browser: Browser) -> None:
    windows_at_edges(browser)


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


def test_every_operator_of_every_value(browser: Browser) -> None:
    operators_of_values(browser)


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


def test_every_figure_of_values_that_quarrel(browser: Browser) -> None:
    figures_of_values(browser)


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


def test_every_value_that_ages(browser: Browser) -> None:
    values_that_age(browser)


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
            for one in data.draw(st.lists(drawn.aging(now), min_size=3, max_size=6))
        ]
        agree(browser, now, past_of(Person(id="anna"), now, facts), asked)

    law()


def test_everybody_is_drawn_alike(browser: Browser) -> None:
    shares(browser)


def shares(browser: Browser) -> None:
    now = drawn.NOWS[0]
    parts = [0.0, 0.1, 0.25, 0.5, 0.75, 0.9, 1.0]
    asked = [InShare("primavera è", end, start) for start in parts for end in parts]
    for n in range(200):
        agree(browser, now, past_of(Person(id=f"p-{n}"), now, []), asked)


def test_every_visit_and_cart(browser: Browser) -> None:
    visits_and_carts(browser)


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


# -- what is not known -----------------------------------------------------------------------------


def test_what_the_browser_does_not_know_it_does_not_guess(browser: Browser) -> None:
    """Of half her past, and of conditions of any kind: the right answer, or none."""
    met: Counter[str] = Counter()

    @drawing
    @given(data=st.data())
    def law(data: st.DataObject) -> None:
        now, past, conditions = data.draw(questions(any_kind=True))
        here = browser_view(past, now, since=data.draw(drawn.moments(now)))
        forget(here, data.draw(st.sets(st.sampled_from(["visit", "cart", "person", "told"]))))
        for condition, said in zip(conditions, browser.asks(conditions, here), strict=True):
            assert said.holds in (condition.holds(view(past, now)), None), (condition, here)
            met["cases"] += 1
            met["open"] += said.holds is None

    law()
    print(f"\n{met['cases']} cases, {met['open'] / met['cases']:.0%} left open")
    assert 0.2 <= met["open"] / met["cases"] <= 0.8


# -- the laws are worth something ------------------------------------------------------------------

FAULTS = [
    (windows_at_edges, "windows.ts", "start <= moment", "start < moment"),
    (windows_at_edges, "windows.ts", "moment < end", "moment <= end"),
    (windows_at_edges, "windows.ts", "event.moment + length + 1", "event.moment + length"),
    (windows_at_edges, "windows.ts", "view.zone) - many + 1", "view.zone) - many"),
    (windows_at_edges, "moments.ts", "moment += 900", "moment += 7200"),
    (windows_at_edges, "did.ts", "holds(many - n - 1)", "holds(many - n)"),
    (values_that_age, "did.ts", "...named(view).flatMap", "...known.slice(0, 0).flatMap"),
    (operators_of_values, "operators.ts", "includes(asked), true", "includes(asked), false"),
    (operators_of_values, "operators.ts", "+ length + 1", "+ length"),
    (operators_of_values, "fold.ts", "upper.toLowerCase()", "letter.toLowerCase()"),
    (figures_of_values, "figures.ts", "PARTS + 0.5", "PARTS"),
    (figures_of_values, "figures.ts", "[...values].reverse()", "[...values]"),
    (figures_of_values, "figures.ts", "new Set(values).size", "values.length"),
    (shares, "share.ts", "2 ** 20", "2 ** 19"),
    (shares, "leaves.ts", "drawn < Math", "drawn < 2 * Math"),
    (visits_and_carts, "leaves.ts", "items.length ? Math", "items ? Math"),
    (
        visits_and_carts,
        "leaves.ts",
        "value === undefined ? undefined : is.holds(value, now)",
        "value === null ? false : is.holds(value, now)",
    ),
    (whatever_is_asked, "condition.ts", 'group(kind === "any"', 'group(kind !== "any"'),
    (visits_and_carts, "leaves.ts", "is(product) || is(sku)", "is(sku)"),
]


@pytest.mark.parametrize(
    ("law", "file", "right", "wrong"), FAULTS, ids=[f"{one[1]}: {one[3]}" for one in FAULTS]
)
def test_a_planted_fault_is_seen(
    law: Callable[[Browser], object], file: str, right: str, wrong: str, tmp_path: Path
) -> None:
    browser = Browser(faulty(tmp_path, file, right, wrong))
    try:
        with pytest.raises(AssertionError):
            law(browser)
    finally:
        browser.close()


def test_texts_fold_alike(browser: Browser) -> None:
    """Every letter that this Python's Unicode knows, alone and within a word."""
    letters = [
        chr(code) for code in range(0x110000) if unicodedata.category(chr(code)) not in ("Cn", "Cs")
    ]
    for texts in (letters, [f"A{letter}  Σ" for letter in letters]):
        folded = browser.folds(texts)
        wrong = [text for text, said in zip(texts, folded, strict=True) if said != fold(text)]
        assert wrong == []


def test_days_begin_alike(browser: Browser) -> None:
    """Through the window of calendar days: every night of a year is the same moment to both."""
    today = Did("Done", window=LastDays(1))
    for night in range(365):
        now = drawn.NOWS[0] + night * timedelta(hours=23, minutes=57)
        agree(browser, now, past_of(Person(id="anna"), now, [(now, {})]), [today])


# -- what is asked ---------------------------------------------------------------------------------


@st.composite
def questions(draw: st.DrawFn, any_kind: bool = False) -> tuple[datetime, Past, list[Condition]]:
    now = draw(st.sampled_from(drawn.NOWS))
    window = draw(drawn.union(Window, now))
    past = draw(drawn.pasts("anna", now, first_seq=1, at=tuple(drawn.edges_of(window, now))))
    some: Any = st.one_of(
        drawn.conditions(now), drawn.lined(now), drawn.counted(window), drawn.aging(now)
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
