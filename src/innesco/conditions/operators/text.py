"""Questions about one text: the page seen, the words searched, the city of the visitor.

Each operator asks its question twice, one method under the other: `holds` of a single live
value, `column` of a whole column of them (an SQL expression in DuckDB's dialect, which sqlglot
also writes for Spark). The two must never disagree, and they need not be tested one by one:
`tests/conditions/test_agreement.py` walks the union at the foot of this file and compares both
answers on values that it makes up.

Texts are kept as the marketer wrote them and folded once (`events/fold.py`), as the shop's are,
so both methods compare plain characters. A value that is absent, or no text, holds for the
negated operators only.
"""

from functools import cached_property
from typing import ClassVar

from sqlglot import exp

from innesco.conditions.facts import Kind, Values
from innesco.conditions.language import Language, listed, quoted, say
from innesco.conditions.operators.timeless import Timeless, surely
from innesco.events.event import Fact
from innesco.events.fold import fold


class _OfText(Timeless, frozen=True, dict=True):
    kind: ClassVar[Kind] = "text"
    text: str

    @cached_property
    def folded(self) -> str:
        return fold(self.text)


class _OfTexts(Timeless, frozen=True, dict=True):
    kind: ClassVar[Kind] = "text"
    texts: tuple[str, ...]

    @cached_property
    def folded(self) -> frozenset[str]:
        return frozenset(map(fold, self.texts))


class Equals(_OfText, frozen=True, dict=True, tag="equals"):
    """The text is exactly this one: `category equals "shoes"`."""

    def holds(self, value: Fact | None, now: int = 0) -> bool:
        return value == self.folded

    def column(self, values: Values, now: int = 0) -> exp.Expr:
        return values.text.eq(self.folded)

    def sentence(self, language: Language) -> str:
        return say(language, en="is", it="è") + " " + quoted(self.text)


class IsNot(_OfText, frozen=True, dict=True, tag="is not"):
    """The text is another one, or there is none: `city is not "milano"`."""

    def holds(self, value: Fact | None, now: int = 0) -> bool:
        return value != self.folded

    def column(self, values: Values, now: int = 0) -> exp.Expr:
        return exp.NullSafeNEQ(this=values.text.copy(), expression=exp.convert(self.folded))

    def sentence(self, language: Language) -> str:
        return say(language, en="is not", it="non è") + " " + quoted(self.text)


class Contains(_OfText, frozen=True, dict=True, tag="contains"):
    """The text has this fragment in it: `query contains "running shoes"`."""

    def holds(self, value: Fact | None, now: int = 0) -> bool:
        return type(value) is str and self.folded in value

    def column(self, values: Values, now: int = 0) -> exp.Expr:
        return exp.Contains(this=values.text.copy(), expression=exp.convert(self.folded))

    def sentence(self, language: Language) -> str:
        return say(language, en="contains", it="contiene") + " " + quoted(self.text)


class DoesNotContain(_OfText, frozen=True, dict=True, tag="does not contain"):
    """The text has no such fragment, or there is no text: `path does not contain "/sale"`."""

    def holds(self, value: Fact | None, now: int = 0) -> bool:
        return type(value) is not str or self.folded not in value

    def column(self, values: Values, now: int = 0) -> exp.Expr:
        contains = exp.Contains(this=values.text.copy(), expression=exp.convert(self.folded))
        return exp.not_(surely(contains))

    def sentence(self, language: Language) -> str:
        return say(language, en="does not contain", it="non contiene") + " " + quoted(self.text)


class StartsWith(_OfText, frozen=True, dict=True, tag="starts with"):
    """The text begins so: `path starts with "/women"`."""

    def holds(self, value: Fact | None, now: int = 0) -> bool:
        return type(value) is str and value.startswith(self.folded)

    def column(self, values: Values, now: int = 0) -> exp.Expr:
        return exp.StartsWith(this=values.text.copy(), expression=exp.convert(self.folded))

    def sentence(self, language: Language) -> str:
        return say(language, en="starts with", it="inizia con") + " " + quoted(self.text)


class EndsWith(_OfText, frozen=True, dict=True, tag="ends with"):
    """The text ends so: `email ends with "@example.com"`."""

    def holds(self, value: Fact | None, now: int = 0) -> bool:
        return type(value) is str and value.endswith(self.folded)

    def column(self, values: Values, now: int = 0) -> exp.Expr:
        return exp.EndsWith(this=values.text.copy(), expression=exp.convert(self.folded))

    def sentence(self, language: Language) -> str:
        return say(language, en="ends with", it="finisce con") + " " + quoted(self.text)


class OneOf(_OfTexts, frozen=True, dict=True, tag="one of"):
    """The text is among these: `city one of ["milano", "torino"]`."""

    def holds(self, value: Fact | None, now: int = 0) -> bool:
        return value in self.folded

    def column(self, values: Values, now: int = 0) -> exp.Expr:
        return values.text.isin(*sorted(self.folded)) if self.folded else exp.false()

    def sentence(self, language: Language) -> str:
        texts = listed(language, map(quoted, self.texts), en="or", it="o")
        return say(language, en="is one of", it="è tra") + " " + texts


class NotOneOf(_OfTexts, frozen=True, dict=True, tag="not one of"):
    """The text is none of these, or there is none: `brand not one of ["acme"]`."""

    def holds(self, value: Fact | None, now: int = 0) -> bool:
        return value not in self.folded

    def column(self, values: Values, now: int = 0) -> exp.Expr:
        among = values.text.isin(*sorted(self.folded)) if self.folded else exp.false()
        return exp.not_(surely(among))

    def sentence(self, language: Language) -> str:
        texts = listed(language, map(quoted, self.texts), en="or", it="o")
        return say(language, en="is none of", it="non è tra") + " " + texts


TextOperator = Equals | IsNot | Contains | DoesNotContain | StartsWith | EndsWith | OneOf | NotOneOf
