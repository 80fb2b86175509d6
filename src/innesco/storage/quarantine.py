"""The quarantine: events that never became one, each with its reason and its place."""

from datetime import datetime

import sqlalchemy as sa
from msgspec import Struct

from innesco.events.event import Source, moment_of
from innesco.storage import tables


class Held(Struct, frozen=True):
    seq: int
    reason: str  #: `number too large`
    place: str  #: `properties.price`
    source: Source
    received: datetime
    body: str  #: as it came, the first 32 kB


def held(
    connection: sa.Connection, workspace: str, before: int | None = None, most: int = 50
) -> list[Held]:
    """The newest first."""
    query = sa.select(tables.quarantine).where(_rows.workspace == workspace)
    if before is not None:
        query = query.where(_rows.seq < before)
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


def reasons(connection: sa.Connection, workspace: str) -> dict[str, int]:
    """How many were held for each reason."""
    query = (
        sa.select(_rows.reason, sa.func.count())
        .where(_rows.workspace == workspace)
        .group_by(_rows.reason)
        .order_by(sa.func.count().desc())
    )
    return {reason: number for reason, number in connection.execute(query)}


_rows = tables.quarantine.c
