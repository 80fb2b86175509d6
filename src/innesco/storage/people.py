"""People: the state of each, the identities that lead to them, the profiles they absorbed."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

import msgspec
import sqlalchemy as sa

from innesco.events.event import micros
from innesco.events.fold import fold
from innesco.profiles.person import Person
from innesco.profiles.recognise import Who
from innesco.storage import tables, words
from innesco.turn import State

_pack = msgspec.msgpack.Encoder()
_state = msgspec.msgpack.Decoder(State)
CHUNK = 500
"""Values in one IN list; SQLite and PostgreSQL both take many more, plans stay good below."""


def load(connection: sa.Connection, workspace: str, ids: Sequence[str]) -> dict[str, State]:
    """The states of these people; who was never seen is absent."""
    persons = tables.persons.c
    found: dict[str, State] = {}
    for some in _chunks(ids):
        query = sa.select(persons.id, persons.state).where(
            persons.workspace == workspace, persons.id.in_(some)
        )
        found |= {name: _state.decode(state) for name, state in connection.execute(query)}
    return found


def keep(connection: sa.Connection, workspace: str, states: Sequence[State]) -> None:
    """Write the states as they are now."""
    rows = {state.person.id: _row(workspace, state) for state in states}
    if rows:
        known = {name: row.label for name, row in rows.items() if row.label != name}
        was_known = {state.person.id for state in states if state.person.attributes}
        before = words.labels(connection, workspace, known.keys() | was_known)
        words.relabel(connection, workspace, before, known)
        connection.exec_driver_sql(_UPSERT, list(rows.values()))


def forget(connection: sa.Connection, workspace: str, ids: Iterable[str]) -> None:
    """Drop the states of profiles that became somebody else; their history stays theirs."""
    rows = [{"w": workspace, "i": name} for name in ids]
    if rows:
        gone = words.labels(connection, workspace, [row["i"] for row in rows])
        words.relabel(connection, workspace, gone, {})
        connection.execute(
            sa.delete(tables.persons).where(
                tables.persons.c.workspace == sa.bindparam("w"),
                tables.persons.c.id == sa.bindparam("i"),
            ),
            rows,
        )


def anybody(connection: sa.Connection, workspace: str) -> bool:
    """Whether anybody is known in a workspace."""
    query = sa.select(tables.persons.c.id).where(tables.persons.c.workspace == workspace)
    return connection.scalar(query.limit(1)) is not None


def due(connection: sa.Connection, until: datetime, most: int) -> list[tuple[str, str]]:
    """(workspace, person) that time alone may change by then, the earliest first."""
    persons = tables.persons.c
    query = (
        sa.select(persons.workspace, persons.id)
        .where(persons.next_at <= micros(until))
        .order_by(persons.next_at, persons.workspace, persons.id)
        .limit(most)
    )
    return [(workspace, name) for workspace, name in connection.execute(query)]


def let_sleep(connection: sa.Connection, workspace: str, name: str) -> None:
    """Time alone wakes this person no more: only her next event does."""
    persons = tables.persons
    mine = sa.and_(persons.c.workspace == workspace, persons.c.id == name)
    connection.execute(sa.update(persons).where(mine).values(next_at=None))


def next_due(connection: sa.Connection) -> int | None:
    """When the next person is due, in microseconds."""
    persons = tables.persons.c
    earliest: int | None = connection.scalar(sa.select(sa.func.min(persons.next_at)))
    return earliest


def label(person: Person) -> str:
    """What the list of people shows and searches."""
    first, last = person.attributes.get("firstName"), person.attributes.get("lastName")
    named = " ".join(str(part.value) for part in (first, last) if part and part.value)
    return fold(" · ".join(filter(None, (named, person.email, person.user, person.id))))


# -- identities and aliases ----------------------------------------------------------------------


def identities(connection: sa.Connection, workspace: str, whos: Iterable[Who]) -> dict[Who, str]:
    """The person that each identity leads to: by now, if the profile became somebody else."""
    held = tables.identities.c
    person, became = _by_now()
    found: dict[Who, str] = {}
    by_kind: dict[str, list[str]] = {}
    for kind, value in whos:
        by_kind.setdefault(kind, []).append(value)
    for kind, values in by_kind.items():
        for some in _chunks(values):
            query = (
                sa.select(held.value, person)
                .select_from(became)
                .where(held.workspace == workspace, held.kind == kind, held.value.in_(some))
            )
            found |= {(kind, value): name for value, name in connection.execute(query)}
    return found


def _by_now() -> tuple[sa.ColumnElement[str], sa.Join]:
    """Identities keep the profile that they were bound to; aliases say who that is by now."""
    held, alias = tables.identities.c, tables.aliases.c
    same = sa.and_(alias.workspace == held.workspace, alias.profile == held.person)
    return (
        sa.func.coalesce(alias.person, held.person),
        tables.identities.outerjoin(tables.aliases, same),
    )


def bind(connection: sa.Connection, workspace: str, bound: Mapping[Who, tuple[str, int]]) -> None:
    """From these places in the log on, the identities lead to these people."""
    rows = [
        {"workspace": workspace, "kind": kind, "value": value, "person": person, "since": since}
        for (kind, value), (person, since) in bound.items()
    ]
    if rows:
        connection.execute(_BIND, rows)


def aliases(connection: sa.Connection, workspace: str, profiles: Sequence[str]) -> dict[str, str]:
    """The person that a profile is by now, for those that became somebody else."""
    held = tables.aliases.c
    found: dict[str, str] = {}
    for some in _chunks(profiles):
        query = sa.select(held.profile, held.person).where(
            held.workspace == workspace, held.profile.in_(some)
        )
        found |= {profile: person for profile, person in connection.execute(query)}
    return found


def became(connection: sa.Connection, workspace: str) -> dict[str, str]:
    """The person of every profile that became somebody else."""
    held = tables.aliases.c
    query = sa.select(held.profile, held.person).where(held.workspace == workspace)
    return {profile: person for profile, person in connection.execute(query)}


def profiles_of(
    connection: sa.Connection, workspace: str, persons: Sequence[str]
) -> dict[str, list[str]]:
    """Every profile whose rows are a person's: her own and those that joined her."""
    held = tables.aliases.c
    found = {person: [person] for person in persons}
    for some in _chunks(persons):
        query = sa.select(held.profile, held.person).where(
            held.workspace == workspace, held.person.in_(some)
        )
        for profile, person in connection.execute(query):
            found[person].append(profile)
    return found


def absorb(
    connection: sa.Connection, workspace: str, profile: str, person: str, since: int, at: datetime
) -> None:
    """The profile is this person from here on, and so is what had joined the profile before."""
    held = tables.aliases.c
    connection.execute(
        sa.update(tables.aliases)
        .where(held.workspace == workspace, held.person == profile)
        .values(person=person)
    )
    connection.execute(
        sa.insert(tables.aliases).values(
            workspace=workspace, profile=profile, person=person, since=since, moment=micros(at)
        )
    )


def _chunks(values: Iterable[str]) -> Iterable[list[str]]:
    distinct = sorted(set(values))
    return (distinct[n : n + CHUNK] for n in range(0, len(distinct), CHUNK))


class _Row(NamedTuple):
    workspace: str
    id: str
    next_at: int | None
    seq: int
    last_seen: int
    label: str
    level: str
    state: bytes


def _row(workspace: str, state: State) -> _Row:
    person = state.person
    return _Row(
        workspace,
        person.id,
        micros(state.next_at) if state.next_at else None,
        person.last_seq,
        micros(person.last_seen) if person.last_seen else 0,
        label(person),
        person.level.value,
        _pack.encode(state),
    )


_UPSERT = (
    "INSERT INTO persons (workspace, id, next_at, seq, last_seen, label, level, state)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
    " ON CONFLICT (workspace, id) DO UPDATE SET next_at = excluded.next_at, seq = excluded.seq,"
    " last_seen = excluded.last_seen, label = excluded.label, level = excluded.level,"
    " state = excluded.state"
)
"""In the driver's own words: naming each value costs more than writing it."""

_BIND = sa.text(
    "INSERT INTO identities (workspace, kind, value, person, since)"
    " VALUES (:workspace, :kind, :value, :person, :since)"
    " ON CONFLICT (workspace, kind, value) DO UPDATE SET"
    " person = excluded.person, since = excluded.since"
)
