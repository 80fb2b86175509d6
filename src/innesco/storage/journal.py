"""The log: every request that was acknowledged, in one total order, and the suppressions beside it.

A row is one request as it came; its events take the places `seq … seq + events - 1`. Appending is
one short transaction under one lock, whoever appends, so places have no gap that a reader could
overtake, and `received` never goes back (DESIGN: the laws of time). An unsubscribe is written to
`suppressions` in the same commit as its event.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import cache
from itertools import chain

import sqlalchemy as sa
from msgspec import Struct

from innesco.events.admit import Letter
from innesco.events.event import Source, micros, moment_of
from innesco.storage import tables
from innesco.storage.engines import writing

APPEND_LOCK = 0x696E6E6573636F  # "innesco", PostgreSQL's advisory lock of the log
ROWS_AT_ONCE = 50
LEFT = "unsubscribed"
"""The one reason that a later consent of the ledger overrules; it is never taken off the list."""


class Suppression(Struct, frozen=True):
    """Nothing that is not transactional goes to this address, until she consents anew."""

    workspace: str
    channel: str
    address: str  #: normalised
    reason: str  #: unsubscribed, complained, bounced, by hand
    topic: str = ""
    moment: datetime | None = None  #: when it was said, if that was before it was heard


class Held(Struct, frozen=True):
    """A suppression that stands: why, and since when."""

    reason: str
    since: datetime
    seq: int


class Entry(Struct, frozen=True):
    """What shall be appended: one request, or one word of our own."""

    workspace: str
    source: Source
    key: str  #: id of the key it came with; doubles are told by (key, messageId)
    kind: str = "events"  #: events, clock, published, import
    events: int = 1
    body: bytes = b""
    sums: bytes = b""
    skew: int = 0  #: microseconds that the client's clock is ahead of ours
    network: str | None = None
    agent: str | None = None
    suppress: tuple[Suppression, ...] = ()


class Row(Struct, frozen=True):
    """One row as read back; `received` is aware UTC."""

    seq: int
    events: int
    workspace: str
    source: Source
    key: str
    kind: str
    received: datetime
    network: str | None
    skew: int
    body: bytes
    sums: bytes
    agent: str | None


def append(engine: sa.Engine, entries: Sequence[Entry], now: datetime) -> list[int]:
    """Keep all of them in one commit and answer their first places in the log.

    `received` is `now`, or the last row's when that is later: the log's time never goes back.
    """
    with writing(engine).begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(sa.select(sa.func.pg_advisory_xact_lock(APPEND_LOCK)))
        last = connection.execute(_LAST).one_or_none()
        seq = last.seq + max(1, last.events) if last else 1
        received = max(micros(now), last.received) if last else micros(now)
        rows, places = [], []
        for entry in entries:
            rows.append(_row(entry, seq, received))
            places.append(seq)
            seq += max(1, entry.events)
        for n in range(0, len(rows), ROWS_AT_ONCE):
            _insert(connection, rows[n : n + ROWS_AT_ONCE])
        for entry, place in zip(entries, places, strict=True):
            suppress(connection, entry.suppress, place, received)
    return places


def read(engine: sa.Engine, after: int, rows: int = 500) -> list[Row]:
    """The next rows whose first place is greater than `after`, oldest first."""
    query = (
        sa.select(tables.log).where(tables.log.c.seq > after).order_by(tables.log.c.seq).limit(rows)
    )
    with engine.connect() as connection:
        return [_read(row) for row in connection.execute(query)]


def head(engine: sa.Engine) -> tuple[int, datetime] | None:
    """The last place taken and when it was received; None while the log is empty."""
    with engine.connect() as connection:
        last = connection.execute(_LAST).one_or_none()
    return (last.seq + max(1, last.events) - 1, moment_of(last.received)) if last else None


def first_since(connection: sa.Connection, moment: int) -> int:
    """The first place received at or after a moment: `received` never goes back, so halving finds
    it without an index that every append would have to keep."""
    rows = tables.log.c
    low, high = connection.execute(sa.select(sa.func.min(rows.seq), sa.func.max(rows.seq))).one()
    if low is None:
        return 0
    high += 1
    while low < high:
        middle = (low + high) // 2
        query = sa.select(rows.seq, rows.received).where(rows.seq >= middle)
        row = connection.execute(query.order_by(rows.seq).limit(1)).one()
        if row.received < moment:
            low = row.seq + 1
        else:
            high = middle
    return int(low)


def letter(row: Row, n: int) -> Letter:
    """What the row says of its n-th event."""
    return Letter(
        row.seq + n,
        row.received,
        row.source,
        row.key,
        row.skew,
        row.network,
        row.agent,
        quiet=row.kind == "import",
    )


def suppressed(
    connection: sa.Connection, workspace: str, channel: str, address: str
) -> dict[str, Held]:
    """By topic; the empty topic stands for everything that is not transactional."""
    held = tables.suppressions.c
    query = sa.select(held.topic, held.reason, held.since, held.seq).where(
        held.workspace == workspace, held.channel == channel, held.address == address
    )
    return {
        topic: Held(reason, moment_of(since), seq)
        for topic, reason, since, seq in connection.execute(query)
    }


def every_suppression(connection: sa.Connection) -> list[Suppression]:
    """The whole exclusion list of every workspace."""
    held = tables.suppressions.c
    query = sa.select(
        held.workspace, held.channel, held.address, held.reason, held.topic, held.since
    )
    return [
        Suppression(workspace, channel, address, reason, topic, moment_of(since))
        for workspace, channel, address, reason, topic, since in connection.execute(query)
    ]


def said_since(connection: sa.Connection, workspace: str, seq: int) -> bool:
    """Whether anything at all was said in this workspace after this place of the log."""
    held = tables.log.c
    query = sa.select(held.seq).where(held.seq > seq, held.workspace == workspace).limit(1)
    return connection.scalar(query) is not None


_LAST = (
    sa.select(tables.log.c.seq, tables.log.c.events, tables.log.c.received)
    .order_by(tables.log.c.seq.desc())
    .limit(1)
)


def _insert(connection: sa.Connection, rows: Sequence[tuple[object, ...]]) -> None:
    """Many rows in one statement of the driver's own: row by row each costs three times as much,
    and hands Python's lock back and forth with the thread that takes requests in."""
    statement = _statement(connection.dialect.name, len(rows))
    connection.exec_driver_sql(statement, tuple(chain.from_iterable(rows)))


@cache
def _statement(database: str, rows: int) -> str:
    mark = "%s" if database == "postgresql" else "?"
    names = ", ".join(f'"{column.name}"' for column in tables.log.columns)
    row = f"({', '.join([mark] * len(tables.log.columns))})"
    return f"INSERT INTO log ({names}) VALUES {', '.join([row] * rows)}"


def _row(entry: Entry, seq: int, received: int) -> tuple[object, ...]:
    """In the order of the table's columns."""
    return (
        seq,
        entry.events,
        entry.workspace,
        entry.source.value,
        entry.key,
        entry.kind,
        received,
        entry.network,
        entry.skew,
        entry.body,
        entry.sums,
        entry.agent,
    )


def _read(row: sa.Row[tuple[object, ...]]) -> Row:
    said = row._mapping
    return Row(
        seq=said["seq"],
        events=said["events"],
        workspace=said["workspace"],
        source=Source(said["source"]),
        key=said["key"],
        kind=said["kind"],
        received=moment_of(said["received"]),
        network=said["network"],
        skew=said["skew"],
        body=bytes(said["body"]),
        sums=bytes(said["sums"]),
        agent=said["agent"],
    )


def suppress(
    connection: sa.Connection, leavers: Iterable[Suppression], seq: int, received: int
) -> None:
    """Nobody is taken off the list here; of two reasons for one address the graver one stands."""
    for one in leavers:
        since = min(micros(one.moment), received) if one.moment else received
        if one.reason == LEFT and _stands(connection, one, since):
            continue
        connection.execute(_forget(one))  # the newest reason stands
        connection.execute(
            sa.insert(tables.suppressions).values(
                workspace=one.workspace,
                channel=one.channel,
                address=one.address,
                topic=one.topic,
                reason=one.reason,
                since=since,
                seq=seq,
            )
        )


def _stands(connection: sa.Connection, one: Suppression, since: int) -> bool:
    """Who complained and leaves besides has complained; who left later has left later."""
    held = suppressed(connection, one.workspace, one.channel, one.address).get(one.topic)
    return held is not None and (held.reason != LEFT or micros(held.since) > since)


def _forget(one: Suppression) -> sa.Delete:
    held = tables.suppressions.c
    return sa.delete(tables.suppressions).where(
        held.workspace == one.workspace,
        held.channel == one.channel,
        held.address == one.address,
        held.topic == one.topic,
    )


def entries_of(rows: Iterable[Row]) -> list[Entry]:
    """The same rows to append elsewhere: replay, restore and tests."""
    return [
        Entry(
            r.workspace,
            r.source,
            r.key,
            r.kind,
            r.events,
            r.body,
            r.sums,
            r.skew,
            r.network,
            r.agent,
        )
        for r in rows
    ]
