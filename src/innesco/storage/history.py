"""History on disk: chunks of events by the profile they were written for."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

import sqlalchemy as sa

from innesco.profiles.history import Kept, chunk, unchunk
from innesco.storage import tables
from innesco.storage.beside import Beside

LARGE = 500
"""A chunk of so many events is left alone."""
AT_ONCE = 1_000
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


Whose = tuple[str, str]
"""A workspace and a profile."""


class Small(NamedTuple):
    """Small chunks that follow each other: where the first and the last begin, and their events."""

    whose: Whose
    first: int
    last: int
    events: int


def compact(
    people: sa.Engine,
    histories: Iterable[Whose],
    beside: Beside,
    say: Callable[[int], None] = lambda done: None,
) -> int:
    """Rewrite small chunks that follow each other as few large ones; answers in how many histories.

    Those before and after a large one stay apart: chunks are read in the order of their first
    event, and none may reach over another. What a commit is to rewrite is looked up without a lock,
    since whoever writes meanwhile adds chunks behind it.
    """
    done, last = 0, None
    for some in _some(one for whose in histories for one in _small(people, whose)):
        with beside.commit(people) as connection:
            for one in some:
                _join(connection, one)
        for one in some:
            done, last = done + (one.whose != last), one.whose
        say(done)
    return done


def _some(small: Iterable[Small]) -> Iterator[list[Small]]:
    """As much as one commit rewrites: of many short histories, or a part of a long one."""
    some: list[Small] = []
    events = 0
    for one in small:
        some.append(one)
        events += one.events
        if events >= AT_ONCE:
            yield some
            some, events = [], 0
    if some:
        yield some


def _small(people: sa.Engine, whose: Whose) -> Iterator[Small]:
    """A long row of small chunks in parts, of which each takes in what the last had left over."""
    held = tables.history.c
    mine = sa.tuple_(held.workspace, held.person) == sa.tuple_(*whose)
    query = sa.select(held.first_seq, held.events).where(mine).order_by(held.first_seq)
    with people.connect() as connection:
        places = connection.execute(query).all()
    for large, together in groupby(places, key=lambda place: place.events >= LARGE):
        row = list(together)
        if large or len(row) < 2:
            continue
        events = 0
        for place in row:
            events += place.events
            if events >= AT_ONCE or place is row[-1]:
                yield Small(whose, row[0].first_seq, place.first_seq, events)
                events = 0


def _join(connection: sa.Connection, small: Small) -> None:
    theirs = (*small.whose, small.first, small.last, LARGE)
    bodies = connection.exec_driver_sql(f"SELECT chunk FROM history {_THEIRS}", theirs).scalars()
    events = sorted((one for body in bodies for one in unchunk(body)), key=lambda one: one.seq)
    connection.exec_driver_sql(f"DELETE FROM history {_THEIRS}", theirs)
    workspace, profile = small.whose
    for n in range(0, len(events), LARGE):
        keep(connection, workspace, {profile: events[n : n + LARGE]})


def scattered(people: sa.Engine, chunks: int) -> Iterator[Whose]:
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
_THEIRS = "WHERE workspace = ? AND person = ? AND first_seq BETWEEN ? AND ? AND events < ?"
