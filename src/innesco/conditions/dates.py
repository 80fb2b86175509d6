"""Dates that a person told: a birthday, the day on which a warranty ends, by the shop's calendar.

A date is a text that begins with `2026-03-29`. Dates of that form stand in the order of time when
they are compared as texts, so every engine compares plain characters; of a birthday, the five
characters of month and day. Born on 29 February, one is celebrated on the 28th of other years.
"""

from collections.abc import Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import Annotated, NamedTuple
from zoneinfo import ZoneInfo

from msgspec import Meta, Struct
from sqlglot import exp

from innesco.conditions.days import FIRST, begins
from innesco.conditions.explained import Saw, Words
from innesco.conditions.facts import told
from innesco.conditions.kind import Kind
from innesco.conditions.language import Language, say
from innesco.conditions.operators.timeless import surely
from innesco.conditions.scope import Scope
from innesco.conditions.view import View
from innesco.events.event import micros, moment_of
from innesco.events.fold import fold

Days = Annotated[int, Meta(ge=-36_500, le=36_500)]
OfYear = Annotated[int, Meta(ge=-180, le=180)]

LOOKED_AGAIN = (1, 2, 3, 4, 5, 6, 7, 14, 30, 90, 365)
"""After so many days a date that is still to come is looked at again, if it has not come sooner."""


class Span(NamedTuple):
    """Dates from one text on, up to another one excluded: the answer, and when it may change."""

    start: str
    end: str
    holds: bool
    changes: int | None  #: microseconds


class _Date(Struct, frozen=True, tag_field="date", forbid_unknown_fields=True):
    pass


class Day(_Date, frozen=True, tag="day"):
    """From so many days after today to so many, both included, and negative for the past.

    `{"date": "day", "start": 0, "end": 7}` is within the next week; `{"date": "day", "end": -31}`
    more than thirty days ago; without any of the two, any date.
    """

    start: Days | None = None
    end: Days | None = None

    def __post_init__(self) -> None:
        if self.start is not None and self.end is not None and self.start > self.end:
            raise ValueError("the start must not come after the end")

    def spans(self, today: int, zone: ZoneInfo) -> Sequence[Span]:
        """All dates, from the first to the last."""
        first = LEAST if self.start is None else _text(today + self.start)
        end = MOST if self.end is None else _text(today + self.end + 1)
        before = Span(LEAST, first, False, None)
        inside = _ladder(first, end, True, today, _less_one(self.start), zone)
        return [before, *inside, *_ladder(end, MOST, False, today, self.end, zone)]

    def sentence(self, language: Language) -> str:
        return _in_days(language, self.start, self.end)


class Anniversary(_Date, frozen=True, tag="anniversary"):
    """Its day and month come back so soon: `{"date": "anniversary", "start": 0, "end": 7}`.

    Without `start` and `end` it is today; `{"start": 7, "end": 7}` a week before the birthday.
    """

    start: OfYear = 0
    end: OfYear = 0

    def __post_init__(self) -> None:
        if self.start > self.end:
            raise ValueError("the start must not come after the end")

    def spans(self, today: int, zone: ZoneInfo) -> Sequence[Span]:
        """All days of a year by month and day."""
        return _anniversaries(self.start, self.end, today, zone)

    def sentence(self, language: Language) -> str:
        said = _in_days(language, self.start, self.end)
        return say(language, en="has its anniversary", it="ha il suo anniversario") + f" ({said})"


class OnDate(Kind, frozen=True, tag="date", rename={"is_": "is"}):
    """Her birthday is within the next week:

    `{"kind": "date", "name": "birthday", "is": {"date": "anniversary", "start": 0, "end": 7}}`,
    by the attribute that holds it. What is no date holds for nothing.
    """

    name: str
    is_: Day | Anniversary

    def holds(self, view: View) -> bool:
        span = self._span(view)
        return span is not None and span.holds

    def column(self, scope: Scope) -> exp.Expr:
        part, spans = self._part(scope), self.is_.spans(scope.today, scope.zone)
        holding = [one for one in spans if one.holds]
        if isinstance(self.is_, Anniversary):
            inside: exp.Expr = part.isin(*(one.start for one in holding))
        else:
            inside = exp.or_(*(_in(part, one) for one in holding))
        return surely(exp.and_(self._is_date(scope), inside))

    def changes_at(self, view: View) -> datetime | None:
        span = self._span(view)
        return moment_of(span.changes) if span and span.changes is not None else None

    def changes_column(self, scope: Scope) -> exp.Expr | None:
        spans = self.is_.spans(scope.today, scope.zone)
        moving = [one for one in spans if one.changes is not None]
        if not moving:
            return None
        changes, part = exp.case(), self._part(scope)
        for one in moving:
            changes = changes.when(_in(part, one), exp.convert(one.changes), copy=False)
        return exp.case().when(self._is_date(scope), changes)

    def listens(self) -> frozenset[str]:
        return frozenset({f"attribute {self.name}"})

    def sentence(self, language: Language) -> str:
        return f"{self.name} {self.is_.sentence(language)}"

    def saw(self, view: View, words: Words) -> Saw:
        value = self._date(view)
        return Saw(value, words.fact(value))

    def _date(self, view: View) -> str | None:
        attribute = view.person.attributes.get(self.name)
        value = attribute.value if attribute else None
        text = fold(value) if type(value) is str else ""
        return text[:10] if len(text) >= 10 and text[4] == text[7] == "-" else None

    def _span(self, view: View) -> Span | None:
        text = self._date(view)
        if text is None:
            return None
        part = text[5:] if isinstance(self.is_, Anniversary) else text
        spans = self.is_.spans(view.today, view.zone)
        return next((one for one in spans if one.start <= part < one.end), None)

    def _text(self, scope: Scope) -> exp.Expr:
        return told(scope.own("attributes"), self.name).text

    def _is_date(self, scope: Scope) -> exp.Expr:
        text = self._text(scope)
        return exp.and_(
            _piece(text, 5, 1).eq("-"), _piece(text, 8, 1).eq("-"), _piece(text, 10, 1).neq("")
        )

    def _part(self, scope: Scope) -> exp.Expr:
        text = self._text(scope)
        return _piece(text, 6, 5) if isinstance(self.is_, Anniversary) else _piece(text, 1, 10)


LEAST, MOST = "", "~"
"""No date lies before the one or behind the other."""


def _ladder(
    start: str, end: str, holds: bool, today: int, base: int | None, zone: ZoneInfo
) -> list[Span]:
    """Dates that are left behind day by day: the further away, the later they are looked at."""
    if base is None:
        return [Span(start, end, holds, None)] if start < end else []
    spans, until = [], (*LOOKED_AGAIN, None)
    lower = start
    for after, next_ in zip(LOOKED_AGAIN, until[1:], strict=True):
        upper = end if next_ is None else min(end, _text(today + base + next_))
        if lower < upper:
            at = micros(begins(today + after, zone))
            spans.append(Span(lower, upper, holds, at))
            lower = upper
    return spans


@lru_cache(maxsize=64)
def _anniversaries(start: int, end: int, today: int, zone: ZoneInfo) -> list[Span]:
    spans = []
    for month_day in _DAYS_OF_YEAR:
        changes = [
            day
            for year in (-1, 0, 1, 2)
            for celebrated in (_celebrated(month_day, _date(today).year + year),)
            for day in (celebrated - end, celebrated - start + 1)
        ]
        holds = any(
            begun <= today < over for begun, over in zip(changes[::2], changes[1::2], strict=True)
        )
        next_ = min(day for day in changes if day > today)
        at = micros(begins(next_, zone))
        spans.append(Span(month_day, month_day + " ", holds, at))
    return spans


def _celebrated(month_day: str, year: int) -> int:
    month, day = int(month_day[:2]), int(month_day[3:])
    leaps = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    day = 28 if month_day == "02-29" and not leaps else day
    return date(year, month, day).toordinal() - FIRST


_DAYS_OF_YEAR = [
    f"{date.fromordinal(day):%m-%d}"
    for day in range(date(2000, 1, 1).toordinal(), date(2001, 1, 1).toordinal())
]


def _less_one(day: int | None) -> int | None:
    return day - 1 if day is not None else None


def _date(day: int) -> date:
    return date.fromordinal(day + FIRST)


def _text(day: int) -> str:
    return _date(day).isoformat()


def _piece(text: exp.Expr, first: int, many: int) -> exp.Expr:
    numbers = (exp.Literal.number(first), exp.Literal.number(many))
    return exp.Substring(this=text.copy(), start=numbers[0], length=numbers[1])


def _in(part: exp.Expr, span: Span) -> exp.Expr:
    """Whether a text lies in it; where one text only can, that is asked."""
    if span.end == span.start + " ":
        return part.eq(span.start)
    return exp.and_(part >= exp.convert(span.start), part.copy() < exp.convert(span.end))


def _in_days(language: Language, start: int | None, end: int | None) -> str:
    match start, end:
        case 0, 0:
            return say(language, en="is today", it="è oggi")
        case None, None:
            return say(language, en="is a date", it="è una data")
        case None, int(last):
            return say(language, en="is until ", it="è fino a ") + _day(language, last)
        case int(first), None:
            return (
                say(language, en="is from ", it="è da ")
                + _day(language, first)
                + say(language, en=" on", it=" in poi")
            )
        case int(first), int(last) if first == last:
            return say(language, en="is ", it="è ") + _day(language, first)
        case int(first), int(last):
            en, it = (
                f"is from {_day('en', first)} to {_day('en', last)}",
                f"è tra {_day('it', first)} e {_day('it', last)}",
            )
            return say(language, en=en, it=it)
    raise AssertionError


def _day(language: Language, day: int) -> str:
    many = abs(day)
    if not day:
        return say(language, en="today", it="oggi")
    en, it = ("day", "giorno") if many == 1 else ("days", "giorni")
    if day > 0:
        return say(language, en=f"in {many} {en}", it=f"tra {many} {it}")
    return say(language, en=f"{many} {en} ago", it=f"{many} {it} fa")
