"""What was really seen – events, properties, values, segments – for the pickers of conditions."""

import asyncio
from typing import Annotated, Any, Literal

from litestar import get
from litestar.params import FromPath, FromQuery, QueryParameter
from msgspec import Struct

from innesco.events.fold import fold
from innesco.storage import definitions
from innesco.web.api.conditions import ByLanguage
from innesco.web.api.everybody import answered
from innesco.web.api.members import PATH
from innesco.web.api.policy import VIEWER
from innesco.web.ports import Given, Ports

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
"""The same as columns/seen.py lists, which is not imported before somebody asks."""

MOST_DEFINED = 100_000

Word = Annotated[str, QueryParameter(max_length=300)]
Most = Annotated[int, QueryParameter(ge=1, le=500)]


class Came(Struct, frozen=True):
    """A name or value: text and moment, number or flag, as a condition asks for it."""

    value: str | float | bool
    kind: Literal["text", "number", "flag", "moment"]
    times: int  #: how many events; of attributes, segments and journeys: how many people
    name: ByLanguage = {}  #: of a segment or journey


class CameList(Struct, frozen=True):
    """The most frequent first."""

    items: list[Came]


@get(PATH + "/conditions/seen", needs=VIEWER)
async def list_seen(
    workspace: FromPath[str],
    ports: Given,
    of: FromQuery[Of],
    event: Word = "",
    name: Word = "",
    search: Word = "",
    most: Most = 50,
) -> CameList:
    """Names and values that came: `name` is the property or attribute whose values are wanted.

    Without a search, properties are counted over a sample of people.
    """
    from innesco.columns.seen import Seen

    if of in ("segment", "journey"):
        rows = await answered(ports, workspace, Seen(of, most=MOST_DEFINED))
        counted = {row["value"]: row["times"] for row in rows}
        found = await asyncio.to_thread(_defined, ports, workspace, of, counted)
        wanted = fold(search)
        return CameList([one for one in found if wanted in _spoken(one)][:most])
    rows = await answered(ports, workspace, Seen(of, event, name, search, most))
    are_names = of in ("property", "attribute")
    return CameList(
        [
            Came(
                row["value"] if are_names else _as_asked(row["value"], row["kind"]),
                row["kind"],
                row["times"],
            )
            for row in rows
        ]
    )


def _defined(ports: Ports, workspace: str, kind: str, counted: dict[str, int]) -> list[Came]:
    """What is in force, those of nobody too."""
    with ports.stores.control.connect() as connection:
        names = definitions.names(connection, workspace, kind)
    found = [Came(id, "text", counted.get(id, 0), name) for id, name in names.items()]
    return sorted(found, key=lambda one: -one.times)


def _spoken(one: Came) -> str:
    return fold(" ".join([str(one.value), *one.name.values()]))


def _as_asked(value: str, kind: str) -> str | float | bool:
    match kind:
        case "number":
            return float(value)
        case "flag":
            return value == "true"
        case _:
            return value


ROUTES: list[Any] = [list_seen]
