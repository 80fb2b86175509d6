"""Segments: the list with its figures, one with its versions and people, publishing, going back."""

import asyncio
import re
from typing import Annotated, Any

import msgspec
from litestar import delete, get, post, put
from litestar.exceptions import HTTPException
from litestar.params import FromPath, JSONBody, QueryParameter
from msgspec import Struct

from innesco.events.fold import fold
from innesco.segments.segment import Segment
from innesco.storage import definitions, editions, usage, workspaces
from innesco.storage.definitions import Name, State, Version
from innesco.storage.editions import Kept
from innesco.storage.engines import writing
from innesco.web.api.archive import archived, changed, in_use
from innesco.web.api.caller import Asking
from innesco.web.api.conditions import (
    ByLanguage,
    condition_of,
    sentence,
)
from innesco.web.api.everybody import answered
from innesco.web.api.members import PATH
from innesco.web.api.policy import EDITOR, VIEWER
from innesco.web.api.problem import Wrong, missing, refused
from innesco.web.api.segment_lines import KIND, Figures, SegmentLine, line, lines, segment_of
from innesco.web.api.segment_past import there, trend
from innesco.web.ports import Given, Ports

PAGE = 50
ID = re.compile(r"[a-z0-9][a-z0-9_-]{0,99}")
Text = Annotated[str, QueryParameter(max_length=300)]
Page = Annotated[str | None, QueryParameter(name="cursor", max_length=300)]
ONE = PATH + "/segments/{segment:str}"


class Segments(Struct, frozen=True):
    segments: list[SegmentLine]
    tags: list[str]  #: all that any of them has, to filter by


class SegmentPage(Struct, frozen=True):
    line: SegmentLine
    document: dict[str, Any]  #: what is in force, else the newest
    draft: dict[str, Any] | None  #: when it differs from what is in force
    sentence: ByLanguage
    draft_sentence: ByLanguage | None
    versions: list[Version]


@get(PATH + "/segments", needs=VIEWER)
async def list_segments(
    workspace: FromPath[str],
    ports: Given,
    search: Text = "",
    tag: Text = "",
    state_: Annotated[State | None, QueryParameter(name="state")] = None,
) -> Segments:
    """Segments by id, with their size; by words of their name or purpose, by tag, by state."""
    figures = await _figures(ports, workspace)
    found = await asyncio.to_thread(_lines, ports, workspace, figures)
    wanted = fold(search).split()
    shown = [
        one
        for one in found
        if (not tag or tag in one.tags)
        and (state_ is None or one.state == state_)
        and all(word in _spoken(one) for word in wanted)
    ]
    return Segments(shown, sorted({tag for one in found for tag in one.tags}))


@get(ONE, needs=VIEWER)
async def look_at_segment(
    workspace: FromPath[str], segment: FromPath[str], ports: Given
) -> SegmentPage:
    """One segment: its document and its draft, each in a sentence, and its versions."""
    figures = await _figures(ports, workspace)
    return await asyncio.to_thread(_page, ports, Name(workspace, KIND, segment), figures)


@put(ONE + "/draft", needs=EDITOR, sync_to_thread=True)
def draft_segment(
    workspace: FromPath[str],
    segment: FromPath[str],
    data: JSONBody[dict[str, Any]],
    ports: Given,
    caller: Asking,
) -> Version:
    """Keep a draft; what is in force goes on unchanged until the draft is published."""
    _checked(data, segment)
    body = msgspec.json.encode(data)
    with writing(ports.stores.control).begin() as connection:
        name = Name(workspace, KIND, segment)
        return definitions.save_draft(connection, name, body, caller.actor, ports.wall())


@post(ONE + "/publish", needs=EDITOR, status_code=200, sync_to_thread=True)
def publish_segment(
    workspace: FromPath[str], segment: FromPath[str], ports: Given, caller: Asking
) -> Version:
    """Put the newest version in force. Circles, and segments that are not there, are refused."""
    return changed(ports, definitions.publish, Name(workspace, KIND, segment), caller.actor)


@post(ONE + "/archive", needs=EDITOR, status_code=200, sync_to_thread=True)
def archive_segment(
    workspace: FromPath[str], segment: FromPath[str], ports: Given, caller: Asking
) -> Version:
    """Take it out of use; refused while another definition, a draft too, names it."""
    return archived(ports, Name(workspace, KIND, segment), caller.actor)


@post(ONE + "/undo", needs=EDITOR, status_code=200, sync_to_thread=True)
def undo_segment(
    workspace: FromPath[str], segment: FromPath[str], ports: Given, caller: Asking
) -> Version:
    """Publish the version before the one in force, as a new one; a draft stays a draft."""
    name = Name(workspace, KIND, segment)
    with ports.stores.control.connect() as connection:
        if not definitions.versions(connection, name):
            raise missing("segment")
        if definitions.before(connection, name) is None:
            raise refused(409, "There is no version before the one in force", "Edit it instead.")
    return changed(ports, definitions.go_back, name, caller.actor)


@post(ONE + "/cancel", needs=EDITOR, status_code=200, sync_to_thread=True)
def cancel_segment(
    workspace: FromPath[str], segment: FromPath[str], ports: Given, caller: Asking
) -> Version:
    """Give up what is being built: it is a draft again, and what serves goes on serving."""
    name, stores = Name(workspace, KIND, segment), ports.stores
    there(ports, name)
    with stores.people.connect() as connection:
        serves = editions.serving(connection, workspace, segment)
    version = definitions.take_back(
        stores.control,
        stores.journal,
        name,
        serves,
        caller.actor,
        ports.wall(),
        ports.now(),
    )
    if version is None:
        raise refused(409, "Nothing is being built", "To return to an older version, undo.")
    return version


@delete(ONE, needs=EDITOR, status_code=204, sync_to_thread=True)
def discard_segment(
    workspace: FromPath[str], segment: FromPath[str], ports: Given, caller: Asking
) -> None:
    """Drop a draft that was never published; what was once in force is archived instead."""
    name = Name(workspace, KIND, segment)
    with writing(ports.stores.control).begin() as connection:
        if not definitions.versions(connection, name):
            raise missing("segment")
        if users := usage.used_by(connection, name):
            raise in_use(name, users)
        if not definitions.discard(connection, name, caller.actor, ports.wall()):
            raise refused(409, "It was in force once, and its history stays", "Archive it instead.")


# -- looking up -----------------------------------------------------------------------------------


async def _figures(ports: Ports, workspace: str) -> Figures:
    """How many belong to each; the list is shown without, while nobody counts."""
    from innesco.columns.questions import Totals
    from innesco.columns.seen import Seen

    try:
        [totals] = await answered(ports, workspace, Totals())
        rows = await answered(ports, workspace, Seen("segment", most=100_000))
        sizes = await trend(ports, workspace)
    except HTTPException:
        return Figures(editions=await asyncio.to_thread(_standing, ports, workspace))
    return Figures(
        {row["value"]: row["times"] for row in rows},
        totals["people"],
        sizes,
        await asyncio.to_thread(_standing, ports, workspace),
    )


def _standing(ports: Ports, workspace: str) -> dict[str, list[Kept]]:
    """Editions that serve or are being built, by segment."""
    found: dict[str, list[Kept]] = {}
    with ports.stores.people.connect() as connection:
        for one in editions.every(connection, workspace):
            if one.ended is None:
                found.setdefault(one.edition.segment, []).append(one)
    return found


def _lines(ports: Ports, workspace: str, figures: Figures) -> list[SegmentLine]:
    with ports.stores.control.connect() as connection:
        return lines(connection, workspace, figures)


def _page(ports: Ports, name: Name, figures: Figures) -> SegmentPage:
    with ports.stores.control.connect() as connection:
        versions = definitions.versions(connection, name)
        if not versions:
            raise missing("segment")
        shop = workspaces.settings(connection, name.workspace)
        force = definitions.in_force(connection, name) or versions[0]
        newer = versions[0] if versions[0].hash != force.hash else None
        draft = segment_of(connection, newer) if newer else None
        shown = line(connection, name, figures)
        return SegmentPage(
            shown,
            msgspec.json.decode(definitions.document(connection, force.hash)),
            msgspec.json.decode(definitions.document(connection, newer.hash)) if newer else None,
            shown.sentence,
            sentence(draft.when, shop) if draft else None,
            versions,
        )


def _spoken(one: SegmentLine) -> str:
    return fold(" ".join([one.id, *one.name.values(), *one.about.values(), *one.tags]))


def _checked(document: dict[str, Any], segment: str) -> None:
    """Refuses what is no segment, with the place of what is wrong."""
    if not ID.fullmatch(segment):
        wrong = Wrong("id", "small letters, digits, - and _; a hundred at most")
        raise refused(400, "This is no id of a segment", "Such as best-customers.", wrong)
    if document.get("id") != segment:
        raise refused(400, "The segment has another id", "", Wrong("id", f"must be {segment}"))
    if "when" in document:
        condition_of(document["when"], "when")
    try:
        msgspec.convert(document, Segment)
    except msgspec.ValidationError as error:
        reason, _, place = str(error).partition(" - at `$")
        wrong = Wrong(place.strip("`."), reason)
        raise refused(400, "This is no segment", "Mend the place named.", wrong) from error


ROUTES: list[Any] = [
    list_segments,
    look_at_segment,
    draft_segment,
    publish_segment,
    archive_segment,
    undo_segment,
    cancel_segment,
    discard_segment,
]
