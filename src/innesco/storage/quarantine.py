"""The quarantine: events that never became one, each with its reason and its place."""

from datetime import datetime

import sqlalchemy as sa
from msgspec import Struct

from innesco.events.event import Source, micros, moment_of
from innesco.storage import tables


class Held(Struct, frozen=True):
    seq: int
    reason: str  #: `number too large`
    place: str  #: `properties.price`
    source: Source
    received: datetime
    body: str  #: as it came, the first 32 kB


class Reason(Struct, frozen=True):
    """Why events were held, the most frequent first."""

    reason: str
    events: int
    last: datetime  #: when the newest of them came


def held(
    connection: sa.Connection,
    workspace: str,
    before: int | None = None,
    most: int = 50,
    reason: str | None = None,
) -> list[Held]:
    """The newest first; of one reason, or of all."""
    query = sa.select(tables.quarantine).where(_rows.workspace == workspace)
    if before is not None:
        query = query.where(_rows.seq < before)
    if reason is not None:
        query = query.where(_rows.reason == reason)
    return [
        Held(
            row.seq,
            row.reason,
            row.place,
            Source(row.source),
            moment_of(row.received),
            bytes(row.body).decode(errors="replace"),
        )
        for row in connection.execute(query.order_by(_rows.seq.desc()).limit(most))
    ]


def reasons(connection: sa.Connection, workspace: str) -> list[Reason]:
    """How many were held for each reason."""
    many = sa.func.count()
    query = (
        sa.select(_rows.reason, many, sa.func.max(_rows.received))
        .where(_rows.workspace == workspace)
        .group_by(_rows.reason)
        .order_by(many.desc(), _rows.reason)
    )
    return [
        Reason(reason, number, moment_of(last))
        for reason, number, last in connection.execute(query)
    ]


def since(connection: sa.Connection, workspace: str, moment: datetime) -> int:
    """How many were held since then."""
    query = sa.select(sa.func.count()).where(
        _rows.workspace == workspace, _rows.received >= micros(moment)
    )
    return connection.scalar(query) or 0


def size(connection: sa.Connection) -> int:
    """How many are held, of all workspaces."""
    return connection.scalar(sa.select(sa.func.count()).select_from(tables.quarantine)) or 0


_rows = tables.quarantine.c
