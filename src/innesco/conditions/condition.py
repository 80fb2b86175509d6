"""A condition: a question about a person that is true or false, as one JSON document.

`read` decodes it strictly, `write` gives the same document back, and the union at the foot is the
table of contents: to add a condition, write one file and mention its class there.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import ClassVar
from zoneinfo import ZoneInfo

import msgspec
from msgspec import Struct
from sqlglot import exp

from innesco.conditions.attribute import Attribute
from innesco.conditions.cart import CartHas, InCart
from innesco.conditions.dates import OnDate
from innesco.conditions.did import Did
from innesco.conditions.explained import Words
from innesco.conditions.kind import Kind
from innesco.conditions.language import Language, listed, say
from innesco.conditions.membership import InJourney, InSegment
from innesco.conditions.operators.timeless import surely
from innesco.conditions.reachable import Consents, Reachable
from innesco.conditions.scope import Scope
from innesco.conditions.sequence import Sequence
from innesco.conditions.share import InShare
from innesco.conditions.soonest import soonest, soonest_column
from innesco.conditions.view import View
from innesco.conditions.visit import InVisit
from innesco.conditions.window import NOTHING
from innesco.profiles.history import History
from innesco.profiles.person import Person

VERSION = 1
"""Of the language; a word more is no new version, another meaning of a word is."""

DEEPEST = 50
"""Braces within braces; what is deeper was not written by a person."""


class _Group(Kind, frozen=True):
    conditions: tuple["Condition", ...]

    joined_by: ClassVar[tuple[str, str]]
    of_none: ClassVar[tuple[str, str]]

    def changes_at(self, view: View) -> datetime | None:
        return soonest(one.changes_at(view) for one in self.conditions)

    def changes_column(self, scope: Scope) -> exp.Expr | None:
        return soonest_column(one.changes_column(scope) for one in self.conditions)

    def listens(self) -> frozenset[str]:
        return frozenset().union(*(one.listens() for one in self.conditions))

    def reach(self, view: View) -> datetime:
        return min((one.reach(view) for one in self.conditions), default=NOTHING)

    def sentence(self, language: Language) -> str:
        return self._said(language, lambda one: one.sentence(language))

    def asks(self, view: View, words: Words) -> str:
        return self._said(words.language, lambda one: one.asks(view, words))

    def _said(self, language: Language, say_one: Callable[["Condition"], str]) -> str:
        en, it = self.joined_by if self.conditions else self.of_none
        if not self.conditions:
            return say(language, en=en, it=it)
        return listed(language, [_braced(one, say_one(one)) for one in self.conditions], en, it)


class All(_Group, frozen=True, tag="all"):
    """Every one holds: saw shoes three times **and** never bought. Of none, it is true."""

    joined_by = "and", "e"
    of_none = "everybody", "tutti"

    def holds(self, view: View) -> bool:
        for one in self.conditions:  # noqa: SIM110 - half the price of a generator
            if not one.holds(view):
                return False
        return True

    def needs(self) -> Mapping[str, int]:
        wanted: dict[str, int] = {}
        for one in self.conditions:
            for event, least in one.needs().items():
                wanted[event] = max(least, wanted.get(event, 0))
        return wanted

    def column(self, scope: Scope) -> exp.Expr:
        if not self.conditions:
            return exp.true()
        return exp.and_(*(one.column(scope) for one in self.conditions))


class Any(_Group, frozen=True, tag="any"):
    """At least one holds: lives in Torino **or** in Milano. Of none, it is false."""

    joined_by = "or", "o"
    of_none = "nobody", "nessuno"

    def holds(self, view: View) -> bool:
        for one in self.conditions:  # noqa: SIM110
            if one.holds(view):
                return True
        return False

    def needs(self) -> Mapping[str, int]:
        each = [one.needs() for one in self.conditions]
        shared = set(each[0]).intersection(*each[1:]) if each else set()
        return {event: min(one[event] for one in each) for event in shared}

    def column(self, scope: Scope) -> exp.Expr:
        if not self.conditions:
            return exp.false()
        return exp.or_(*(one.column(scope) for one in self.conditions))


class Not(Kind, frozen=True, tag="not"):
    """It does not hold: everybody who is **not** in Torino, those of no known city too."""

    condition: "Condition"

    def holds(self, view: View) -> bool:
        return not self.condition.holds(view)

    def column(self, scope: Scope) -> exp.Expr:
        return exp.not_(surely(self.condition.column(scope)))

    def changes_at(self, view: View) -> datetime | None:
        return self.condition.changes_at(view)

    def changes_column(self, scope: Scope) -> exp.Expr | None:
        return self.condition.changes_column(scope)

    def listens(self) -> frozenset[str]:
        return self.condition.listens()

    def reach(self, view: View) -> datetime:
        return self.condition.reach(view)

    def sentence(self, language: Language) -> str:
        return _denied(language, self.condition.sentence(language))

    def asks(self, view: View, words: Words) -> str:
        return _denied(words.language, self.condition.asks(view, words))


class Unreadable(Struct, frozen=True):
    """A document that is no condition: why, and where in it."""

    reason: str
    place: str = ""  #: `conditions[0].is`


def read(document: bytes | str) -> "Condition | Unreadable":
    """The condition in a JSON document; a field that nobody knows is refused with its place.

    A document may tell the version of the language that it speaks, beside its `kind`.
    """
    try:
        version = _version.decode(document).version
        if version is not msgspec.UNSET and version != VERSION:
            return Unreadable(_unknown(version), "version")
        condition = _decoder.decode(document if version is msgspec.UNSET else _without(document))
    except RecursionError:
        return Unreadable(f"nested deeper than {DEEPEST}")
    except msgspec.DecodeError as error:
        reason, _, place = str(error).partition(" - at `$")
        return Unreadable(reason, place.strip("`."))
    if _depth(condition) > DEEPEST:
        return Unreadable(f"nested deeper than {DEEPEST}")
    return condition


def write(condition: "Condition") -> bytes:
    """The document of a condition, with nothing in it that is understood anyway."""
    return msgspec.json.encode(condition)


def people(condition: "Condition", now: datetime, zone: ZoneInfo) -> exp.Select:
    """`SELECT person` of everybody for whom it holds (columns/questions.py runs it)."""
    scope = Scope(now, zone)
    answer = condition.column(scope)
    return scope.query(answer, needs_rows=not condition.holds(_nobody(now, zone)))


def answers(condition: "Condition", now: datetime, zone: ZoneInfo) -> exp.Select:
    """`SELECT person, answer, changes_at` of everybody who belongs, or may by time alone.

    `answer` is never NULL; `changes_at` is in microseconds since 1970, NULL for never. Both are
    those of `holds` and `changes_at`.
    """
    scope, nobody = Scope(now, zone), _nobody(now, zone)
    answer, changes = condition.column(scope), condition.changes_column(scope)
    needs_rows = not condition.holds(nobody) and condition.changes_at(nobody) is None
    return scope.answers(answer, changes, needs_rows)


def _nobody(now: datetime, zone: ZoneInfo) -> View:
    return View(Person(id=""), History(), now, zone)


class _Versioned(Struct, frozen=True):
    version: object = msgspec.UNSET


def _unknown(version: object) -> str:
    return f"version {version} of the language is not known here, where version {VERSION} is spoken"


def _without(document: bytes | str) -> bytes:
    """The document without its version, which is no part of what it asks."""
    said = msgspec.json.decode(document)
    return msgspec.json.encode({name: one for name, one in said.items() if name != "version"})


def _depth(condition: "Condition") -> int:
    match condition:
        case All(inner) | Any(inner):
            return 1 + max(map(_depth, inner), default=0)
        case Not(inner):
            return 1 + _depth(inner)
        case _:
            return 1


def _braced(condition: "Condition", said: str) -> str:
    return f"({said})" if isinstance(condition, All | Any) and condition.conditions else said


def _denied(language: Language, said: str) -> str:
    return say(language, en=f"not ({said})", it=f"non ({said})")


Condition = (
    All
    | Any
    | Not
    | Attribute
    | OnDate
    | Did
    | Sequence
    | InVisit
    | InCart
    | CartHas
    | InSegment
    | InJourney
    | Consents
    | Reachable
    | InShare
)

_decoder: msgspec.json.Decoder[Condition] = msgspec.json.Decoder(Condition)
_version = msgspec.json.Decoder(_Versioned)
