"""The consent ledger: append-only, by address and purpose; what counts: `profiles/consent.py`."""

from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa

from innesco.events.event import micros, moment_of
from innesco.profiles.consent import stronger
from innesco.profiles.person import Consent
from innesco.storage import tables
from innesco.turn import Ledger


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
            "basis": line.basis,
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
) -> dict[str, Consent]:
    """The word that counts on each purpose, whoever's profile it was said for."""
    held = tables.consents.c
    query = (
        sa.select(held.purpose, held.state, held.moment, held.basis)
        .where(held.workspace == workspace, held.channel == channel, held.address == address)
        .order_by(held.seq)
    )
    found: dict[str, Consent] = {}
    for purpose, state, moment, basis in connection.execute(query):
        said = Consent(state, moment_of(moment), basis)
        found[purpose] = stronger(found.get(purpose, said), said)
    return found
