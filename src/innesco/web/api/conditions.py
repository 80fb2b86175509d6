"""Conditions: read and said in words, counted, its people looked at, explained for one of them."""

import asyncio
from math import ceil, sqrt
from typing import Annotated, Any, get_args
from zoneinfo import ZoneInfo

import msgspec
from litestar import get, post
from litestar.params import FromPath, FromQuery, JSONBody
from msgspec import Meta, Struct

from innesco.conditions.condition import Condition, Unreadable, read
from innesco.conditions.explain import explain, question
from innesco.conditions.explained import Explained, Words
from innesco.conditions.language import Language
from innesco.conditions.schema import schema
from innesco.definitions.workspace import Workspace
from innesco.storage import definitions, directory, views, workspaces
from innesco.storage.directory import Entry
from innesco.web.api import cursor
from innesco.web.api.everybody import answered, shop_of
from innesco.web.api.members import PATH
from innesco.web.api.policy import VIEWER
from innesco.web.api.problem import Wrong, missing, refused
from innesco.web.ports import Given, Ports

ByLanguage = dict[str, str]
"""A name or a sentence, Italian and English or what there is."""

SURE = 1.96
"""Standard deviations: the true number lies between `low` and `high` in 95 of 100 cases."""


class Asked(Struct, frozen=True, forbid_unknown_fields=True):
    """A condition as its JSON document (docs/conditions.md)."""

    condition: dict[str, Any]


class Said(Struct, frozen=True):
    sentence: ByLanguage


class CountAsked(Struct, frozen=True, forbid_unknown_fields=True):
    condition: dict[str, Any]
    exact: bool = False  #: ask everybody, not a sample


class Count(Struct, frozen=True, kw_only=True):
    """For how many people it holds, of how many there are."""

    people: int
    low: int  #: it is hardly fewer
    high: int  #: it is hardly more
    all: int
    exact: bool  #: everybody was asked
    sampled: int  #: how many people were asked


class PeopleAsked(Struct, frozen=True, forbid_unknown_fields=True):
    condition: dict[str, Any]
    most: Annotated[int, Meta(ge=1, le=200)] = 50
    after: Annotated[str, Meta(max_length=300)] | None = None  #: `next` of the page before


class SomePeople(Struct, frozen=True):
    """Who was here last comes first."""

    people: list[Entry]
    next: str | None


class Overlaps(Struct, frozen=True):
    """How many of a segment's people are meant, too."""

    segment: str
    name: ByLanguage
    people: int
    both: int


class OverlapList(Struct, frozen=True):
    segments: list[Overlaps]


class ExplainAsked(Struct, frozen=True, forbid_unknown_fields=True):
    condition: dict[str, Any]
    person: Annotated[str, Meta(max_length=300)]


@post(PATH + "/conditions/read", needs=VIEWER, status_code=200, sync_to_thread=True)
def read_condition(workspace: FromPath[str], data: JSONBody[Asked], ports: Given) -> Said:
    """The condition in a sentence; what cannot be read is refused with its place."""
    with ports.stores.control.connect() as connection:
        shop = workspaces.settings(connection, workspace)
    return Said(sentence(condition_of(data.condition), shop))


@get(PATH + "/conditions/schema", needs=VIEWER, sync_to_thread=False)
def describe_conditions(workspace: FromPath[str]) -> dict[str, Any]:
    """The JSON Schema of a condition."""
    return schema()


@post(PATH + "/conditions/count", needs=VIEWER, status_code=200)
async def count_people(workspace: FromPath[str], data: JSONBody[CountAsked], ports: Given) -> Count:
    """For how many people it holds: estimated on a sample at once, or of everybody."""
    from innesco.columns.questions import Estimate, HowMany

    condition, shop = condition_of(data.condition), await shop_of(ports, workspace)
    if data.exact:
        [row] = await answered(ports, workspace, HowMany(condition, ports.now(), shop.zone))
        return _exactly(row["people"], row["all"])
    [row] = await answered(ports, workspace, Estimate(condition, ports.now(), shop.zone))
    return estimated(row["people"], row["sampled"], row["all"])


@post(PATH + "/conditions/people", needs=VIEWER, status_code=200)
async def find_people(
    workspace: FromPath[str], data: JSONBody[PeopleAsked], ports: Given
) -> SomePeople:
    """The people for whom it holds now, a page at a time."""
    condition, before = condition_of(data.condition), cursor.read(data.after)
    return await people_of(ports, workspace, condition, data.most, before)


@post(PATH + "/conditions/overlap", needs=VIEWER, status_code=200)
async def compare_with_segments(
    workspace: FromPath[str], data: JSONBody[Asked], ports: Given
) -> OverlapList:
    """How many people it has in common with each published segment."""
    from innesco.columns.questions import Overlap

    condition, shop = condition_of(data.condition), await shop_of(ports, workspace)
    rows = await answered(ports, workspace, Overlap(condition, ports.now(), shop.zone))
    counted = {row["segment"]: (row["people"], row["both"]) for row in rows}
    names = await asyncio.to_thread(_segments, ports, workspace)
    return OverlapList(
        [Overlaps(one, name, *counted.get(one, (0, 0))) for one, name in names.items()]
    )


@post(PATH + "/conditions/explain", needs=VIEWER, status_code=200, sync_to_thread=True)
def explain_condition(
    workspace: FromPath[str],
    data: JSONBody[ExplainAsked],
    ports: Given,
    language: FromQuery[Language] = "en",
) -> Explained:
    """Whether it holds for one person now, each part with the value that it looked at."""
    condition = condition_of(data.condition)
    with ports.stores.control.connect() as connection:
        shop = workspaces.settings(connection, workspace)
    zone = ZoneInfo(shop.zone)
    with ports.stores.people.connect() as connection:
        view = views.now(connection, workspace, data.person, ports.now(), zone)
    if view is None:
        raise missing("person")
    return explain(condition, view, Words(language, zone, shop.currency))


def condition_of(document: Any, within: str = "") -> Condition:
    """Refuses what is no condition, with the place of what is wrong."""
    found = read(msgspec.json.encode(document))
    if isinstance(found, Unreadable):
        wrong = Wrong(".".join(filter(None, (within, found.place))), found.reason)
        raise refused(400, "This is no condition", "docs/conditions.md lists all there are.", wrong)
    return found


def sentence(condition: Condition, shop: Workspace) -> ByLanguage:
    """In both languages, with amounts in the shop's money."""
    words = [Words(language, ZoneInfo(shop.zone), shop.currency) for language in get_args(Language)]
    return {one.language: question(condition, one) for one in words}


async def people_of(
    ports: Ports, workspace: str, condition: Condition, most: int, before: tuple[int, str] | None
) -> SomePeople:
    """A page of those for whom it holds."""
    from innesco.columns.questions import Latest

    shop = await shop_of(ports, workspace)
    asked = Latest(condition, ports.now(), shop.zone, most, before)
    rows = await answered(ports, workspace, asked)
    known = await asyncio.to_thread(entries, ports, workspace, [row["person"] for row in rows])
    last = rows[-1] if len(rows) == most else None
    return SomePeople(
        [known[row["person"]] for row in rows if row["person"] in known],
        cursor.say(last["last_seen"], last["person"]) if last else None,
    )


def estimated(hits: int, sampled: int, everybody: int) -> Count:
    """From a sample without replacement to everybody, by Wilson's interval.

    It stays honest at the ends, where nobody or all of the sample fit: Wilson 1927, with the
    sample's size corrected for a finite population (Cochran, Sampling Techniques, §2.6).
    """
    if sampled >= everybody:
        return _exactly(hits, everybody)
    if not sampled:
        return Count(people=0, low=0, high=everybody, all=everybody, exact=False, sampled=0)
    share, n = hits / sampled, sampled * (everybody - 1) / (everybody - sampled)
    middle = (share + SURE**2 / (2 * n)) / (1 + SURE**2 / n)
    spread = SURE * sqrt(share * (1 - share) / n + SURE**2 / (4 * n**2)) / (1 + SURE**2 / n)
    return Count(
        people=round(share * everybody),
        low=max(hits, int((middle - spread) * everybody)),
        high=min(everybody - (sampled - hits), ceil((middle + spread) * everybody)),
        all=everybody,
        exact=False,
        sampled=sampled,
    )


def _exactly(people: int, everybody: int) -> Count:
    return Count(
        people=people, low=people, high=people, all=everybody, exact=True, sampled=everybody
    )


def entries(ports: Ports, workspace: str, ids: list[str]) -> dict[str, Entry]:
    with ports.stores.people.connect() as connection:
        return {one.id: one for one in directory.named(connection, workspace, ids)}


def _segments(ports: Ports, workspace: str) -> dict[str, ByLanguage]:
    """Names of the segments in force."""
    with ports.stores.control.connect() as connection:
        return definitions.names(connection, workspace, "segment")


ROUTES: list[Any] = [
    read_condition,
    describe_conditions,
    count_people,
    find_people,
    compare_with_segments,
    explain_condition,
]
