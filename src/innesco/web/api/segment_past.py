"""The past of a segment: its size day by day, who came and went and why, and one person in it."""

import asyncio
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Annotated, Any, get_args
from zoneinfo import ZoneInfo

from litestar import get
from litestar.params import FromPath, QueryParameter
from msgspec import Struct

from innesco.conditions.days import begins, day_of
from innesco.conditions.explain import explain
from innesco.conditions.explained import Explained, Words
from innesco.conditions.language import Language
from innesco.definitions.workspace import Workspace
from innesco.events.event import EPOCH, micros, moment_of
from innesco.storage import definitions, directory, editions, people, views
from innesco.storage.definitions import Name
from innesco.storage.directory import Entry
from innesco.web.api import cursor
from innesco.web.api.everybody import answered, shop_of
from innesco.web.api.members import PATH
from innesco.web.api.policy import VIEWER
from innesco.web.api.problem import missing
from innesco.web.api.segment_lines import KIND, segment_of
from innesco.web.ports import Given, Ports

ONE = PATH + "/segments/{segment:str}"
TREND_DAYS = 30
MOST_STORY = 100


class SizeOn(Struct, frozen=True):
    """One day of the shop's calendar; the last one is today so far."""

    day: date
    people: int  #: at its end
    entered: int
    left: int


class Sizes(Struct, frozen=True):
    """The oldest first."""

    days: list[SizeOn]


class Movement(Struct, frozen=True):
    """Somebody entered or left.

    `because` is the name of an event, `time` when time alone did it, `published` when the segment
    was changed, `archived` when it was taken out of use, `merged` when two became one.
    """

    person: str
    who: Entry | None  #: None of somebody who is gone
    moment: datetime
    entered: bool
    because: str


class Movements(Struct, frozen=True):
    """The newest first."""

    items: list[Movement]
    next: str | None


class Membership(Struct, frozen=True, kw_only=True):
    """Whether somebody belongs, since when, and why: her comings and goings, and the condition."""

    belongs: bool
    since: datetime | None
    movements: list[Movement]  #: hers, the newest first
    explained: dict[Language, Explained]  #: the condition in force, asked of her now


@get(ONE + "/sizes", needs=VIEWER)
async def look_at_sizes(
    workspace: FromPath[str],
    segment: FromPath[str],
    ports: Given,
    days: Annotated[int, QueryParameter(ge=1, le=400)] = TREND_DAYS,
) -> Sizes:
    """How many belonged at the end of each day, and how many came and went on it."""
    from innesco.columns.stays import Sizes as Asked, Turnover

    await asyncio.to_thread(there, ports, Name(workspace, KIND, segment))
    shop, now = await shop_of(ports, workspace), ports.now()
    first, bounds = _bounds(now, shop, days)
    sizes = await answered(ports, workspace, Asked(bounds[1:], segment))
    turnover = await answered(ports, workspace, Turnover(bounds, segment))
    people = {row["moment"]: row["people"] for row in sizes}
    went = {row["moment"]: (row["entered"], row["gone"]) for row in turnover}
    return Sizes(
        [
            SizeOn(
                (EPOCH + timedelta(days=first + n)).date(),
                people.get(end, 0),
                *went.get(start, (0, 0)),
            )
            for n, (start, end) in enumerate(pairwise(bounds))
        ]
    )


@get(ONE + "/movements", needs=VIEWER)
async def list_movements(
    workspace: FromPath[str],
    segment: FromPath[str],
    ports: Given,
    most: Annotated[int, QueryParameter(ge=1, le=200)] = 50,
    cursor_: Annotated[str | None, QueryParameter(name="cursor", max_length=300)] = None,
) -> Movements:
    """Who entered and left, and what made it so."""
    before = cursor.read(cursor_)
    await asyncio.to_thread(there, ports, Name(workspace, KIND, segment))
    rows = await _moved(ports, workspace, segment, most, before)
    last = rows[-1] if len(rows) == most else None
    items = await asyncio.to_thread(_named, ports, workspace, rows)
    return Movements(items, cursor.say(last["moment"], last["key"]) if last else None)


@get(ONE + "/people/{person:str}", needs=VIEWER)
async def look_at_membership(
    workspace: FromPath[str], segment: FromPath[str], person: FromPath[str], ports: Given
) -> Membership:
    """Why somebody belongs to it or not: what was asked and seen, and how it came about."""
    shop = await shop_of(ports, workspace)
    name = Name(workspace, KIND, segment)
    who, since, told = await asyncio.to_thread(_asked, ports, name, person, shop)
    rows = await _moved(ports, workspace, segment, MOST_STORY, None, who)
    items = await asyncio.to_thread(_named, ports, workspace, rows)
    return Membership(belongs=since is not None, since=since, movements=items, explained=told)


async def trend(ports: Ports, workspace: str) -> dict[str, list[int]]:
    """The sizes of all segments at the end of each of the last days; the last one is now."""
    from innesco.columns.stays import Sizes as Asked

    shop = await shop_of(ports, workspace)
    _, bounds = _bounds(ports.now(), shop, TREND_DAYS)
    found: dict[str, dict[int, int]] = {}
    for row in await answered(ports, workspace, Asked(bounds[1:])):
        found.setdefault(row["segment"], {})[row["moment"]] = row["people"]
    return {name: [sizes.get(at, 0) for at in bounds[1:]] for name, sizes in found.items()}


def there(ports: Ports, name: Name) -> None:
    """A 404 for a segment that nobody drew."""
    with ports.stores.control.connect() as connection:
        if not definitions.versions(connection, name):
            raise missing("segment")


async def _moved(
    ports: Ports,
    workspace: str,
    segment: str,
    most: int,
    before: tuple[int, str] | None,
    person: str = "",
) -> list[dict[str, Any]]:
    from innesco.columns.stays import Movements as Asked

    return await answered(ports, workspace, Asked(segment, most, before, person))


def _named(ports: Ports, workspace: str, rows: list[dict[str, Any]]) -> list[Movement]:
    with ports.stores.people.connect() as connection:
        named = directory.named(connection, workspace, (row["person"] for row in rows))
    known = {one.id: one for one in named}
    return [
        Movement(
            row["person"],
            known.get(row["person"]),
            moment_of(row["moment"]),
            row["entered"],
            row["because"],
        )
        for row in rows
    ]


def _asked(
    ports: Ports, name: Name, profile: str, shop: Workspace
) -> tuple[str, datetime | None, dict[Language, Explained]]:
    """Who it is, since when she belongs, and what the condition in force says of her."""
    there(ports, name)
    zone = ZoneInfo(shop.zone)
    with ports.stores.control.connect() as connection:
        shown = definitions.in_force(connection, name) or definitions.versions(connection, name)[0]
        when = segment_of(connection, shown).when
    with ports.stores.people.connect() as connection:
        view = views.now(connection, name.workspace, profile, ports.now(), zone)
        served: Mapping[str, str] = editions.served(connection, name.workspace)
        who = people.aliases(connection, name.workspace, [profile]).get(profile, profile)
    if view is None:
        raise missing("person")
    since = view.person.segments.get(served.get(name.id, ""))
    spoken: tuple[Language, ...] = get_args(Language)
    words = [Words(language, zone, shop.currency) for language in spoken]
    return who, since, {one.language: explain(when, view, one) for one in words}


def _bounds(now: datetime, shop: Workspace, days: int) -> tuple[int, tuple[int, ...]]:
    """The first day, and where each day begins; the last one ends just after now."""
    zone = ZoneInfo(shop.zone)
    today = day_of(now, zone)
    first = today - days + 1
    starts = [micros(begins(day, zone)) for day in range(first, today + 1)]
    return first, (*starts, micros(now) + 1)


ROUTES: list[Any] = [look_at_sizes, list_movements, look_at_membership]
