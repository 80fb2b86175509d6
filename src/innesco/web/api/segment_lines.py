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
from innesco.storage.usage import Use
from innesco.web.api.conditions import ByLanguage, sentence

KIND = "segment"


class Building(Struct, frozen=True):
    """Who belongs is being worked out; the membership before it serves until it is whole."""

    phase: Literal["waiting", "asking", "applying"]
    done: int
    of: int


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
    trend: list[int]  #: its size day by day, the oldest first
    building: Building | None
    used_by: list[Use]


class Figures(Struct, frozen=True):
    """What was counted over everybody; empty when nobody counts."""

    members: Mapping[str, int] = {}
    all: int | None = None

    def people(self, segment: str, state: State) -> int | None:
        counts = self.all is not None and state == "published"
        return self.members.get(segment, 0) if counts else None


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
    segment = segment_of(connection, shown)
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
        people=figures.people(name.id, shown.state),
        all=figures.all,
        trend=[],
        building=None,
        used_by=users,
    )
