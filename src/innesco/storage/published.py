"""Published: which document of each kind is in force, and since which place in the log."""

from datetime import datetime

import sqlalchemy as sa

from innesco.events.event import micros
from innesco.storage import tables
from innesco.storage.definitions import Word


def keep(connection: sa.Connection, workspace: str, seq: int, word: Word, at: datetime) -> None:
    connection.execute(
        sa.insert(tables.published).values(
            workspace=workspace,
            seq=seq,
            kind=word.kind,
            id=word.id,
            hash=word.hash,
            state=word.state,
            moment=micros(at),
        )
    )


def in_force(
    connection: sa.Connection, workspace: str, seq: int | None = None
) -> list[tuple[int, Word]]:
    """The last word on each definition, as of a place in the log or now, with its place."""
    held = tables.published.c
    query = (
        sa.select(held.seq, held.kind, held.id, held.hash, held.state)
        .where(held.workspace == workspace)
        .order_by(held.seq)
    )
    if seq is not None:
        query = query.where(held.seq <= seq)
    last = {
        (kind, name): (since, Word(kind, name, digest, state))
        for since, kind, name, digest, state in connection.execute(query)
    }
    return [last[key] for key in sorted(last)]
