"""A segment in the list: its sentence, its size, its state, and what names it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Literal

import msgspec
import sqlalchemy as sa
from msgspec import Struct

from innesco.definitions.workspace import Workspace
from innesco.segments.segment import Segment
from innesco.storage import definitions, usage, workspaces
from innesco.storage.definitions import Name, State, Version
from innesco.storage.editions import Kept
from innesco.storage.usage import Use
from innesco.web.api.conditions import ByLanguage, sentence

KIND = "segment"


class Building(Struct, frozen=True):
    """Who belongs is being worked out; the membership before it serves until it is whole."""

    phase: Literal["waiting", "asking", "applying"]  #: to be heard; everybody; person by person
    done: int  #: people whose answer is applied
    of: int  #: 0 while everybody is being asked


class SegmentLine(Struct, frozen=True, kw_only=True):
    id: str
    name: ByLanguage
    about: ByLanguage
    tags: list[str]
    static: bool  #: a list: nothing that anybody does changes who belongs
    state: State
    version: int
    changed: datetime
    by: str | None
    has_draft: bool  #: a newer version than the one in force waits to be published
    sentence: ByLanguage
    people: int | None  #: who belong; None while nobody counts, or of a draft
    all: int | None  #: how many people there are
    trend: list[int]  #: its size at the end of each of the last 30 days, the last is now
    building: Building | None
    used_by: list[Use]


class Figures(Struct, frozen=True):
    """What was counted over everybody; empty when nobody counts. By segment."""

    members: Mapping[str, int] = {}
    all: int | None = None
    sizes: Mapping[str, list[int]] = {}
    editions: Mapping[str, list[Kept]] = {}  #: that serve or are being built

    def people(self, segment: str) -> int | None:
        """None before its first edition serves: nobody knows yet who belongs."""
        known = self.all is not None and self._serves(segment)
        return self.members.get(segment, 0) if known else None

    def building(self, segment: str, hash: str) -> Building | None:
        """How far what is in force is; None once it serves."""
        mine = self.editions.get(segment, [])
        if any(one.edition.hash == hash and one.edition.whole is not None for one in mine):
            return None
        built = next((one for one in mine if one.edition.whole is None), None)
        if built is None or built.edition.hash != hash:
            return Building("waiting", 0, 0)
        if built.edition.built is None:
            return Building("asking", 0, 0)
        return Building("applying", built.taken, built.rows)

    def _serves(self, segment: str) -> bool:
        return any(one.edition.whole is not None for one in self.editions.get(segment, []))


def lines(connection: sa.Connection, workspace: str, figures: Figures) -> list[SegmentLine]:
    """All of a workspace, by id; archived ones too."""
    names = definitions.named(connection, workspace, KIND)
    users = usage.users(connection, workspace)
    shop = workspaces.settings(connection, workspace)
    return [_line(connection, one, shop, figures, users.get((KIND, one.id), [])) for one in names]


def line(connection: sa.Connection, name: Name, figures: Figures) -> SegmentLine:
    """One of them, which there must be."""
    shop = workspaces.settings(connection, name.workspace)
    return _line(connection, name, shop, figures, usage.used_by(connection, name))


def segment_of(connection: sa.Connection, version: Version) -> Segment:
    return msgspec.json.decode(definitions.document(connection, version.hash), type=Segment)


def _line(
    connection: sa.Connection, name: Name, shop: Workspace, figures: Figures, users: list[Use]
) -> SegmentLine:
    versions = definitions.versions(connection, name)
    shown = definitions.in_force(connection, name) or versions[0]
    segment, in_force = segment_of(connection, shown), shown.state == "published"
    return SegmentLine(
        id=name.id,
        name=segment.name,
        about=segment.about,
        tags=list(segment.tags),
        static=not segment.when.listens(),
        state=shown.state,
        version=shown.version,
        changed=shown.created,
        by=shown.author,
        has_draft=versions[0].state == "draft" and shown is not versions[0],
        sentence=sentence(segment.when, shop),
        people=figures.people(name.id) if in_force else None,
        all=figures.all,
        trend=figures.sizes.get(name.id, []) if in_force else [],
        building=figures.building(name.id, shown.hash) if in_force else None,
        used_by=users,
    )
