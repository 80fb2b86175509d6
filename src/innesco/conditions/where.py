"""Which events are meant: filters on their properties, or on the lines of an order or a cart."""

from collections.abc import Sequence
from typing import Literal

from msgspec import Struct
from sqlglot import exp

from innesco.conditions.facts import (
    HOT,
    NO_FLAG,
    NO_NUMBER,
    NO_TEXT,
    WHOLE,
    Values,
    fact_columns,
    fits,
)
from innesco.conditions.language import Language, listed, say
from innesco.conditions.operators.operator import Operator
from innesco.events.event import Event, Fact, Item
from innesco.events.fold import fold


class Where(Struct, frozen=True, forbid_unknown_fields=True, rename={"is_": "is"}):
    """`{"property": "category", "is": {"operator": "equals", "text": "shoes"}}`."""

    property: str
    is_: Operator

    def only(self, events: Sequence[Event], now: int) -> list[Event]:
        """Those of the events for which it holds."""
        name, holds = self.property, self.is_.holds
        if name in WHOLE or HOT.get(name, self.is_.kind) != self.is_.kind:
            return [one for one in events if holds(fitting(one, name), now)]
        return [one for one in events if holds(one.facts.get(name), now)]

    def column(self, now: int) -> exp.Expr:
        return self.is_.column(fact_columns(self.property, "e"), now)

    def changes_at(self, event: Event, now: int) -> int | None:
        """When time alone changes the answer about this event."""
        return self.is_.changes_at(fitting(event, self.property), now)

    def changes_column(self, now: int) -> exp.Expr | None:
        return self.is_.changes_column(fact_columns(self.property, "e"), now)

    def sentence(self, language: Language) -> str:
        return f"{self.property} {self.is_.sentence(language)}"


class LineWhere(Struct, frozen=True, forbid_unknown_fields=True, rename={"is_": "is"}):
    """`{"line": "category", "is": {"operator": "equals", "text": "shoes"}}`."""

    line: Literal["product", "category", "brand", "price", "quantity"]
    is_: Operator

    def holds(self, item: Item, now: int) -> bool:
        return self.is_.holds(self._value(item), now)

    def column(self, now: int, table: str) -> exp.Expr:
        return self.is_.column(self._values(table), now)

    def changes_at(self, item: Item, now: int) -> int | None:
        """When time alone changes the answer about this line."""
        return self.is_.changes_at(self._value(item), now)

    def changes_column(self, now: int, table: str) -> exp.Expr | None:
        return self.is_.changes_column(self._values(table), now)

    def _value(self, item: Item) -> Fact | None:
        value: str | int | None = getattr(item, self.line)
        return fold(value) if type(value) is str and self.line == "product" else value

    def _values(self, table: str) -> Values:
        own = exp.column(self.line, table, quoted=True)
        if self.line in ("price", "quantity"):
            return Values(NO_TEXT, own, NO_FLAG)
        return Values(own, NO_NUMBER, NO_FLAG)

    def sentence(self, language: Language) -> str:
        return f"{self.line} {self.is_.sentence(language)}"


def in_words(language: Language, where: tuple[Where, ...], lines: tuple[LineWhere, ...]) -> str:
    """` where category is “shoes” and price is more than 5000`."""
    asked = [one.sentence(language) for one in where]
    if lines:
        held = listed(language, [one.sentence(language) for one in lines], en="and", it="e")
        asked.append(say(language, en=f"one line has {held}", it=f"una riga ha {held}"))
    if not asked:
        return ""
    both = listed(language, asked, en="and", it="e")
    return say(language, en=f" where {both}", it=f" con {both}")


def fitting(event: Event, name: str) -> Fact | None:
    """The property when it is of its column's kind; where the operator's own kind is the
    column's, the operator refuses all others itself and this is not asked."""
    value = event.facts.get(name)
    return value if value is not None and fits(name, value) else None
