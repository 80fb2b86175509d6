"""The past of a person as *why* tells it again: events, merges, publications, and where it ends."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from functools import lru_cache

import msgspec
import sqlalchemy as sa
from msgspec import Struct

from innesco.definitions.definitions import Definitions
from innesco.events.event import moment_of
from innesco.profiles.history import Heard, open_kept
from innesco.refold import DefinitionsAt, Joined, Muted, Past, Publication, Until
from innesco.storage import editions, history, people, published, tables
from innesco.turn import State

A_MOMENT = timedelta(microseconds=1)


class Known(Struct, frozen=True):
    """All that is kept of a person, read in one transaction."""

    person: str
    profiles: frozenset[str]  #: hers by now
    past: Past
    state: State  #: as live has kept it
    undated: tuple[int, ...]  #: publications whose moment is not known
    seq: int  #: the last place that live has read
    at: datetime | None  #: when the log took it

    @property
    def now(self) -> Until:
        """As far as live has come: whoever is due before `next_at` was woken, nobody after it."""
        due = self.state.next_at
        return Until(self.seq, due - A_MOMENT if due else self.at)


def known(people_db: sa.Engine, workspace: str, person: str) -> Known | None:
    """All that she did, and all of those whose device she took over (their doubles count)."""
    with people_db.connect() as connection:
        state = people.load(connection, workspace, [person]).get(person)
        if state is None:
            return None
        heards, profiles = _heards(connection, workspace, person)
        seq, at = _read_until(connection)
        published_at = _published_at(connection, workspace)
        return Known(
            person,
            frozenset(people.profiles_of(connection, workspace, [person])[person]),
            Past(
                heards,
                _unsaid(heards, _joined(connection, workspace, profiles)),
                _muted(connection, workspace, profiles),
                [Publication(place, at) for place, at in published_at.items() if at],
            ),
            state,
            tuple(place for place, at in published_at.items() if at is None),
            seq,
            at,
        )


def definitions_at(
    people_db: sa.Engine, workspace: str, document: Callable[[str], bytes]
) -> DefinitionsAt:
    """The definitions that were in force at a place of the log; read once for each publication."""
    with people_db.connect() as connection:
        places = sorted(_published_at(connection, workspace))

    @lru_cache(maxsize=64)
    def read(seq: int) -> Definitions:
        with people_db.connect() as connection:
            return published.decoded(connection, workspace, document, seq)

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


def _joined(connection: sa.Connection, workspace: str, profiles: set[str]) -> list[Joined]:
    held = tables.aliases.c
    query = sa.select(held.profile, held.person, held.since, held.moment).where(
        held.workspace == workspace, held.profile.in_(sorted(profiles))
    )
    return [
        Joined(profile, person, since, moment_of(at) if at is not None else None)
        for profile, person, since, at in connection.execute(query)
    ]


def _unsaid(heards: Sequence[Heard], joined: Sequence[Joined]) -> list[Joined]:
    """Merges whose event was not kept; the others are told by their event, with the name of then"""
    told = {one.who.joins for one in heards if one.who.joins}
    return [one for one in joined if one.profile not in told]


def _muted(connection: sa.Connection, workspace: str, profiles: set[str]) -> list[Muted]:
    rows = tables.decisions.c
    query = sa.select(rows.person, rows.seq, rows.detail).where(
        rows.workspace == workspace, rows.person.in_(sorted(profiles)), rows.kind == "muted"
    )
    return [
        Muted(profile, seq, msgspec.msgpack.decode(detail)["because"])
        for profile, seq, detail in connection.execute(query)
    ]


def _published_at(connection: sa.Connection, workspace: str) -> dict[int, datetime | None]:
    """Places from which on other definitions count, as editions of segments that are whole.

    Publications before version 0003 of the tables kept no moment.
    """
    rows = tables.published.c
    query = sa.select(rows.seq, rows.moment).where(rows.workspace == workspace)
    said = {
        place: moment_of(at) if at is not None else None
        for place, at in connection.execute(query.order_by(rows.seq))
    }
    for kept in editions.every(connection, workspace):
        one = kept.edition
        said |= {one.built.seq: one.built.at} if one.built else {}
        said |= {one.whole: kept.whole_at} if one.whole else {}
        said |= {kept.ended: kept.ended_at} if kept.ended else {}
    return said


def _read_until(connection: sa.Connection) -> tuple[int, datetime | None]:
    rows = tables.cursors.c
    query = sa.select(rows.position, rows.moment).where(rows.name == "live")
    row = connection.execute(query).one_or_none()
    return (row.position, moment_of(row.moment)) if row else (0, None)
