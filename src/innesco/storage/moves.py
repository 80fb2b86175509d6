"""Moves: who entered and left which edition of a segment, when, and what made it so."""

from collections.abc import Iterator, Sequence

import sqlalchemy as sa

from innesco.events.event import micros, moment_of
from innesco.segments.edition import Move
from innesco.storage import tables

AT_ONCE = 10_000

_rows = tables.moves.c


def keep(connection: sa.Connection, workspace: str, moves: Sequence[tuple[str, Move]]) -> None:
    """Write them as they came."""
    if moves:
        rows = [_row(workspace, person, move) for person, move in moves]
        connection.execute(sa.insert(tables.moves), rows)


def every(connection: sa.Connection, workspace: str) -> Iterator[list[tuple[str, Move]]]:
    """All of a workspace, some thousands at a time."""
    after = 0
    while True:
        query = sa.select(tables.moves).where(_rows.workspace == workspace, _rows.position > after)
        found = connection.execute(query.order_by(_rows.position).limit(AT_ONCE)).mappings().all()
        if not found:
            return
        after = found[-1]["position"]
        yield [(row["person"], _move(row)) for row in found]


def _row(workspace: str, person: str, move: Move) -> dict[str, object]:
    return {
        "workspace": workspace,
        "person": person,
        "edition": move.edition,
        "moment": micros(move.moment),
        "seq": move.seq,
        "entered": move.entered,
        "because": move.because,
    }


def _move(row: sa.RowMapping) -> Move:
    return Move(
        row["edition"], moment_of(row["moment"]), row["seq"], row["entered"], row["because"]
    )
