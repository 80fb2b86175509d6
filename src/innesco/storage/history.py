"""History on disk: chunks of events by the profile they were written for."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

import sqlalchemy as sa

from innesco.profiles.history import Kept, chunk, unchunk
from innesco.storage import tables
from innesco.storage.beside import Beside

LARGE = 500
"""A chunk of so many events is left alone."""
AT_ONCE = 2_000
"""Events rewritten in one commit."""
PAGE = 20_000
"""Chunks looked at in one read, and what is left of the last person's."""


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


def compact(people: sa.Engine, workspace: str, profile: str, beside: Beside) -> int:
    """Rewrite small chunks that follow each other as few large ones; answers how many fewer.

    Those before and after a large one stay apart: chunks are read in the order of their first
    event, and none may reach over another. A long history takes several commits; what they are to
    rewrite is looked up without a lock, since whoever writes meanwhile adds chunks behind it.
    """
    fewer = 0
    for neighbours in _small(people, workspace, profile):
        waiting: list[Place] = []
        for n, place in enumerate(neighbours, start=1):
            waiting.append(place)
            enough = sum(one.events for one in waiting) >= AT_ONCE
            if len(waiting) > 1 and (enough or n == len(neighbours)):
                with beside.commit(people) as connection:
                    made = _join(connection, workspace, profile, waiting)
                fewer += len(waiting) - len(made)
                waiting = [one for one in made[-1:] if one.events < LARGE]
    return fewer


class Place(NamedTuple):
    """Where a chunk begins, and how many events it has."""

    first: int
    events: int


def _small(people: sa.Engine, workspace: str, profile: str) -> Iterator[list[Place]]:
    """Small chunks that follow each other."""
    held = tables.history.c
    mine = sa.and_(held.workspace == workspace, held.person == profile)
    query = sa.select(held.first_seq, held.events).where(mine).order_by(held.first_seq)
    with people.connect() as connection:
        places = [Place(*row) for row in connection.execute(query)]
    for large, together in groupby(places, key=lambda place: place.events >= LARGE):
        if not large:
            yield list(together)


def _join(
    connection: sa.Connection, workspace: str, profile: str, places: Sequence[Place]
) -> list[Place]:
    held = tables.history.c
    theirs = sa.and_(
        held.workspace == workspace,
        held.person == profile,
        held.first_seq.between(places[0].first, places[-1].first),
    )
    bodies = connection.scalars(sa.select(held.chunk).where(theirs)).all()
    events = sorted((one for body in bodies for one in unchunk(body)), key=lambda one: one.seq)
    connection.execute(sa.delete(tables.history).where(theirs))
    chunks = [events[n : n + LARGE] for n in range(0, len(events), LARGE)]
    for one in chunks:
        keep(connection, workspace, {profile: one})
    return [Place(one[0].seq, len(one)) for one in chunks]


def scattered(people: sa.Engine, chunks: int) -> Iterator[tuple[str, str]]:
    """(workspace, profile) of those who have so many small chunks.

    Some thousand chunks in one read: as long as one lasts, SQLite cannot use the room again of
    what others write, and its write-ahead log grows.
    """
    held = tables.history.c
    place = sa.tuple_(held.workspace, held.person)
    some = sa.select(held.workspace, held.person).order_by(held.workspace, held.person)
    many = sa.select(held.workspace, held.person).where(held.events < LARGE)
    many = many.group_by(held.workspace, held.person).having(sa.func.count() >= chunks)
    beyond: sa.ColumnElement[bool] = sa.true()
    while True:
        with people.connect() as connection:
            end = connection.execute(some.where(beyond).limit(1).offset(PAGE)).one_or_none()
            until = sa.true() if end is None else place <= sa.tuple_(*end)
            found = connection.execute(many.where(beyond, until)).all()
        yield from ((workspace, profile) for workspace, profile in found)
        if end is None:
            return
        beyond = place > sa.tuple_(*end)


_INSERT = (
    "INSERT INTO history (workspace, person, first_seq, last_seq, events, chunk)"
    " VALUES (?, ?, ?, ?, ?, ?)"
)
"""In the driver's own words: naming each value costs more than writing it."""
