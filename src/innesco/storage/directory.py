"""The list of people, as the admin UI pages and searches it."""

from datetime import datetime

import sqlalchemy as sa
from msgspec import Struct

from innesco.events.event import micros, moment_of
from innesco.events.fold import fold
from innesco.profiles.person import Level
from innesco.storage import tables


class Entry(Struct, frozen=True):
    id: str
    label: str  #: name, e-mail, customer number: what is known, folded
    level: Level
    last_seen: datetime


class Which(Struct, frozen=True):
    """`before` is (last seen, id) of the last one of the page before."""

    text: str = ""
    level: Level | None = None
    before: tuple[int, str] | None = None
    most: int = 50


def people(engine: sa.Engine, workspace: str, which: Which) -> list[Entry]:
    """Who was here last comes first."""
    query = (
        sa.select(_rows.id, _rows.label, _rows.level, _rows.last_seen)
        .where(_rows.workspace == workspace)
        .order_by(_rows.last_seen.desc(), _rows.id.desc())
        .limit(which.most)
    )
    if which.text:
        query = query.where(_rows.label.contains(fold(which.text), autoescape=True))
    if which.level is not None:
        query = query.where(_rows.level == which.level.value)
    if which.before is not None:
        place = sa.tuple_(_rows.last_seen, _rows.id)
        query = query.where(place < sa.tuple_(*map(sa.literal, which.before)))
    with engine.connect() as connection:
        return [
            Entry(name, label, Level(level), moment_of(last))
            for name, label, level, last in connection.execute(query)
        ]


def seen_since(engine: sa.Engine, workspace: str, moment: datetime) -> int:
    """How many people did something since then."""
    query = sa.select(sa.func.count()).where(
        _rows.workspace == workspace, _rows.last_seen >= micros(moment)
    )
    with engine.connect() as connection:
        return connection.scalar(query) or 0


_rows = tables.persons.c
