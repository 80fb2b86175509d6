"""What we know of a person: city, language, points, since when she is a customer."""

from collections.abc import Callable
from datetime import datetime

from sqlglot import exp

from innesco.conditions.explained import Saw, Words
from innesco.conditions.facts import NO_FLAG, NO_NUMBER, NO_TEXT, Values, told
from innesco.conditions.kind import Kind
from innesco.conditions.language import Language
from innesco.conditions.operators.moment import MomentOperator
from innesco.conditions.operators.number import is_number
from innesco.conditions.operators.operator import Operator
from innesco.conditions.scope import Scope
from innesco.conditions.view import View
from innesco.events.event import Fact, micros, moment_of
from innesco.events.fold import fold
from innesco.profiles.person import Person


class Attribute(Kind, frozen=True, tag="attribute", rename={"is_": "is"}):
    """`{"kind": "attribute", "name": "city", "is": {"operator": "equals", "text": "Torino"}}`.

    The names in `OWN` are what every person has; all others are what the shop tells of her.
    """

    name: str
    is_: Operator

    def holds(self, view: View) -> bool:
        return self.is_.holds(self._value(view.person), view.micros)

    def column(self, scope: Scope) -> exp.Expr:
        return self.is_.column(self._values(scope), scope.now)

    def changes_at(self, view: View) -> datetime | None:
        at = self.is_.changes_at(self._value(view.person), view.micros)
        return moment_of(at) if at is not None else None

    def changes_column(self, scope: Scope) -> exp.Expr | None:
        return self.is_.changes_column(self._values(scope), scope.now) if self.is_.ages else None

    def listens(self) -> frozenset[str]:
        return frozenset({"person" if self.name in OWN else f"attribute {self.name}"})

    def sentence(self, language: Language) -> str:
        return f"{self.name} {self.is_.sentence(language)}"

    def saw(self, view: View, words: Words) -> Saw:
        value, attribute = self._value(view.person), view.person.attributes.get(self.name)
        if is_number(value) and isinstance(self.is_, MomentOperator):
            return Saw(value, words.moment(moment_of(int(value))))
        if attribute is None or self.name in OWN:
            return Saw(value, words.fact(value))
        since = words.moment(attribute.moment)
        said = words.fact(attribute.value)
        return Saw(value, words.say(en=f"{said}, since {since}", it=f"{said}, dal {since}"))

    def _value(self, person: Person) -> Fact | None:
        own = OWN.get(self.name)
        if own is not None:
            return own(person)
        attribute = person.attributes.get(self.name)
        value = attribute.value if attribute else None
        return fold(value) if type(value) is str else value

    def _values(self, scope: Scope) -> Values:
        if self.name not in OWN:
            return told(scope.own("attributes"), self.name)
        own = scope.own(own_column(self.name))
        if self.name in ("first seen", "last seen"):
            return Values(NO_TEXT, own, NO_FLAG)
        return Values(own, NO_NUMBER, NO_FLAG)


OWN: dict[str, Callable[[Person], Fact | None]] = {
    "user": lambda person: _folded(person.user),
    "email": lambda person: _folded(person.email),
    "phone": lambda person: _folded(person.phone),
    "language": lambda person: _folded(person.language),
    "level": lambda person: person.level.value,
    "first seen": lambda person: micros(person.first_seen) if person.first_seen else None,
    "last seen": lambda person: micros(person.last_seen) if person.last_seen else None,
}
"""Each has a column of the same name in `persons`."""


def own_column(name: str) -> str:
    return name.replace(" ", "_")


def _folded(text: str | None) -> str | None:
    return fold(text) if text is not None else None
