"""Questions that any value answers: is there one at all, is it yes or no."""

from typing import ClassVar

from sqlglot import exp

from innesco.conditions.facts import Kind, Values
from innesco.conditions.language import Language, say
from innesco.conditions.operators.timeless import Timeless
from innesco.events.event import Fact


class Present(Timeless, frozen=True, tag="present"):
    """Something is known, whatever it is: the visitor told the city."""

    kind: ClassVar[Kind] = "any"

    def holds(self, value: Fact | None, now: int = 0) -> bool:
        return value is not None

    def column(self, values: Values, now: int = 0) -> exp.Expr:
        return exp.not_(values.anything().is_(exp.null()))

    def sentence(self, language: Language) -> str:
        return say(language, en="is known", it="è noto")


class Absent(Timeless, frozen=True, tag="absent"):
    """Nothing is known: the visitor never searched, never told the city."""

    kind: ClassVar[Kind] = "any"

    def holds(self, value: Fact | None, now: int = 0) -> bool:
        return value is None

    def column(self, values: Values, now: int = 0) -> exp.Expr:
        return values.anything().is_(exp.null())

    def sentence(self, language: Language) -> str:
        return say(language, en="is not known", it="non è noto")


class Yes(Timeless, frozen=True, tag="yes"):
    """It is said to be so: `club member yes`."""

    kind: ClassVar[Kind] = "flag"

    def holds(self, value: Fact | None, now: int = 0) -> bool:
        return value is True

    def column(self, values: Values, now: int = 0) -> exp.Expr:
        return values.flag.eq(exp.true())

    def sentence(self, language: Language) -> str:
        return say(language, en="is yes", it="è sì")


class No(Timeless, frozen=True, tag="no"):
    """It is said not to be so; nothing said is no answer."""

    kind: ClassVar[Kind] = "flag"

    def holds(self, value: Fact | None, now: int = 0) -> bool:
        return value is False

    def column(self, values: Values, now: int = 0) -> exp.Expr:
        return values.flag.eq(exp.false())

    def sentence(self, language: Language) -> str:
        return say(language, en="is no", it="è no")


KnownOperator = Present | Absent | Yes | No
