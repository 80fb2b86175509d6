"""Facts: how one property is found in a live event, and how the same one is found in columns.

The properties that shops ask about most have a column of their own with one kind; all others
stand together as JSON text, under a key that tells their kind. A property of another kind than
the question asks for is no answer: to a question about texts, the number 38 is absent.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Literal

import msgspec
from msgspec import Struct
from sqlglot import exp

from innesco.events.event import Event, Fact
from innesco.events.fold import fold

Kind = Literal["text", "number", "flag", "any"]

HOT: dict[str, Kind] = {
    "product": "text",
    "category": "text",
    "brand": "text",
    "order": "text",
    "cart": "text",
    "query": "text",
    "path": "text",
    "currency": "text",
    "price": "number",
    "value": "number",
    "value_base": "number",
    "quantity": "number",
}
"""Properties with a column of their own (`columns/tables.py` has one for each)."""

WHOLE = frozenset({"price", "value", "value_base"})
"""Money: whole minor units, summed exactly."""


NO_TEXT = exp.cast(exp.null(), "TEXT")
NO_NUMBER = exp.cast(exp.null(), "DOUBLE")
NO_FLAG = exp.cast(exp.null(), "BOOLEAN")
"""What stands for a kind that a property never has."""


class Values(Struct, frozen=True):
    """One property as SQL sees it: an expression for each kind, NULL where it is of another."""

    text: exp.Expr
    number: exp.Expr
    flag: exp.Expr

    def kind(self, kind: Kind) -> exp.Expr:
        match kind:
            case "text":
                return self.text
            case "number":
                return self.number
            case "flag":
                return self.flag
            case "any":
                return self.anything()

    def anything(self) -> exp.Expr:
        """Some text that differs whenever the value differs, NULL when it is absent."""
        all_ = (self.text, self.number, self.flag)
        known = [one for one in all_ if not isinstance(one.this, exp.Null)]
        if len(known) == 1:
            return known[0].copy()
        number = exp.cast(exp.paren(self.number.copy() + exp.Literal.number("0.0")), "TEXT")
        return exp.func(
            "coalesce",
            marked("t", self.text),
            marked("n", number),
            marked("f", exp.cast(self.flag.copy(), "TEXT")),
        )


def marked(mark: str, value: exp.Expr) -> exp.Expr:
    """`t` before a text, `n` before a number: the text “5” is not the number 5."""
    return exp.DPipe(this=exp.Literal.string(mark), expression=value.copy(), safe=True)


def kind_of(value: Fact) -> Kind:
    match value:
        case str():
            return "text"
        case bool():
            return "flag"
        case _:
            return "number"


def fits(name: str, value: Fact) -> bool:
    """Whether a hot property has the kind of its column; any other property always fits."""
    kinds = _TYPES.get(name)
    return kinds is None or type(value) in kinds


def facts_of(events: Iterable[Event], name: str) -> list[Fact]:
    """The property of those events that have it, in their order."""
    found = [value for event in events if (value := event.facts.get(name)) is not None]
    kinds = _TYPES.get(name)
    return found if kinds is None else [value for value in found if type(value) in kinds]


_TYPES: dict[str, tuple[type, ...]] = {
    name: (str,) if kind == "text" else (int,) if name in WHOLE else (int, float)
    for name, kind in HOT.items()
}


def fact_columns(name: str, table: str) -> Values:
    """The same property in the columns of `events`."""
    kind = HOT.get(name)
    if kind is None:
        return told(exp.column("facts", table), name)
    own = exp.column(name, table, quoted=True)
    if kind == "text":
        return Values(own, NO_NUMBER, NO_FLAG)
    return Values(NO_TEXT, own, NO_FLAG)


def told(packed: exp.Expr, name: str) -> Values:
    """A property out of packed JSON text."""
    return Values(
        text=_path(packed, key("text", name)),
        number=exp.cast(_path(packed, key("number", name)), "DOUBLE"),
        flag=exp.cast(_path(packed, key("flag", name)), "BOOLEAN"),
    )


def pack(facts: Mapping[str, Fact]) -> str:
    """Facts as JSON text whose keys tell the kind: `{"t_color": "red", "n_size": "38"}`.

    Numbers are text inside, so that every engine reads the very same digits.
    """
    return msgspec.json.encode(
        {key(kind_of(value), name): _packed(value) for name, value in facts.items()}
    ).decode()


def key(kind: Kind, name: str) -> str:
    """`n_shoe_20_size`: letters and digits stay, so that a path needs no quoting anywhere."""
    return f"{kind[0]}_" + re.sub(r"[^a-z0-9]", lambda m: f"_{ord(m[0]):x}_", name)


def _packed(value: Fact) -> str:
    match value:
        case str():
            return fold(value)
        case bool():
            return "true" if value else "false"
        case _:
            return repr(value)


def _path(packed: exp.Expr, name: str) -> exp.Expr:
    path = exp.JSONPath(expressions=[exp.JSONPathRoot(), exp.JSONPathKey(this=name)])
    return exp.paren(exp.JSONExtractScalar(this=packed.copy(), expression=path))
