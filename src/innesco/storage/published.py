"""Published: which document of each kind is in force, and since which place in the log."""

from collections.abc import Callable
from datetime import datetime

import sqlalchemy as sa

from innesco.definitions import definitions
from innesco.definitions.definitions import Definitions, Published
from innesco.events.event import micros
from innesco.storage import editions, tables
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


def decoded(
    connection: sa.Connection,
    workspace: str,
    document: Callable[[str], bytes],
    seq: int | None = None,
) -> Definitions:
    """What was in force at a place in the log, or is now, as the way of an event reads it."""
    words = [word for _, word in in_force(connection, workspace, seq)]
    standing = editions.standing(connection, workspace, seq)
    return definitions.in_force(
        workspace,
        [Published(w.kind, w.id, w.hash, w.state, document(w.hash)) for w in words],
        {one: document(one.hash) for one in standing},
    )
