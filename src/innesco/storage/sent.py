"""Messages as they are looked at: lists by state, one with its story, counts."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

import msgspec
import sqlalchemy as sa
from msgspec import Struct

from innesco.events.event import micros, moment_of
from innesco.messages.allow import Gate
from innesco.messages.asked import Asked, Class, Outcome
from innesco.storage import tables


class Message(Struct, frozen=True, kw_only=True):
    """One message as a list shows it."""

    key: str
    person: str
    journey: str
    run: str
    node: str
    channel: str
    kind: Class
    template: str
    address: str
    state: Outcome
    reason: str
    subject: str | None
    asked: datetime
    due: datetime
    next_at: datetime | None  #: when it is tried; absent once the outcome is known
    ended: datetime | None
    attempts: int


class Which(Struct, frozen=True):
    """What to list; `before` is (asked, key) of the last one of the page before."""

    state: Outcome | None = None
    journey: str | None = None
    channel: str | None = None
    gate: str | None = None  #: the first word of the reason: `consent`, `late`
    people: tuple[str, ...] | None = None
    before: tuple[int, str] | None = None
    most: int = 50


class Looked(Struct, frozen=True):
    """A message with what was asked and each gate at its last claim."""

    message: Message
    asked: Asked
    gates: tuple[Gate, ...]
    has_content: bool


def messages(outbox: sa.Engine, workspace: str, which: Which) -> list[Message]:
    """The newest first."""
    with outbox.connect() as connection:
        return [_message(row) for row in connection.execute(listing(workspace, which))]


def listing(workspace: str, which: Which) -> sa.Select[Any]:
    """One person has few: `+ 0` keeps SQLite from walking through everybody's by time."""
    asked = _m.asked if which.people is None else _m.asked + 0
    query = (
        sa.select(*_SHOWN)
        .where(_m.workspace == workspace, *_chosen(which))
        .order_by(asked.desc(), _m.key.desc())
        .limit(which.most)
    )
    if which.before is not None:
        query = query.where(sa.tuple_(asked, _m.key) < sa.tuple_(*map(sa.literal, which.before)))
    return query


def _chosen(which: Which) -> Iterator[sa.ColumnElement[bool]]:
    if which.state is not None:
        yield _m.state == which.state.value
    if which.journey is not None:
        yield _m.journey == which.journey
    if which.channel is not None:
        yield _m.channel == which.channel
    if which.gate is not None:
        yield _m.reason.between(f"{which.gate}: ", f"{which.gate}:~")
    if which.people is not None:
        yield _m.person.in_(which.people)


def message(outbox: sa.Engine, workspace: str, key: str) -> Looked | None:
    query = sa.select(
        *_SHOWN, _m.body, _m.gates, _m.content.is_not(None).label("has_content")
    ).where(_m.workspace == workspace, _m.key == key)
    with outbox.connect() as connection:
        row = connection.execute(query).one_or_none()
    if row is None:
        return None
    return Looked(
        _message(row),
        msgspec.msgpack.decode(row.body, type=Asked),
        msgspec.json.decode(row.gates, type=tuple[Gate, ...]),
        bool(row.has_content),
    )


def sent_as(outbox: sa.Engine, workspace: str, ids: Sequence[str]) -> dict[str, str]:
    """The keys of this workspace's messages that a provider knows by these ids."""
    query = sa.select(_m.provider, _m.key).where(_m.workspace == workspace, _m.provider.in_(ids))
    with outbox.connect() as connection:
        return {str(provider): key for provider, key in connection.execute(query)}


def states(
    outbox: sa.Engine, workspace: str | None = None, since: datetime | None = None
) -> dict[str, int]:
    """How many messages are in each state; of one workspace, asked since a moment."""
    query = sa.select(_m.state, sa.func.count()).group_by(_m.state)
    if workspace is not None:
        query = query.where(_m.workspace == workspace)
    if since is not None:
        query = query.where(_m.asked >= micros(since))
    with outbox.connect() as connection:
        return {state: count for state, count in connection.execute(query)}


def in_state(outbox: sa.Engine, workspace: str, state: Outcome) -> int:
    query = sa.select(sa.func.count()).where(_m.workspace == workspace, _m.state == state.value)
    with outbox.connect() as connection:
        return connection.scalar(query) or 0


def gates(outbox: sa.Engine, workspace: str) -> dict[str, dict[str, int]]:
    """How many messages of each state were decided by which gate: `skipped`, `consent`, 23."""
    word = sa.func.substr(_m.reason, 1, sa.func.instr(_m.reason, ": ") - 1)
    query = (
        sa.select(_m.state, word, sa.func.count())
        .where(_m.workspace == workspace, _m.reason != sa.literal_column("''"))
        .group_by(_m.state, word)
        .order_by(sa.func.count().desc())
    )
    found: dict[str, dict[str, int]] = {}
    with outbox.connect() as connection:
        for state, gate, count in connection.execute(query):
            if gate:
                found.setdefault(state, {})[gate] = count
    return found


def states_by_journey(outbox: sa.Engine, workspace: str) -> dict[str, dict[str, int]]:
    """How many messages of each journey are in each state."""
    query = (
        sa.select(_m.journey, _m.state, sa.func.count())
        .where(_m.workspace == workspace)
        .group_by(_m.journey, _m.state)
    )
    return _nested(outbox, query)


def states_by_node(outbox: sa.Engine, workspace: str, journey: str) -> dict[str, dict[str, int]]:
    """How many messages of each node of a journey are in each state."""
    query = (
        sa.select(_m.node, _m.state, sa.func.count())
        .where(_m.workspace == workspace, _m.journey == journey)
        .group_by(_m.node, _m.state)
    )
    return _nested(outbox, query)


def _nested(outbox: sa.Engine, query: sa.Select[str, str, int]) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = {}
    with outbox.connect() as connection:
        for one, state, count in connection.execute(query):
            found.setdefault(one, {})[state] = count
    return found


_m = tables.messages.c
_SHOWN = (
    _m.key,
    _m.person,
    _m.journey,
    _m.run,
    _m.node,
    _m.channel,
    _m["class"].label("kind"),
    _m.template,
    _m.address,
    _m.state,
    _m.reason,
    _m.subject,
    _m.asked,
    _m.due,
    _m.next_at,
    _m.ended,
    _m.attempts,
)


def _message(row: Any) -> Message:
    said = {name: row._mapping[name] for name in Message.__struct_fields__}
    for name in ("asked", "due", "next_at", "ended"):
        said[name] = moment_of(said[name]) if said[name] is not None else None
    said["kind"], said["state"] = Class(said["kind"]), Outcome(said["state"])
    return Message(**said)
