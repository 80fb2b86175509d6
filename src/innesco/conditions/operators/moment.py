"""Questions about one moment: when she was first seen, since when she is in a segment.

A moment is kept as whole microseconds since 1970. These answers change by time alone, and each
operator says when.
"""

from datetime import datetime
from math import ceil, floor
from typing import Annotated, ClassVar

from msgspec import Meta
from sqlglot import exp

from innesco.conditions.facts import Kind, Values
from innesco.conditions.language import Language, say
from innesco.conditions.length import Length
from innesco.conditions.operators.number import is_number, literal
from innesco.conditions.operators.timeless import Timeless
from innesco.events.event import Fact, micros

Moment = Annotated[datetime, Meta(tz=True)]

LATEST = 2**53
"""What is later than the year 2255 is no moment that anybody waits for."""


class BeforeMoment(Timeless, frozen=True, tag="before"):
    """It came before this moment: `first seen before 2026-01-01`."""

    kind: ClassVar[Kind] = "number"
    moment: Moment

    def holds(self, value: Fact | None, now: int = 0) -> bool:
        return is_number(value) and value < micros(self.moment)

    def column(self, values: Values, now: int = 0) -> exp.Expr:
        return values.number < literal(micros(self.moment))

    def edges(self, now: int) -> tuple[float, ...]:
        return (micros(self.moment),)

    def sentence(self, language: Language) -> str:
        return say(language, en="is before", it="è prima del") + f" {self.moment:%Y-%m-%d %H:%M}"


class SinceMoment(Timeless, frozen=True, tag="since"):
    """It came at this moment or later: `first seen since 2026-01-01`."""

    kind: ClassVar[Kind] = "number"
    moment: Moment

    def holds(self, value: Fact | None, now: int = 0) -> bool:
        return is_number(value) and value >= micros(self.moment)

    def column(self, values: Values, now: int = 0) -> exp.Expr:
        return values.number >= literal(micros(self.moment))

    def edges(self, now: int) -> tuple[float, ...]:
        return (micros(self.moment),)

    def sentence(self, language: Language) -> str:
        return say(language, en="is since", it="è dal") + f" {self.moment:%Y-%m-%d %H:%M}"


class WithinLast(Timeless, frozen=True, tag="within last"):
    """It came in the last so many days, now included; what is still to come is not in it."""

    kind: ClassVar[Kind] = "number"
    ages: ClassVar[bool] = True
    length: Length

    def holds(self, value: Fact | None, now: int = 0) -> bool:
        return is_number(value) and now - self.length.micros <= value <= now

    def column(self, values: Values, now: int = 0) -> exp.Expr:
        start = literal(now - self.length.micros)
        return exp.and_(values.number >= start, values.number <= literal(now), copy=False)

    def changes_at(self, value: Fact | None, now: int) -> int | None:
        if not is_number(value) or not now - self.length.micros <= value <= LATEST:
            return None
        return ceil(value) if value > now else floor(value) + self.length.micros + 1

    def changes_column(self, values: Values, now: int) -> exp.Expr | None:
        value, length = values.number, self.length.micros
        known = exp.and_(value >= literal(now - length), value <= literal(LATEST))
        to_come = exp.case().when(value > literal(now), _whole(exp.Ceil, value))
        changes = to_come.else_(_whole(exp.Floor, value) + literal(length + 1))
        return exp.case().when(known, changes)

    def edges(self, now: int) -> tuple[float, ...]:
        return (now - self.length.micros, now)

    def sentence(self, language: Language) -> str:
        length = self.length.sentence(language)
        return say(language, en=f"is within the last {length}", it=f"è negli ultimi {length}")


class LongerAgo(Timeless, frozen=True, tag="longer ago than"):
    """It came before the last so many days: `last seen longer ago than 90 days`."""

    kind: ClassVar[Kind] = "number"
    ages: ClassVar[bool] = True
    length: Length

    def holds(self, value: Fact | None, now: int = 0) -> bool:
        return is_number(value) and value < now - self.length.micros

    def column(self, values: Values, now: int = 0) -> exp.Expr:
        return values.number < literal(now - self.length.micros)

    def changes_at(self, value: Fact | None, now: int) -> int | None:
        if not is_number(value) or not now - self.length.micros <= value <= LATEST:
            return None
        return floor(value) + self.length.micros + 1

    def changes_column(self, values: Values, now: int) -> exp.Expr | None:
        value, length = values.number, self.length.micros
        known = exp.and_(value >= literal(now - length), value <= literal(LATEST))
        return exp.case().when(known, _whole(exp.Floor, value) + literal(length + 1))

    def edges(self, now: int) -> tuple[float, ...]:
        return (now - self.length.micros,)

    def sentence(self, language: Language) -> str:
        length = self.length.sentence(language)
        return say(language, en=f"is longer than {length} ago", it=f"è da oltre {length}")


def _whole(rounded: type[exp.Func], value: exp.Expr) -> exp.Expr:
    return exp.cast(rounded(this=value.copy()), "BIGINT")


MomentOperator = BeforeMoment | SinceMoment | WithinLast | LongerAgo
