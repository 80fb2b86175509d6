"""History on disk: chunks of events by the profile they were written for."""

from collections.abc import Mapping, Sequence
from itertools import groupby

import sqlalchemy as sa

from innesco.profiles.history import Kept, chunk, unchunk
from innesco.storage import tables

LARGE = 500
"""A chunk of so many events is left alone."""


def load(
    connection: sa.Connection, workspace: str, profiles: Sequence[str]
) -> dict[str, list[Kept]]:
    """The events written for these profiles, oldest place first."""
    held = tables.history.c
    found: dict[str, list[Kept]] = {}
    for n in range(0, len(profiles), 500):
        query = (
            sa.select(held.person, held.chunk)
            .where(held.workspace == workspace, held.person.in_(profiles[n : n + 500]))
            .order_by(held.person, held.first_seq)
        )
        for profile, body in connection.execute(query):
            found.setdefault(profile, []).extend(unchunk(body))
    return found


def last_seq(connection: sa.Connection, workspace: str) -> int:
    """The place of the last event that was kept, 0 before the first."""
    held = tables.history.c
    query = sa.select(sa.func.max(held.last_seq)).where(held.workspace == workspace)
    return connection.scalar(query) or 0


def keep(connection: sa.Connection, workspace: str, new: Mapping[str, Sequence[Kept]]) -> None:
    """One chunk more for each of these profiles."""
    rows = [
        (workspace, profile, events[0].seq, events[-1].seq, len(events), chunk(events))
        for profile, events in new.items()
    ]
    if rows:
        connection.exec_driver_sql(_INSERT, rows)


def compact(connection: sa.Connection, workspace: str, profile: str) -> int:
    """Rewrite small chunks that follow each other as few large ones; answers how many there were.

    Those before and after a large one stay apart: chunks are read in the order of their first
    event, and none may reach over another.
    """
    held = tables.history.c
    mine = sa.and_(held.workspace == workspace, held.person == profile)
    query = sa.select(held.first_seq, held.events).where(mine).order_by(held.first_seq)
    found = connection.execute(query).all()
    small = 0
    for large, together in groupby(found, key=lambda row: row.events >= LARGE):
        firsts = [row.first_seq for row in together]
        if not large:
            small += len(firsts)
            _join(connection, workspace, profile, firsts)
    return small


def _join(connection: sa.Connection, workspace: str, profile: str, firsts: list[int]) -> None:
    if len(firsts) < 2:
        return
    held = tables.history.c
    theirs = sa.and_(
        held.workspace == workspace,
        held.person == profile,
        held.first_seq.between(firsts[0], firsts[-1]),
    )
    bodies = connection.scalars(sa.select(held.chunk).where(theirs)).all()
    events = sorted((one for body in bodies for one in unchunk(body)), key=lambda one: one.seq)
    connection.execute(sa.delete(tables.history).where(theirs))
    for n in range(0, len(events), LARGE):
        keep(connection, workspace, {profile: events[n : n + LARGE]})


def scattered(people: sa.Engine, chunks: int) -> list[tuple[str, str]]:
    """(workspace, profile) of those who have so many small chunks."""
    held = tables.history.c
    query = (
        sa.select(held.workspace, held.person)
        .where(held.events < LARGE)
        .group_by(held.workspace, held.person)
        .having(sa.func.count() >= chunks)
    )
    with people.connect() as connection:
        return [(workspace, profile) for workspace, profile in connection.execute(query)]


_INSERT = (
    "INSERT INTO history (workspace, person, first_seq, last_seq, events, chunk)"
    " VALUES (?, ?, ?, ?, ?, ?)"
)
"""In the driver's own words: naming each value costs more than writing it."""
