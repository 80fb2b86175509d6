"""People as a file: whoever takes personal data away leaves a line in the audit log.

The file is sent page by page and never held whole. When a page cannot be had, the download breaks
off: a file that ends early would look like all of them.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any
from zoneinfo import ZoneInfo

import msgspec
from litestar import get
from litestar.params import FromPath, QueryParameter
from litestar.response import Stream
from msgspec import Struct

from innesco.conditions.condition import Condition, write
from innesco.storage import directory
from innesco.storage.audit import Act, record
from innesco.storage.directory import Contact
from innesco.storage.engines import writing
from innesco.web.api import sheet
from innesco.web.api.caller import Asking, Caller
from innesco.web.api.conditions import condition_of
from innesco.web.api.everybody import answered, shop_of
from innesco.web.api.members import PATH
from innesco.web.api.policy import EDITOR
from innesco.web.api.problem import Wrong, refused
from innesco.web.ports import Given, Ports

if TYPE_CHECKING:
    from innesco.columns.questions import Question

PAGE = 2_000
LONGEST = 16_000
"""Of a condition in a link, in characters; a longer one is kept as a segment first."""

HEAD = (
    "id",
    "email",
    "phone",
    "first name",
    "last name",
    "language",
    "level",
    "first seen",
    "last seen",
)


@get(PATH + "/conditions/people.csv", needs=EDITOR, media_type="text/csv")
async def export_people(
    workspace: FromPath[str],
    condition: Annotated[str, QueryParameter(max_length=LONGEST, description="its JSON document")],
    ports: Given,
    caller: Asking,
) -> Stream:
    """Everybody for whom a condition holds now, as a CSV file; the audit log says who took it."""
    try:
        document = msgspec.json.decode(condition)
    except (msgspec.DecodeError, RecursionError) as error:
        wrong = Wrong("condition", str(error))
        raise refused(400, "This is no condition", "Send its JSON document.", wrong) from error
    shop = await shop_of(ports, workspace)
    wanted = meant(condition_of(document), "people", ports.now(), shop.zone)
    return await exported(ports, workspace, caller, wanted)


class Wanted(Struct, frozen=True):
    """Whom a file is to hold."""

    about: str  #: as the audit log names it: `people`, `segment/vip`
    detail: dict[str, Any]  #: for the audit log
    count: "Question"  #: its row says how many `people`
    page: Callable[[str], "Question"]  #: the next `person`s after an id


def meant(condition: Condition, about: str, now: datetime, zone: str) -> Wanted:
    """Everybody for whom a condition holds."""
    from innesco.columns.questions import HowMany, Members

    return Wanted(
        about,
        {"condition": msgspec.json.decode(write(condition))},
        HowMany(condition, now, zone),
        lambda after: Members(condition, now, zone, PAGE, after),
    )


async def exported(ports: Ports, workspace: str, caller: Caller, wanted: Wanted) -> Stream:
    """The file, once it is known that there is one and who took how many is written down."""
    shop = await shop_of(ports, workspace)
    counted = await answered(ports, workspace, wanted.count)
    detail = {"people": sum(row["people"] for row in counted), **wanted.detail}
    act = Act(caller.actor, "exported", wanted.about, workspace, detail)
    await asyncio.to_thread(_record, ports, act)
    zone = ZoneInfo(shop.zone)
    name = f"{wanted.about.rpartition('/')[2]}-{ports.now().astimezone(zone):%Y-%m-%d}.csv"
    return Stream(
        _pages(ports, workspace, wanted, zone),
        media_type="text/csv",
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "Cache-Control": "no-store",
        },
    )


async def _pages(
    ports: Ports, workspace: str, wanted: Wanted, zone: ZoneInfo
) -> AsyncIterator[str]:
    """All of one moment, in the order of ids."""
    yield sheet.BEGINS + sheet.lines([HEAD])
    after = ""
    while True:
        ids = [row["person"] for row in await answered(ports, workspace, wanted.page(after))]
        if ids:
            found = await asyncio.to_thread(_contacts, ports, workspace, ids)
            yield sheet.lines(_row(one, zone) for one in found)
        if len(ids) < PAGE:
            return
        after = ids[-1]


def _row(one: Contact, zone: ZoneInfo) -> Sequence[str]:
    moments = [
        at.astimezone(zone).isoformat(timespec="seconds") if at else ""
        for at in (one.first_seen, one.last_seen)
    ]
    told = (one.email, one.phone, one.first_name, one.last_name, one.language)
    return (one.id, *(value or "" for value in told), one.level.value, *moments)


def _contacts(ports: Ports, workspace: str, ids: list[str]) -> list[Contact]:
    with ports.stores.people.connect() as connection:
        return directory.contacts(connection, workspace, ids)


def _record(ports: Ports, act: Act) -> None:
    with writing(ports.stores.control).begin() as connection:
        record(connection, act, ports.wall())


ROUTES: list[Any] = [export_people]
