"""Questions about one number: a price in cents, how many times, seconds on the site.

Whole numbers and fractions compare exactly in both methods: all numbers lie within 2^53, and SQL
reads the threshold from its own digits. Absent, or no number, holds for `!=` only.
"""

from collections.abc import Callable
from typing import Annotated, ClassVar, TypeGuard

from msgspec import Meta
from sqlglot import exp

from innesco.conditions.facts import Kind, Values
from innesco.conditions.language import Language, plain, say
from innesco.conditions.operators.timeless import Timeless
from innesco.events.event import Fact

Say = Callable[[float], str]
"""How a number is said: as it is, or as money."""

Number = Annotated[float, Meta(ge=-(2**53), le=2**53)]


class _OfNumber(Timeless, frozen=True):
    kind: ClassVar[Kind] = "number"
    number: Number

    def edges(self, now: int) -> tuple[float, ...]:
        return (self.number,)


class Is(_OfNumber, frozen=True, tag="="):
    """Exactly this many: `quantity = 2`."""

    def holds(self, value: Fact | None, now: int = 0) -> bool:
        return is_number(value) and value == self.number

    def column(self, values: Values, now: int = 0) -> exp.Expr:
        return values.number.eq(literal(self.number))

    def sentence(self, language: Language, number: Say = plain) -> str:
        return say(language, en="is exactly", it="è esattamente") + " " + number(self.number)


class Differs(_OfNumber, frozen=True, tag="!="):
    """Another number, or none: `points != 0`."""

    def holds(self, value: Fact | None, now: int = 0) -> bool:
        return not is_number(value) or value != self.number

    def column(self, values: Values, now: int = 0) -> exp.Expr:
        return exp.NullSafeNEQ(this=values.number.copy(), expression=literal(self.number))

    def sentence(self, language: Language, number: Say = plain) -> str:
        return say(language, en="is not", it="non è") + " " + number(self.number)


class LessThan(_OfNumber, frozen=True, tag="<"):
    """Fewer or less: `cart value < 5000`, under fifty euros."""

    def holds(self, value: Fact | None, now: int = 0) -> bool:
        return is_number(value) and value < self.number

    def column(self, values: Values, now: int = 0) -> exp.Expr:
        return values.number < literal(self.number)

    def sentence(self, language: Language, number: Say = plain) -> str:
        return say(language, en="is less than", it="è meno di") + " " + number(self.number)


class AtMost(_OfNumber, frozen=True, tag="<="):
    """Not more: `at most 0 times` is never."""

    def holds(self, value: Fact | None, now: int = 0) -> bool:
        return is_number(value) and value <= self.number

    def column(self, values: Values, now: int = 0) -> exp.Expr:
        return values.number <= literal(self.number)

    def sentence(self, language: Language, number: Say = plain) -> str:
        return say(language, en="is at most", it="è al massimo") + " " + number(self.number)


class MoreThan(_OfNumber, frozen=True, tag=">"):
    """More: `price > 10000`, above a hundred euros."""

    def holds(self, value: Fact | None, now: int = 0) -> bool:
        return is_number(value) and value > self.number

    def column(self, values: Values, now: int = 0) -> exp.Expr:
        return values.number > literal(self.number)

    def sentence(self, language: Language, number: Say = plain) -> str:
        return say(language, en="is more than", it="è più di") + " " + number(self.number)


class AtLeast(_OfNumber, frozen=True, tag=">="):
    """Not less: `at least 3 times`."""

    def holds(self, value: Fact | None, now: int = 0) -> bool:
        return is_number(value) and value >= self.number

    def column(self, values: Values, now: int = 0) -> exp.Expr:
        return values.number >= literal(self.number)

    def sentence(self, language: Language, number: Say = plain) -> str:
        return say(language, en="is at least", it="è almeno") + " " + number(self.number)


class Between(Timeless, frozen=True, tag="between"):
    """From the least to the most, both included: `price between 1000 and 2999`."""

    kind: ClassVar[Kind] = "number"
    least: Number
    most: Number

    def holds(self, value: Fact | None, now: int = 0) -> bool:
        return is_number(value) and self.least <= value <= self.most

    def column(self, values: Values, now: int = 0) -> exp.Expr:
        return exp.and_(
            values.number >= literal(self.least), values.number <= literal(self.most), copy=False
        )

    def edges(self, now: int) -> tuple[float, ...]:
        return (self.least, self.most)

    def sentence(self, language: Language, number: Say = plain) -> str:
        least, most = number(self.least), number(self.most)
        return say(language, en=f"is from {least} to {most}", it=f"è da {least} a {most}")


def is_number(value: Fact | None) -> TypeGuard[int | float]:
    """A yes is no number, though Python counts it as 1."""
    return type(value) is int or type(value) is float


def literal(number: float) -> exp.Expr:
    """A number for SQL: whole ones as they are, fractions read from their digits as DOUBLE."""
    if float(number).is_integer():
        return exp.Literal.number(str(int(number)))
    return exp.cast(exp.Literal.string(repr(float(number))), "DOUBLE")


NumberOperator = Is | Differs | LessThan | AtMost | MoreThan | AtLeast | Between
