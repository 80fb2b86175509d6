"""The consent ledger: append-only, by address and purpose; the last line counts."""

from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa
from msgspec import Struct

from innesco.events.event import micros
from innesco.storage import tables
from innesco.turn import Ledger


class Standing(Struct, frozen=True):
    """The last word on one purpose: `given` since when, on which basis."""

    state: str
    basis: str
    moment: int  #: microseconds
    seq: int


def append(connection: sa.Connection, workspace: str, lines: Iterable[tuple[str, Ledger]]) -> None:
    """(profile, line), in the order of the log."""
    rows = [
        {
            "workspace": workspace,
            "channel": line.channel,
            "address": line.address,
            "purpose": line.purpose,
            "seq": line.seq,
            "state": line.state,
            "basis": "consent",
            "moment": micros(line.moment),
            "evidence": line.evidence.decode(errors="replace"),
            "person": profile,
        }
        for profile, line in lines
    ]
    if rows:
        connection.execute(
            sa.insert(tables.consents).prefix_with("OR IGNORE", dialect="sqlite"), rows
        )


def ledger(connection: sa.Connection, workspace: str) -> sa.CursorResult[Any]:
    """Every line of a workspace, in the order of the log."""
    held = tables.consents.c
    names = ("person", "channel", "address", "purpose", "state", "moment", "seq")
    query = sa.select(*(held[name] for name in names)).where(held.workspace == workspace)
    return connection.execute(query.order_by(held.seq))


def standing(
    connection: sa.Connection, workspace: str, channel: str, address: str
) -> dict[str, Standing]:
    """The last word on each purpose; an unconfirmed request does not undo what was given."""
    held = tables.consents.c
    query = (
        sa.select(held.purpose, held.state, held.basis, held.moment, held.seq)
        .where(held.workspace == workspace, held.channel == channel, held.address == address)
        .order_by(held.seq)
    )
    found: dict[str, Standing] = {}
    for purpose, state, basis, moment, seq in connection.execute(query):
        before = found.get(purpose)
        if state == "pending" and before and before.state == "given":
            continue
        found[purpose] = Standing(state, basis, moment, seq)
    return found
