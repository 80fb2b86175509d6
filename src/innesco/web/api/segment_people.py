"""Who belongs to a segment, now or at a moment of the past: as a list, and as a file."""

import asyncio
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from litestar import get
from litestar.params import FromPath, QueryParameter
from litestar.response import Stream

from innesco.conditions.membership import InSegment
from innesco.events.event import micros
from innesco.storage.definitions import Name
from innesco.storage.why import Unanswered, as_of
from innesco.web.api import cursor
from innesco.web.api.caller import Asking
from innesco.web.api.conditions import SomePeople, entries, people_of
from innesco.web.api.everybody import answered, shop_of
from innesco.web.api.export import PAGE as FILE_PAGE, Wanted, exported, meant
from innesco.web.api.policy import EDITOR, VIEWER
from innesco.web.api.problem import Wrong, refused
from innesco.web.api.segment_lines import KIND
from innesco.web.api.segment_past import ONE, there
from innesco.web.ports import Given, Ports

PAGE = 50
Page = Annotated[str | None, QueryParameter(name="cursor", max_length=300)]
Moment = Annotated[str | None, QueryParameter(max_length=40, description="ISO 8601")]


@get(ONE + "/people", needs=VIEWER)
async def list_members_of_segment(
    workspace: FromPath[str],
    segment: FromPath[str],
    ports: Given,
    most: Annotated[int, QueryParameter(ge=1, le=200)] = PAGE,
    cursor_: Page = None,
    at: Moment = None,
) -> SomePeople:
    """Who belongs to it now, who was here last comes first; or who did at a moment, by id."""
    before = cursor.read(cursor_)
    await asyncio.to_thread(there, ports, Name(workspace, KIND, segment))
    if at is None:
        return await people_of(ports, workspace, InSegment(segment), most, before)
    moment = await _moment(ports, workspace, at)
    asked = _then(segment, moment, most).page(before[1] if before else "")
    ids = [row["person"] for row in await answered(ports, workspace, asked)]
    known = await asyncio.to_thread(entries, ports, workspace, ids)
    return SomePeople(
        [known[one] for one in ids if one in known],
        cursor.say(moment, ids[-1]) if len(ids) == most else None,
    )


@get(ONE + "/people.csv", needs=EDITOR, media_type="text/csv")
async def export_segment(
    workspace: FromPath[str],
    segment: FromPath[str],
    ports: Given,
    caller: Asking,
    at: Moment = None,
) -> Stream:
    """Who belongs to it now, or did at a moment, as a CSV file; the audit log says who took it."""
    name = Name(workspace, KIND, segment)
    await asyncio.to_thread(there, ports, name)
    if at is None:
        shop = await shop_of(ports, workspace)
        wanted = meant(InSegment(segment), str(name), ports.now(), shop.zone)
    else:
        wanted = _then(segment, await _moment(ports, workspace, at))
    return await exported(ports, workspace, caller, wanted)


def _then(segment: str, moment: int, most: int = FILE_PAGE) -> Wanted:
    """Who belonged at a moment, by the edition that served then."""
    from innesco.columns.stays import MembersAt, Sizes

    return Wanted(
        f"{KIND}/{segment}",
        {"at": moment},
        Sizes((moment,), segment),
        lambda after: MembersAt(segment, moment, most, after),
    )


async def _moment(ports: Ports, workspace: str, at: str) -> int:
    """As it is typed: of the shop's calendar, unless it names its zone; microseconds."""
    shop = await shop_of(ports, workspace)
    try:
        moment = as_of(at, None, ZoneInfo(shop.zone)).at
    except Unanswered as error:
        raise refused(400, str(error), error.mend, Wrong("at", str(error))) from error
    return micros(moment or ports.now())


ROUTES: list[Any] = [list_members_of_segment, export_segment]
