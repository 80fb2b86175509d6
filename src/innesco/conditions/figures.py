"""Figures: what is counted of the events that a condition means: times, a sum, the last one.

Sums and averages count in ten-thousandths, so that no order of adding changes them: money in
minor units is exact, and 0.1 + 0.2 is 0.3 in both evaluators.
"""

from collections.abc import Iterable, Sequence
from math import floor

from msgspec import Struct
from sqlglot import exp

from innesco.conditions.facts import (
    HOT,
    NO_FLAG,
    NO_NUMBER,
    NO_TEXT,
    WHOLE,
    Kind,
    Values,
    fact_columns,
    facts_of,
    kind_of,
)
from innesco.conditions.language import Language, say
from innesco.conditions.operators.number import is_number, literal
from innesco.events.event import Event, Fact

PARTS = 10_000


class Times(Struct, frozen=True, tag_field="figure", tag="times", forbid_unknown_fields=True):
    """How many times it happened; never is 0."""

    def of(self, events: Sequence[Event], kind: Kind) -> Fact | None:
        return len(events)

    def column(self, kind: Kind) -> exp.Expr:
        return exp.Count(this=exp.Star())

    def lines_column(self) -> exp.Expr:
        return exp.Count(this=exp.Distinct(expressions=[exp.column("seq", "e")]))

    def sentence(self, language: Language) -> str:
        return say(language, en="how many times", it="quante volte")


class _OfProperty(Struct, frozen=True, tag_field="figure", forbid_unknown_fields=True):
    property: str

    def _numbers(self, events: Sequence[Event]) -> list[int | float]:
        return [value for value in facts_of(events, self.property) if is_number(value)]

    def _column(self) -> Values:
        return fact_columns(self.property, "e")


class Sum(_OfProperty, frozen=True, tag="sum"):
    """Added up: what she spent in a year. Nothing added up is 0."""

    def of(self, events: Sequence[Event], kind: Kind) -> Fact | None:
        return _whole(self.property, self._numbers(events)) / float(PARTS)

    def column(self, kind: Kind) -> exp.Expr:
        return _over_parts(_summed(self.property, self._column()))

    def sentence(self, language: Language) -> str:
        return say(language, en=f"the sum of {self.property}", it=f"la somma di {self.property}")


class Average(_OfProperty, frozen=True, tag="average"):
    """The mean of those that have it: the average order."""

    def of(self, events: Sequence[Event], kind: Kind) -> Fact | None:
        numbers = self._numbers(events)
        return _whole(self.property, numbers) / float(PARTS) / len(numbers) if numbers else None

    def column(self, kind: Kind) -> exp.Expr:
        number = self._column().number
        summed = _over_parts(_summed(self.property, self._column()))
        return exp.Div(this=summed, expression=exp.Count(this=number.copy()))

    def sentence(self, language: Language) -> str:
        return say(language, en=f"the average {self.property}", it=f"la media di {self.property}")


class Least(_OfProperty, frozen=True, tag="min"):
    """The smallest: the cheapest thing she ever bought."""

    def of(self, events: Sequence[Event], kind: Kind) -> Fact | None:
        return min(self._numbers(events), default=None)

    def column(self, kind: Kind) -> exp.Expr:
        return exp.Min(this=self._column().number)

    def sentence(self, language: Language) -> str:
        return say(language, en=f"the least {self.property}", it=f"il minimo di {self.property}")


class Most(_OfProperty, frozen=True, tag="max"):
    """The greatest: the dearest product looked at."""

    def of(self, events: Sequence[Event], kind: Kind) -> Fact | None:
        return max(self._numbers(events), default=None)

    def column(self, kind: Kind) -> exp.Expr:
        return exp.Max(this=self._column().number)

    def sentence(self, language: Language) -> str:
        return say(language, en=f"the most {self.property}", it=f"il massimo di {self.property}")


class Distinct(_OfProperty, frozen=True, tag="distinct"):
    """How many different ones: products seen in the last hour."""

    def of(self, events: Sequence[Event], kind: Kind) -> Fact | None:
        found = facts_of(events, self.property)
        flags = {value for value in found if type(value) is bool}
        # Python takes yes for 1 and no for 0; here they are values of their own
        return len({value for value in found if type(value) is not bool}) + len(flags)

    def column(self, kind: Kind) -> exp.Expr:
        return exp.Count(this=exp.Distinct(expressions=[self._column().anything()]))

    def sentence(self, language: Language) -> str:
        name = self.property
        return say(language, en=f"how many different {name}", it=f"quanti diversi {name}")


class First(_OfProperty, frozen=True, tag="first"):
    """The first one of the events that have it: the first category she looked at."""

    def of(self, events: Sequence[Event], kind: Kind) -> Fact | None:
        return _first(self.property, events, kind)

    def column(self, kind: Kind) -> exp.Expr:
        return exp.ArgMin(this=self._column().kind(kind), expression=_order())

    def sentence(self, language: Language) -> str:
        return say(language, en=f"the first {self.property}", it=f"il primo {self.property}")


class Latest(_OfProperty, frozen=True, tag="last"):
    """The last one of the events that have it: the last page."""

    def of(self, events: Sequence[Event], kind: Kind) -> Fact | None:
        return _first(self.property, reversed(events), kind)

    def column(self, kind: Kind) -> exp.Expr:
        return exp.ArgMax(this=self._column().kind(kind), expression=_order())

    def sentence(self, language: Language) -> str:
        return say(language, en=f"the last {self.property}", it=f"l'ultimo {self.property}")


Figured = Times | Sum | Average | Least | Most | Distinct | First | Latest


def figure_values(value: exp.Expr, of: Figured, kind: Kind) -> Values:
    """A figure as an operator sees it: in the kind that it has."""
    shown = kind if isinstance(of, First | Latest) else "number"
    return Values(
        text=value if shown in ("text", "any") else NO_TEXT,
        number=value if shown == "number" else NO_NUMBER,
        flag=value if shown == "flag" else NO_FLAG,
    )


def _first(name: str, events: Iterable[Event], kind: Kind) -> Fact | None:
    found = (value for event in events for value in facts_of((event,), name))
    return next((value for value in found if kind in ("any", kind_of(value))), None)


def _order() -> exp.Expr:
    return exp.Tuple(expressions=[exp.column("moment", "e"), exp.column("seq", "e")])


def _whole(name: str, numbers: Sequence[int | float]) -> float:
    if name in WHOLE:
        return float(sum(numbers) * PARTS)
    return float(sum(floor(float(number) * PARTS + 0.5) for number in numbers))


def _summed(name: str, values: Values) -> exp.Expr:
    if name in WHOLE:
        return exp.Mul(this=exp.Sum(this=values.number.copy()), expression=literal(PARTS))
    if HOT.get(name, "number") != "number":
        return NO_NUMBER.copy()
    scaled = exp.paren(values.number.copy() * literal(PARTS) + exp.cast("0.5", "DOUBLE"))
    return exp.Sum(this=exp.cast(exp.Floor(this=scaled), "DECIMAL(38, 0)"))


def _over_parts(summed: exp.Expr) -> exp.Expr:
    return exp.Div(this=exp.cast(summed, "DOUBLE"), expression=exp.cast(literal(PARTS), "DOUBLE"))
