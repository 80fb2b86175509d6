"""What the tests of conditions draw: people, their past, and conditions that meet at edges.

Everything comes from small stocks, so that questions and values often meet, and moments stand on
the edges of the windows that are asked, or one microsecond beside them.
"""

from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import combinations
from typing import Any, get_args, get_origin
from zoneinfo import ZoneInfo

from hypothesis import strategies as st
from msgspec import Struct, structs

from innesco.conditions.condition import All, Any as AnyOf, Condition, Not
from innesco.conditions.dates import Anniversary, Day
from innesco.conditions.days import Unit, begins, day_of, unit_begins
from innesco.conditions.did import Did
from innesco.conditions.figures import Figured, First, Latest
from innesco.conditions.length import Length
from innesco.conditions.operators.known import Present
from innesco.conditions.operators.moment import LongerAgo, MomentOperator, WithinLast
from innesco.conditions.operators.number import AtLeast, AtMost, Is, NumberOperator
from innesco.conditions.operators.operator import Operator
from innesco.conditions.operators.text import NotOneOf, OneOf
from innesco.conditions.sequence import Sequence
from innesco.conditions.steps import Afterwards, Missing, Step
from innesco.conditions.where import LineWhere, Where
from innesco.conditions.window import Ago, Between, Calendar, Ever, Last, LastDays, Window
from innesco.events.event import Event, Item, Source, micros
from innesco.events.fold import fold
from innesco.profiles.history import History
from innesco.profiles.person import Attribute, Cart, Consent, Level, Person, Visit

ROME = ZoneInfo("Europe/Rome")
TICK = timedelta(microseconds=1)
NOWS = [
    datetime(2026, 3, 29, 0, 59, 59, 999_999, UTC),  # a microsecond before the clock leaps
    datetime(2026, 3, 29, 22, 0, tzinfo=UTC),  # midnight after it
    datetime(2026, 10, 25, 1, 30, tzinfo=UTC),  # 2:30 in Rome, for the second time
    datetime(2026, 7, 1, 12, 0, 0, 1, UTC),
]
LENGTHS = [Length(seconds=1), Length(hours=1), Length(days=1), Length(days=2, hours=1)]
DAYS = [1, 2, 3]
UNITS: tuple[Unit, ...] = get_args(Unit)
BACK = [timedelta(), timedelta(hours=1), timedelta(days=1), timedelta(days=40)]

EVENTS = ["Product Viewed", "Order Completed", "it's"]
TEXTS = ["", "shoes", "Shoes", "caffè", "CAFFE", "a.b", "%", "_", "'", "\\", "ß", "ss", "😀", "5"]
NUMBERS = [0, 1, 2, 3, -1, 0.1, 0.30000000000000004, 2.5, 2**53, -(2**53), 9.5e14, 1999]
FLAGS = [True, False]
PROPERTIES = ["category", "price", "value", "quantity", "color", "shoe size", "é"]
ATTRIBUTES = ["city", "points", "level", "email", "first seen", "last seen", "user"]
SEGMENTS, JOURNEYS, PRODUCTS = ["vip", "new"], ["cart", "welcome"], ["A-1", "a-1", "B"]

texts, numbers = st.sampled_from(TEXTS), st.sampled_from(NUMBERS)
values = texts.map(fold) | numbers | st.sampled_from(FLAGS)
names = st.sampled_from(EVENTS)
items = st.lists(
    st.builds(
        Item,
        product=st.sampled_from(PRODUCTS),
        quantity=st.sampled_from([0, 1, 2]),
        price=st.none() | st.sampled_from([0, 1999]),
        category=st.none() | texts.map(fold),
    ),
    max_size=2,
)


# -- moments -------------------------------------------------------------------------------------


@cache
def edges(now: datetime) -> list[datetime]:
    """Where windows begin and end, by what is drawn for them."""
    today = day_of(now, ROME)
    rolling = [now - timedelta(microseconds=length.micros) for length in LENGTHS]
    midnights = [begins(today - days + 1, ROME) for days in DAYS]
    return [*rolling, *midnights, *fixed(now)]


@cache
def calendar_edges(now: datetime) -> list[datetime]:
    """Where weeks, months, quarters and years begin."""
    today = day_of(now, ROME)
    days = {unit_begins(today, unit, by) for unit in UNITS for by in (0, -1, -2, -3)}
    return [begins(day, ROME) for day in sorted(days)]


@cache
def fixed(now: datetime) -> list[datetime]:
    return [now - back for back in BACK]


@cache
def moments(now: datetime, at: tuple[datetime, ...] = ()) -> st.SearchStrategy[datetime]:
    """On an edge or a microsecond beside it, and never later than now."""
    beside = {edge + by for edge in at or edges(now) for by in (-TICK, timedelta(), TICK)}
    return st.sampled_from(sorted({min(moment, now) for moment in beside}))


@cache
def facts(now: datetime) -> st.SearchStrategy[dict[str, Any]]:
    moment = moments(now).map(micros)
    return st.dictionaries(st.sampled_from(PROPERTIES), values | moment, max_size=4)


# -- people --------------------------------------------------------------------------------------


@st.composite
def events(draw: st.DrawFn, now: datetime, seq: int, at: tuple[datetime, ...]) -> Event:
    moment = draw(moments(now, at))
    return Event(
        seq=seq,
        moment=moment,
        received=now,
        local_day=day_of(moment, ROME),
        name=draw(names),
        key=seq,
        source=Source.PUBLIC,
        facts=draw(facts(now)),
        items=tuple(draw(items)),
    )


@cache
def persons(name: str, now: datetime) -> st.SearchStrategy[Person]:
    when = moments(now)
    attribute = st.builds(
        lambda value, moment: Attribute(value, moment, 1, Source.SERVER),
        values | texts | when.map(micros) | when.map(lambda at: f"{at:%Y-%m-%d}"),
        when,
    )
    product = st.builds(Item, product=st.sampled_from(PRODUCTS), price=st.none() | st.just(1999))
    consent = st.builds(Consent, st.sampled_from(["given", "pending", "withdrawn"]), when)
    return st.builds(
        Person,
        id=st.just(name),
        level=st.sampled_from(Level),
        user=st.none() | texts,
        email=st.none() | st.just("anna@example.com"),
        first_seen=st.none() | when,
        last_seen=st.none() | when,
        attributes=st.dictionaries(st.sampled_from(ATTRIBUTES[:2]), attribute, min_size=1)
        | st.just({}),
        visit=st.none() | visits(now),
        cart=st.none() | st.builds(Cart, st.just("c"), st.lists(product, max_size=2).map(tuple)),
        consents=st.dictionaries(st.just("email/anna@example.com/marketing"), consent),
        segments=st.dictionaries(st.sampled_from(SEGMENTS), when),
    )


@cache
def visits(now: datetime) -> st.SearchStrategy[Visit]:
    return st.builds(
        lambda one, two, pages, products, searches: Visit(
            min(one, two), max(one, two), 1, pages, products, products, searches
        ),
        moments(now),
        moments(now),
        st.sampled_from([0, 1, 3]),
        st.sampled_from([(), ("A-1",), ("A-1", "B", "C")]),
        st.sampled_from([0, 1]),
    )


class Past(Struct, frozen=True):
    """A person with what she did; `as_profile` are the places she did under another profile."""

    person: Person
    events: tuple[Event, ...]
    as_profile: frozenset[int]
    journeys: frozenset[str]

    @property
    def history(self) -> History:
        return History.of(self.events)


@st.composite
def pasts(
    draw: st.DrawFn, name: str, now: datetime, first_seq: int, at: tuple[datetime, ...] = ()
) -> Past:
    """`at`: edges on which most of what she did shall stand."""
    many = draw(st.sampled_from([0, 2, 4, 7]))
    done = tuple(draw(events(now, first_seq + n, at if n % 3 else ())) for n in range(many))
    return Past(
        person=draw(persons(name, now)),
        events=done,
        as_profile=frozenset(draw(st.sets(st.sampled_from([e.seq for e in done]))) if done else ()),
        journeys=draw(st.frozensets(st.sampled_from(JOURNEYS))),
    )


# -- conditions ----------------------------------------------------------------------------------


@cache
def conditions(now: datetime, deep: bool = True) -> st.SearchStrategy[Condition]:
    """Any condition of the union, groups among them."""
    not_made = (All, AnyOf, Not, Sequence)
    leaves = [made(kind, now) for kind in get_args(Condition) if kind not in not_made]
    leaf = st.one_of(*leaves, sequences(now))
    if not deep:
        return leaf
    return st.recursive(
        leaf,
        lambda inner: st.one_of(
            st.builds(All, st.lists(inner, max_size=3).map(tuple)),
            st.builds(AnyOf, st.lists(inner, max_size=3).map(tuple)),
            st.builds(Not, inner),
        ),
        max_leaves=4,
    )


@cache
def made(kind: type[Struct], now: datetime) -> st.SearchStrategy[Any]:
    """A Struct of the language, each field from its stock; a field without one fails by name."""
    if kind is Ago:
        return st.sampled_from(agos())
    fields = {field.encode_name: field for field in structs.fields(kind)}
    stocks = {field.name: stock(kind, name, now) for name, field in fields.items()}
    return st.builds(kind, **stocks)


def stock(kind: type[Struct], name: str, now: datetime) -> st.SearchStrategy[Any]:
    match f"{kind.__name__}.{name}":
        case "Attribute.name":
            return st.sampled_from(["city", "city", "city", *ATTRIBUTES])
        case "InVisit.figure" | "InCart.figure" | "LineWhere.line":
            return literals(kind, name)
        case "InVisit.is" | "InCart.is":
            return union(NumberOperator, now)
        case "InSegment.since":
            return union(MomentOperator, now) | st.just(Present())
        case "OnDate.name":
            return st.sampled_from(["city", "points"])
        case "OnDate.is":
            return st.sampled_from(dates())
        case "Calendar.unit":
            return literals(kind, name)
        case "Calendar.ago":
            return st.sampled_from([0, 1, 2])
        case "Between.start" | "Between.end":
            return st.sampled_from(fixed(now))
        case "InShare.start" | "InShare.end":
            return st.sampled_from([0.0, 0.25, 0.5, 1.0])
    by_name: dict[str, st.SearchStrategy[Any]] = {
        "event": st.sampled_from(EVENTS),
        "where": st.lists(st.deferred(lambda: made(Where, now)), max_size=1).map(tuple),
        "lines": st.just(()),
        "window": st.deferred(lambda: union(Window, now)),
        "of": st.deferred(lambda: union(Figured, now)),
        "is": st.deferred(lambda: union(Operator, now)),
        "property": st.sampled_from(PROPERTIES),
        "text": texts,
        "texts": st.lists(texts, max_size=3).map(tuple),
        "number": numbers.map(float),
        "least": numbers.map(float),
        "most": numbers.map(float),
        "moment": st.sampled_from(fixed(now)),
        "length": st.sampled_from(LENGTHS),
        "days": st.sampled_from(DAYS),
        "segment": st.sampled_from(SEGMENTS),
        "journey": st.sampled_from(JOURNEYS),
        "product": st.sampled_from(PRODUCTS),
        "channel": st.sampled_from(["email", "sms"]),
        "purpose": st.sampled_from(["marketing", "profiling"]),
        "salt": st.sampled_from(["spring", "è"]),
    }
    return by_name[name]


def dates() -> list[Day | Anniversary]:
    whole = [None, -400, -1, 0, 1, 7, 400]
    days = [Day(a, b) for a in whole for b in whole if a is None or b is None or a <= b]
    year = [-180, -1, 0, 1, 7, 180]
    return days + [Anniversary(a, b) for a in year for b in year if a <= b]


def agos() -> list[Ago]:
    return [Ago(start, end) for end, start in combinations(LENGTHS, 2)]


@cache
def union(kinds: Any, now: datetime) -> st.SearchStrategy[Any]:
    return st.one_of([made(kind, now) for kind in get_args(kinds)])


def literals(kind: type[Struct], name: str) -> st.SearchStrategy[Any]:
    (field,) = (one for one in structs.fields(kind) if one.name == name)
    assert get_origin(field.type) is not None
    return st.sampled_from(get_args(field.type))


def counted(window: Window) -> st.SearchStrategy[Did]:
    """How many times in this window: what stands on its edge decides."""
    compared = [kind(many) for kind in (AtLeast, AtMost, Is) for many in (0, 1, 2, 3)]
    events, is_ = st.sampled_from(EVENTS), st.sampled_from(compared)
    return st.builds(Did, events, window=st.just(window), is_=is_)


def aging(now: datetime) -> st.SearchStrategy[Did]:
    """What is asked of each event, or of the last of them, is itself how long ago it was."""
    old = st.sampled_from([WithinLast, LongerAgo]).flatmap(lambda kind: made(kind, now))
    color, window = st.just("color"), union(Window, now)
    filtered = st.lists(st.builds(Where, color, old), min_size=1, max_size=2).map(tuple)
    compared = st.sampled_from([AtLeast(1), AtLeast(2), AtMost(0), Is(1)])
    events = st.sampled_from(EVENTS)
    figure = st.builds(Latest, color) | st.builds(First, color)
    return st.builds(Did, events, where=filtered, window=window, is_=compared) | st.builds(
        Did, events, window=window, of=figure, is_=old
    )


def lined(now: datetime) -> st.SearchStrategy[Did]:
    """The same line of an order or cart must have it all, the event something besides."""
    line = made(LineWhere, now)
    lines = st.lists(line, min_size=1, max_size=2).map(tuple)
    where = st.just(()) | st.lists(made(Where, now), max_size=1).map(tuple)
    return st.builds(
        Did,
        st.sampled_from(EVENTS),
        where=where,
        lines=lines,
        window=union(Window, now),
        is_=st.sampled_from([AtLeast(1), AtLeast(2), Is(1), AtMost(1)]),
    )


@cache
def sequences(now: datetime, window: Window | None = None) -> st.SearchStrategy[Sequence]:
    """One to three steps; gaps of the lengths that lie between the edges of windows."""
    gap = st.none() | st.sampled_from(LENGTHS)
    color = st.just("color")
    steady = made(Where, now).filter(lambda one: not one.is_.ages)
    is_ = st.sampled_from([NotOneOf(("5",)), OneOf(("shoes", "", "a.b")), Present()])
    none: st.SearchStrategy[tuple[Any, ...]] = st.just(())
    wheres = none | none | none | st.tuples(st.builds(Where, color, is_)) | st.tuples(steady)
    line = made(LineWhere, now).filter(lambda one: not one.is_.ages)
    lines = none | none | none | none | none | st.tuples(line)
    event, flag = st.sampled_from(EVENTS[:2]), st.booleans()

    def of(same: tuple[str, ...]) -> st.SearchStrategy[Sequence]:
        missing = st.builds(Missing, event, wheres, lines, flag if same else st.just(False))
        withouts = st.just(()) | st.lists(missing, min_size=1, max_size=2).map(tuple)
        first = st.builds(Step, event, wheres, lines)
        other = st.builds(Step, event, wheres, lines, gap, gap, withouts)
        steps = st.tuples(first) | st.tuples(first, other) | st.tuples(first, other, other)
        after = st.builds(Afterwards, st.lists(missing, min_size=1, max_size=2).map(tuple), gap)
        within = st.just(window) if window else st.just(Ever()) | union(Window, now)
        return st.builds(Sequence, steps, st.just(same), within, st.none() | after)

    return st.sampled_from([(), (), ("color",), ("price",), ("category", "color")]).flatmap(of)


@cache
def moving(now: datetime) -> st.SearchStrategy[Window]:
    """Windows that time alone moves."""
    return st.one_of([made(kind, now) for kind in (Last, Last, LastDays, Ago, Calendar)])


def edges_of(window: Window, now: datetime) -> list[datetime]:
    match window:
        case Last(length):
            return [now - timedelta(microseconds=length.micros)]
        case LastDays(days):
            return [begins(day_of(now, ROME) - days + 1, ROME)]
        case Between(start, end):
            return [start, end]
        case Ago(start, end):
            return [now - timedelta(microseconds=one.micros) for one in (start, end)]
        case Calendar(unit, ago):
            today = day_of(now, ROME)
            return [begins(unit_begins(today, unit, by), ROME) for by in (-ago, -ago + 1)]
        case _:
            moment = getattr(window, "moment", None)
            return [moment] if moment else []
