"""The past of a person as *why* tells it again: events, merges, publications, clock rows."""

from collections.abc import Callable, Sequence
from functools import lru_cache

import sqlalchemy as sa

from innesco.definitions.definitions import Definitions, Published, in_force
from innesco.events.event import moment_of
from innesco.profiles.history import Heard, open_kept
from innesco.refold import DefinitionsAt, Joined, Past, Tick
from innesco.storage import history, people, published, tables


def past(people_db: sa.Engine, log: sa.Engine, workspace: str, person: str) -> Past:
    """All that a person did, and all of those whose device she took over (their doubles count)."""
    with people_db.connect() as connection:
        heards, profiles = _heards(connection, workspace, person)
        held = tables.aliases.c
        query = sa.select(held.profile, held.person, held.since).where(
            held.workspace == workspace, held.profile.in_(sorted(profiles))
        )
        joined = [Joined(*row) for row in connection.execute(query)]
    if not heards:
        return Past(())
    return Past(heards, _first_names(heards, joined), _ticks(log, heards[0].event.seq, people_db))


def definitions_at(
    people_db: sa.Engine, workspace: str, document: Callable[[str], bytes]
) -> DefinitionsAt:
    """The definitions that were in force at a place of the log; read once for each publication."""
    rows = tables.published.c
    with people_db.connect() as connection:
        query = sa.select(rows.seq).where(rows.workspace == workspace).order_by(rows.seq)
        places = list(connection.scalars(query))

    @lru_cache(maxsize=64)
    def read(seq: int) -> Definitions:
        with people_db.connect() as connection:
            words = published.in_force(connection, workspace, seq)
        return in_force(
            workspace,
            [Published(w.kind, w.id, w.hash, w.state, document(w.hash)) for _, w in words],
        )

    return lambda seq: read(max((place for place in places if place <= seq), default=0))


def _heards(connection: sa.Connection, workspace: str, person: str) -> tuple[list[Heard], set[str]]:
    found: list[Heard] = []
    profiles: set[str] = set()
    wanted = {person}
    while wanted:
        mine = {one for many in _all_of(connection, workspace, wanted).values() for one in many}
        kept = history.load(connection, workspace, sorted(mine - profiles))
        new = [open_kept(one) for many in kept.values() for one in many]
        found += new
        profiles |= mine
        wanted = {one.who.leaves for one in new if one.who.leaves} - profiles
    return sorted(found, key=lambda one: one.event.seq), profiles


def _all_of(connection: sa.Connection, workspace: str, names: set[str]) -> dict[str, list[str]]:
    became = people.aliases(connection, workspace, sorted(names))
    return people.profiles_of(connection, workspace, sorted(became.get(n, n) for n in names))


def _first_names(heards: Sequence[Heard], joined: Sequence[Joined]) -> list[Joined]:
    """Merges whose event was not kept; the others are told by their event, with the name of then"""
    told = {one.who.joins for one in heards if one.who.joins}
    return [one for one in joined if one.profile not in told]


def _ticks(log: sa.Engine, since: int, people_db: sa.Engine) -> list[Tick]:
    """Rows of the log that woke everybody due, as far as live has read."""
    rows, cursors = tables.log.c, tables.cursors.c
    with people_db.connect() as connection:
        read = connection.scalar(sa.select(cursors.position).where(cursors.name == "live")) or 0
    query = (
        sa.select(rows.seq, rows.received)
        .where(rows.seq > since, rows.seq <= read, rows.kind.in_(("clock", "published")))
        .order_by(rows.seq)
    )
    with log.connect() as connection:
        return [Tick(seq, moment_of(received)) for seq, received in connection.execute(query)]
