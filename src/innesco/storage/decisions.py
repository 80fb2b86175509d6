"""Decisions: what was decided of whom, when and why; never changed, kept for *why?*."""

from collections.abc import Iterable, Sequence

import msgspec
import sqlalchemy as sa

from innesco.events.event import micros, moment_of
from innesco.storage import tables
from innesco.turn import Decision


def keep(
    connection: sa.Connection, workspace: str, decided: Iterable[tuple[str, Decision]]
) -> None:
    """(profile, decision), in the order in which they were decided."""
    rows = [
        {
            "workspace": workspace,
            "person": profile,
            "seq": decision.seq,
            "n": decision.n,
            "moment": micros(decision.moment),
            "kind": decision.kind,
            "about": decision.about,
            "detail": msgspec.msgpack.encode(decision.detail),
        }
        for profile, decision in decided
    ]
    if rows:
        connection.execute(sa.insert(tables.decisions), rows)


def of_person(
    connection: sa.Connection, workspace: str, profiles: Sequence[str], most: int = 1000
) -> list[Decision]:
    """The newest decisions about a person, newest first."""
    held = tables.decisions.c
    query = (
        sa.select(held.n, held.kind, held.about, held.moment, held.seq, held.detail)
        .where(held.workspace == workspace, held.person.in_(profiles))
        .order_by(held.moment.desc(), held.seq.desc(), held.n.desc())
        .limit(most)
    )
    return [
        Decision(n, kind, about, moment_of(moment), seq, msgspec.msgpack.decode(detail))
        for n, kind, about, moment, seq, detail in connection.execute(query)
    ]
