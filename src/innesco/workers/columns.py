"""Columns: owns DuckDB, follows live's change feed, and answers questions about everybody."""

import asyncio
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import sqlalchemy as sa
import structlog

from innesco.columns import feed, projection
from innesco.columns.owner import Owner
from innesco.columns.socket import answering
from innesco.profiles.history import History
from innesco.storage import consents, editions, history, moves, people, retention, tables
from innesco.workers.room import Room

IDLE_SECONDS = 0.2
BATCHES = 200
"""Rows of the feed taken in at once; more would hold the write lock for seconds."""
PEOPLE_AT_ONCE = 500

log = structlog.get_logger()


Work = Callable[[], int]
"""Does what there is to do, and answers how much that was."""


class Lost(NamedTuple):
    """Rows that follow are trimmed: columns are new, or followed nothing for days."""

    anew: bool = True


class Columns:
    """`follow` is called again and again, by the role or a test."""

    def __init__(self, people: sa.Engine, data: Path) -> None:
        self.data = data
        self.owner = Owner(data / "columns")
        self._people = people
        self._seen = 0  # the position in the feed up to which no workspace has news

    def follow(self) -> int:
        """Take in what is new, of every workspace; answers how many rows of the feed that was."""
        with self._people.connect() as connection:
            news = feed.news(connection, self._seen)
        taken = sum(self._follow(workspace) for workspace in news)
        self._seen = max([self._seen, *news.values()])
        return taken

    def rebuild(self, workspace: str) -> None:
        """Make a workspace's columns anew from the records of live."""
        with self._people.connect() as connection, self.owner.cursor(workspace) as cursor:
            at = max(feed.last(connection, workspace), retention.trimmed(connection, workspace))
            seq = history.last_seq(connection, workspace)
            projection.load(cursor, _records(connection, workspace), at, seq)
        log.info("columns.rebuilt", workspace=workspace, position=at)

    def close(self) -> None:
        self.owner.close()

    def _follow(self, workspace: str) -> int:
        taken = 0
        with self.owner.cursor(workspace) as cursor:
            at = projection.position(cursor) or 0
            while changes := self._read(workspace, at):
                if isinstance(changes, Lost):
                    self.rebuild(workspace)
                    return taken + 1
                projection.apply(cursor, changes)
                taken, at = taken + len(changes), changes[-1].position
            if projection.tail_rows(cursor) > projection.LONGEST_TAIL:
                projection.recluster(cursor)
        return taken

    def _read(self, workspace: str, at: int) -> list[feed.Change] | Lost:
        """Both are of one snapshot, so nothing is trimmed between the question and the reading."""
        with self._people.connect() as connection:
            if at < retention.trimmed(connection, workspace):
                return Lost()
            return feed.read(connection, workspace, at, BATCHES)


async def run_columns(columns: Columns, stop: asyncio.Event, *also: Work) -> None:
    """Follow and answer until told to stop; what else is done here keeps nobody from following."""
    async with answering(columns.owner, columns.data):
        await asyncio.gather(*(_again(work, stop) for work in (columns.follow, *also)))


async def _again(work: Work, stop: asyncio.Event) -> None:
    """At once while there is something to do, else after a moment."""
    room = Room()
    while not stop.is_set():
        try:
            busy = await asyncio.to_thread(work)
        except Exception as error:
            await room.missing(error, stop)
            continue
        room.there()
        if busy:
            continue
        try:
            await asyncio.wait_for(stop.wait(), IDLE_SECONDS)
        except TimeoutError:
            continue


def _records(connection: sa.Connection, workspace: str) -> Iterator[feed.Told]:
    """Everything live keeps of a workspace, some people at a time, as one snapshot."""
    yield feed.Told(
        consents=[
            feed.ConsentRow(**row) for row in consents.ledger(connection, workspace).mappings()
        ]
    )
    kept = editions.every(connection, workspace)
    yield feed.Told(editions=[feed.edition_row(one) for one in kept])
    by_now = people.became(connection, workspace)
    for some in moves.every(connection, workspace):
        rows = [feed.move_row(by_now.get(name, name), move) for name, move in some]
        yield feed.Told(moves=rows)
    held = tables.persons.c
    query = sa.select(held.id).where(held.workspace == workspace).order_by(held.id)
    names = list(connection.scalars(query))
    for n in range(0, len(names), PEOPLE_AT_ONCE):
        yield _people(connection, workspace, names[n : n + PEOPLE_AT_ONCE])


def _people(connection: sa.Connection, workspace: str, some: list[str]) -> feed.Told:
    states = people.load(connection, workspace, some)
    profiles = people.profiles_of(connection, workspace, some)
    hers = [one for many in profiles.values() for one in many]
    written = history.load(connection, workspace, hers)
    return feed.Told(
        history=[
            feed.history_row(name, event)
            for name in some
            for event in History(
                kept for profile in profiles[name] for kept in written.get(profile, ())
            )
        ],
        persons=[feed.person_row(state.person, state.journeys) for state in states.values()],
    )
