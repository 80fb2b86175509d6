"""The outbox: every message that was asked for, from waiting to its outcome, by key.

One process writes it, `deliver`. Each start of it takes the next epoch: what an older one had
claimed is settled at once, and what an older one still tries to record is refused.
"""

import zlib
from collections.abc import Iterable, Mapping
from datetime import datetime

import msgspec
import sqlalchemy as sa
from msgspec import Struct

from innesco.events.event import micros, moment_of
from innesco.messages.allow import Gate, Never, Sent
from innesco.messages.asked import Asked, Class, Outcome
from innesco.messages.render import Rendered
from innesco.messages.settle import Result
from innesco.storage import tables
from innesco.storage.engines import writing

_m = tables.messages.c
GONE = (Outcome.CLAIMED, Outcome.SENT, Outcome.UNCERTAIN)
"""States in which a message has gone, or may have."""


class Waiting(Struct, frozen=True):
    """A due message, with how often it was tried."""

    asked: Asked
    attempts: int


class Preview(Struct, frozen=True):
    """What was sent, word for word."""

    subject: str
    html: str
    text: str


class Untold(Struct, frozen=True):
    """An outcome that the log does not know yet."""

    asked: Asked
    state: Outcome
    reason: str
    ended: datetime
    provider: str | None


# -- in --------------------------------------------------------------------------------------


def copy(people: sa.Engine, outbox: sa.Engine, most: int = 1000) -> int:
    """Take new effects from live's feed, each key once; the cursor moves in the same commit."""
    with writing(outbox).begin() as connection:
        position = _cursor(connection, "effects")
        with people.connect() as feed:
            rows = feed.execute(_FEED, {"after": position, "most": most}).all()
        if not rows:
            return 0
        connection.execute(
            sa.insert(tables.messages).prefix_with("OR IGNORE"), [_row(row.body) for row in rows]
        )
        _set_cursor(connection, "effects", rows[-1].position)
    return len(rows)


_FEED = sa.text(
    "SELECT position, body FROM effects WHERE position > :after ORDER BY position LIMIT :most"
)


def _row(body: bytes) -> dict[str, object]:
    asked = msgspec.msgpack.decode(body, type=Asked)
    return {
        "workspace": asked.workspace,
        "key": asked.key,
        "person": asked.person,
        "journey": asked.journey,
        "run": asked.run,
        "node": asked.node,
        "channel": asked.channel,
        "class": asked.kind.value,
        "template": asked.template,
        "address": asked.address,
        "asked": micros(asked.asked),
        "due": micros(asked.due),
        "next_at": micros(asked.due),
        "state": Outcome.WAITING.value,
        "reason": "",
        "attempts": 0,
        "body": body,
        "gates": b"[]",
        "told": False,
        "network": asked.network,
    }


# -- claim -----------------------------------------------------------------------------------


def take_over(outbox: sa.Engine, now: datetime) -> int:
    """The next epoch. What the one before had claimed may have gone, nobody knows:

    marketing and service become `uncertain` and are never sent again by themselves, transactional
    messages wait again, and go out with the same Message-ID.
    """
    with writing(outbox).begin() as connection:
        epoch = _cursor(connection, "epoch") + 1
        _set_cursor(connection, "epoch", epoch)
        left = sa.update(tables.messages).where(_m.state == Outcome.CLAIMED.value)
        again = left.where(_m["class"] == Class.TRANSACTIONAL.value)
        connection.execute(again.values(state=Outcome.WAITING.value, next_at=micros(now)))
        connection.execute(
            left.values(
                state=Outcome.UNCERTAIN.value,
                reason="the sender stopped between sending and recording",
                ended=micros(now),
                told=False,
            )
        )
    return epoch


def epoch(outbox: sa.Engine) -> int:
    """Whose turn it is to send; an older sender must stop."""
    with outbox.connect() as connection:
        return _cursor(connection, "epoch")


def is_epoch(connection: sa.Connection, mine: int) -> bool:
    return _cursor(connection, "epoch") == mine


def due(connection: sa.Connection, now: datetime, most: int) -> list[Waiting]:
    """Messages whose time has come: the transactional first, then by due time and key."""
    query = (
        sa.select(_m.body, _m.attempts)
        .where(_m.next_at.is_not(None), _m.next_at <= micros(now))
        .order_by(_m["class"] != Class.TRANSACTIONAL.value, _m.next_at, _m.due, _m.key)
        .limit(most)
    )
    return [
        Waiting(msgspec.msgpack.decode(body, type=Asked), attempts)
        for body, attempts in connection.execute(query)
    ]


def sent_to(connection: sa.Connection, asked: Asked, since: datetime) -> tuple[Sent, ...]:
    """What went to the same address and channel since then, or may have gone; itself left out."""
    moment = sa.func.coalesce(_m.ended, _m.claimed)
    query = sa.select(_m.body, moment).where(
        _m.workspace == asked.workspace,
        _m.address == asked.address,
        _m.channel == asked.channel,
        _m.key != asked.key,
        _m.state.in_([state.value for state in GONE]),
        moment >= micros(since),
    )
    before = [
        (msgspec.msgpack.decode(body, type=Asked), moment_of(went))
        for body, went in connection.execute(query)
    ]
    return tuple(Sent(went, one.kind, one.claimed_only) for one, went in before)


def sent_for(connection: sa.Connection, asked: Asked, since: datetime) -> int:
    """How many went since then that were asked for from the same network, to whatever address."""
    if asked.network is None:
        return 0
    query = sa.select(sa.func.count()).where(
        _m.network == asked.network,
        _m.workspace == asked.workspace,
        _m.key != asked.key,
        _m.state.in_([state.value for state in GONE]),
        sa.func.coalesce(_m.ended, _m.claimed) >= micros(since),
    )
    return int(connection.scalar(query) or 0)


def claim(
    connection: sa.Connection, asked: Asked, mine: int, gates: tuple[Gate, ...], now: datetime
) -> None:
    """Mark it as ours: from here on it may have gone."""
    _set(
        connection,
        asked,
        state=Outcome.CLAIMED.value,
        worker=str(mine),
        claimed=micros(now),
        next_at=None,
        gates=msgspec.json.encode(gates),
    )


def give_back(outbox: sa.Engine, claimed: Iterable[Asked], mine: int, now: datetime) -> None:
    """What was claimed and surely has not gone waits again, and goes past the gates anew."""
    with writing(outbox).begin() as connection:
        for asked in claimed:
            connection.execute(
                _ours(asked, mine).values(state=Outcome.WAITING.value, next_at=micros(now))
            )


def move(
    connection: sa.Connection, asked: Asked, until: datetime, gate: str, gates: tuple[Gate, ...]
) -> None:
    """It waits on; the reason says for what."""
    _set(connection, asked, next_at=micros(until), reason=gate, gates=msgspec.json.encode(gates))


def skip(
    connection: sa.Connection, asked: Asked, never: Never, gates: tuple[Gate, ...], now: datetime
) -> None:
    """It will never go: `consent: marketing consent of this address is withdrawn`."""
    _set(
        connection,
        asked,
        state=Outcome.SKIPPED.value,
        reason=f"{never.gate}: {never.reason}",
        next_at=None,
        ended=micros(now),
        gates=msgspec.json.encode(gates),
    )


# -- out -------------------------------------------------------------------------------------


def keep_words(outbox: sa.Engine, written: Iterable[tuple[Asked, Rendered]]) -> None:
    """The words and where their links lead, before anybody can click on them."""
    with writing(outbox).begin() as connection:
        for asked, rendered in written:
            _keep_links(connection, asked.workspace, rendered.links)
            email = rendered.email
            words = Preview(email.subject, email.html, email.text)
            content = zlib.compress(msgspec.msgpack.encode(words), 1)
            _set(connection, asked, subject=words.subject, content=content)


def _keep_links(connection: sa.Connection, workspace: str, links: Mapping[str, str]) -> None:
    if links:
        connection.execute(
            sa.insert(tables.links).prefix_with("OR IGNORE"),
            [{"workspace": workspace, "id": name, "url": url} for name, url in links.items()],
        )


def record(outbox: sa.Engine, asked: Asked, mine: int, result: Result, now: datetime) -> bool:
    """Keep the outcome, when it is still ours to tell; False for a sender of an older epoch."""
    over = result.next_at is None
    with writing(outbox).begin() as connection:
        kept = connection.execute(
            _ours(asked, mine).values(
                state=result.state.value,
                reason=result.reason[:500],
                attempts=result.attempts,
                provider=result.provider,
                next_at=micros(result.next_at) if result.next_at else None,
                ended=micros(now) if over else None,
            )
        )
    return kept.rowcount == 1


def untold(outbox: sa.Engine, most: int = 200) -> list[Untold]:
    """Outcomes that the log has not heard, oldest first."""
    query = (
        sa.select(_m.body, _m.state, _m.reason, _m.ended, _m.provider)
        .where(sa.text("told = 0 AND ended IS NOT NULL"))
        .order_by(_m.ended, _m.key)
        .limit(most)
    )
    with outbox.connect() as connection:
        return [
            Untold(
                msgspec.msgpack.decode(row.body, type=Asked),
                Outcome(row.state),
                row.reason,
                moment_of(row.ended),
                row.provider,
            )
            for row in connection.execute(query)
        ]


def told(outbox: sa.Engine, outcomes: Iterable[Untold]) -> None:
    with writing(outbox).begin() as connection:
        for one in outcomes:
            _set(connection, one.asked, told=True)


# -- read ------------------------------------------------------------------------------------


def asked_as(outbox: sa.Engine, workspace: str, key: str) -> tuple[Asked, datetime | None] | None:
    """What was asked under this key, and when its outcome was known."""
    query = sa.select(_m.body, _m.ended).where(_m.workspace == workspace, _m.key == key)
    with outbox.connect() as connection:
        row = connection.execute(query).one_or_none()
    if row is None:
        return None
    asked = msgspec.msgpack.decode(row.body, type=Asked)
    return asked, moment_of(row.ended) if row.ended is not None else None


def preview(outbox: sa.Engine, workspace: str, key: str) -> Preview | None:
    """The words as they were sent; None while they were not."""
    query = sa.select(_m.content).where(_m.workspace == workspace, _m.key == key)
    with outbox.connect() as connection:
        content = connection.execute(query).scalar_one_or_none()
    if content is None:
        return None
    return msgspec.msgpack.decode(zlib.decompress(content), type=Preview)


def link(outbox: sa.Engine, workspace: str, name: str) -> str | None:
    """Where a stored link leads."""
    held = tables.links.c
    query = sa.select(held.url).where(held.workspace == workspace, held.id == name)
    with outbox.connect() as connection:
        return connection.execute(query).scalar_one_or_none()


def states(outbox: sa.Engine) -> dict[str, int]:
    """How many messages are in each state."""
    query = sa.select(_m.state, sa.func.count()).group_by(_m.state)
    with outbox.connect() as connection:
        return {state: count for state, count in connection.execute(query)}


def oldest_due(outbox: sa.Engine) -> datetime | None:
    """When the message that waits longest should have gone."""
    with outbox.connect() as connection:
        first = connection.execute(sa.select(sa.func.min(_m.next_at))).scalar_one_or_none()
    return moment_of(first) if first is not None else None


def _ours(asked: Asked, mine: int) -> sa.Update:
    """The message as long as we hold it; nothing when an older or a younger sender does."""
    return sa.update(tables.messages).where(
        _m.workspace == asked.workspace,
        _m.key == asked.key,
        _m.state == Outcome.CLAIMED.value,
        _m.worker == str(mine),
    )


def _set(connection: sa.Connection, asked: Asked, **values: object) -> None:
    connection.execute(
        sa.update(tables.messages)
        .where(_m.workspace == asked.workspace, _m.key == asked.key)
        .values(**values)
    )


def _cursor(connection: sa.Connection, name: str) -> int:
    held = tables.outbox_cursors.c
    found = connection.execute(sa.select(held.position).where(held.name == name))
    return found.scalar_one_or_none() or 0


def _set_cursor(connection: sa.Connection, name: str, position: int) -> None:
    connection.execute(
        sa.insert(tables.outbox_cursors)
        .prefix_with("OR REPLACE")
        .values(name=name, position=position, moment=0)
    )
