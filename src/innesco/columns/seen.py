"""Seen: names and values that really came, the most frequent first, for pickers.

What stands in a column of its own is counted whole. Properties that stand together as JSON text
are counted over a sample of people; with a search, over everybody, so that the rare is found too.
"""

import re
from typing import Any, Literal

import pyarrow as pa
from msgspec import Struct
from sqlglot import exp

from innesco.columns.arrow import Cursor, arrow, number
from innesco.columns.some import sampled
from innesco.conditions.attribute import OWN, own_column
from innesco.conditions.facts import HOT, NO_FLAG, NO_NUMBER, Values, fact_columns, told
from innesco.events.fold import fold

Of = Literal[
    "event",
    "property",
    "value",
    "category",
    "brand",
    "product",
    "attribute",
    "attribute value",
    "segment",
    "journey",
]
PEOPLE = 5_000
"""Of whom properties are counted, as long as nothing is searched."""

MOMENTS = ("first seen", "last seen")
KINDS = {"t": "text", "n": "number", "f": "flag"}

FOUND = pa.schema([("value", pa.string()), ("kind", pa.string()), ("times", pa.int64())])


class Seen(Struct, frozen=True, tag="seen", forbid_unknown_fields=True):
    """`value, kind, times`: kind is text, number, flag or moment; times are events, or people."""

    of: Of
    event: str = ""  #: whose properties and values; of all events when empty
    name: str = ""  #: of the property or attribute whose values are asked for
    search: str = ""  #: what the value contains, whatever the case
    most: int = 50
    people: int = PEOPLE

    def answer(self, cursor: Cursor) -> pa.Table:
        wanted = fold(self.search)
        if self.of in ("property", "attribute"):
            rows = map(_named, arrow(cursor, self._sampled(cursor) + self._names()).to_pylist())
            named = [row for row in rows if row["times"] and wanted in fold(row["value"])]
            named.sort(key=lambda row: (-row["times"], row["value"]))
            return pa.Table.from_pylist(named[: self.most], FOUND)
        if self.of == "attribute value" and self.name in MOMENTS:
            return FOUND.empty_table()  # nobody picks a moment among those of others
        return arrow(
            cursor,
            f"{self._sampled(cursor)} SELECT value, kind, times::BIGINT AS times"
            f" FROM ({self._values()}) WHERE value IS NOT NULL"
            " AND contains(strip_accents(lower(value)), ?)"
            " ORDER BY times DESC, value, kind LIMIT ?",
            wanted,
            self.most,
        )

    def _values(self) -> str:
        """`value, kind, times` of each value that there is."""
        match self.of:
            case "event":
                return _counted("name", "events")
            case "category" | "brand" | "product":
                return _counted(self.of, "events")
            case "segment":
                return _counted("segment", "memberships")
            case "journey":
                return _counted("journey", "(SELECT unnest(journeys) AS journey FROM persons)")
            case "value":
                values = fact_columns(self.name, "e")
                return _counted_by_kind(values, f"events AS e WHERE {self._meant('e')}")
            case _:
                return _counted_by_kind(_attribute(self.name), "persons AS p WHERE true")

    def _names(self) -> str:
        """`value, kind, times` of each column that is filled, and of each packed key."""
        if self.of == "attribute":
            own = {own_column(name): name for name in OWN}
            rows, packed, meant = "persons", "attributes", "true"
        else:
            own = {name: name for name in HOT}
            rows, packed, meant = "events", "facts", self._meant("events")
        counts = ", ".join(f'count("{column}") AS "{name}"' for column, name in own.items())
        return (
            f" SELECT name AS value, NULL AS kind, times FROM (SELECT {counts} FROM {rows}"
            f" WHERE {meant}) UNPIVOT (times FOR name IN (COLUMNS(*)))"
            f" UNION ALL SELECT key, 'packed', count(*) FROM"
            f" (SELECT unnest(json_keys({packed})) AS key FROM {rows} WHERE {meant}) GROUP BY key"
        )

    def _meant(self, table: str) -> str:
        """Which events: of one name, and of the sample unless somebody searches."""
        named = exp.column("name", table).eq(self.event).sql("duckdb") if self.event else "true"
        if self.search or (self.of == "value" and self.name in HOT):
            return named
        return f"{named} AND {table}.person IN (SELECT person FROM sampled)"

    def _sampled(self, cursor: Cursor) -> str:
        return sampled(self.people, number(cursor, "SELECT count(*) FROM persons"))


def _counted(column: str, rows: str) -> str:
    return f"SELECT \"{column}\" AS value, 'text' AS kind, count(*) AS times FROM {rows} GROUP BY 1"


def _counted_by_kind(values: Values, rows: str) -> str:
    """The texts, numbers and flags of one property; the number 5 is not the text “5”."""
    kinds = {"text": values.text, "number": values.number, "flag": values.flag}
    each = [
        f"SELECT CAST({value.sql('duckdb')} AS VARCHAR) AS value, '{kind}' AS kind FROM {rows}"
        for kind, value in kinds.items()
        if not isinstance(value.this, exp.Null)
    ]
    return f"SELECT value, kind, count(*) AS times FROM ({' UNION ALL '.join(each)}) GROUP BY ALL"


def _attribute(name: str) -> Values:
    if name in OWN:
        return Values(exp.column(own_column(name), "p", quoted=True), NO_NUMBER, NO_FLAG)
    return told(exp.column("attributes", "p"), name)


def _named(row: dict[str, Any]) -> dict[str, Any]:
    """A packed key as the name and kind that it stands for; a column as what it holds."""
    if row["kind"] != "packed":
        return row | {
            "kind": "moment" if row["value"] in MOMENTS else HOT.get(row["value"], "text")
        }
    kind, name = row["value"][0], row["value"][2:]
    plain = re.sub(r"_([0-9a-f]+)_", lambda match: chr(int(match[1], 16)), name)
    return row | {"value": plain, "kind": KINDS[kind]}
