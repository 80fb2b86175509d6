"""Definitions: every version of what a merchant makes, and which of them is in force.

A document is immutable and kept by its hash. Publishing keeps the document first, then appends a
row to the log: from that place on `live` uses it, and so does every replay.
"""

import hashlib
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Literal

import msgspec
import sqlalchemy as sa
from msgspec import Struct

from innesco.definitions.definitions import decode
from innesco.definitions.mentions import mentions
from innesco.errors import InnescoError
from innesco.events.event import Source, micros, moment_of
from innesco.segments.listening import circle
from innesco.segments.segment import Segment
from innesco.storage import journal, tables
from innesco.storage.audit import Act, Actor, record
from innesco.storage.engines import writing

State = Literal["draft", "published", "paused", "archived"]


class Name(Struct, frozen=True):
    """`journey/cart-recovery` of one workspace."""

    workspace: str
    kind: str
    id: str

    def __str__(self) -> str:
        return f"{self.kind}/{self.id}"


class Version(Struct, frozen=True):
    version: int  #: counts from 1
    hash: str
    state: State  #: an archived one was replaced, or taken out of use
    author: str | None
    created: datetime


class Word(Struct, frozen=True):
    """What the log's row of kind `published` says: from here on this document has this state."""

    kind: str
    id: str
    hash: str
    state: State


class Unmet(InnescoError):
    """It names what is not in force, such as `template/welcome`; nothing was published."""

    def __init__(self, said: str, names: Sequence[Name] = ()) -> None:
        super().__init__(said)
        self.names = tuple(names)


class Circular(InnescoError):
    """Segments name each other in a circle: who belongs would depend on itself."""

    def __init__(self, said: str, circle: Sequence[str]) -> None:
        super().__init__(said)
        self.circle = tuple(circle)


def keep_document(connection: sa.Connection, body: bytes) -> str:
    """Keep a document for good; answers its hash. The same one twice is kept once."""
    name = hashlib.sha256(body).hexdigest()
    rows = tables.documents
    if connection.scalar(sa.select(rows.c.hash).where(rows.c.hash == name)) is None:
        connection.execute(sa.insert(rows).values(hash=name, body=body.decode()))
    return name


def documents(engine: sa.Engine) -> Callable[[str], bytes]:
    """Reads documents by hash; they never change, so each is read once."""

    @lru_cache(maxsize=1024)
    def read(name: str) -> bytes:
        with engine.connect() as connection:
            return document(connection, name)

    return read


def document(connection: sa.Connection, name: str) -> bytes:
    """The document of this hash; raises `KeyError`."""
    rows = tables.documents.c
    body: str | None = connection.scalar(sa.select(rows.body).where(rows.hash == name))
    if body is None:
        raise KeyError(f"there is no document {name}")
    return body.encode()


def save_draft(
    connection: sa.Connection, name: Name, body: bytes, by: Actor, now: datetime
) -> Version:
    """Keep a draft; it replaces the draft before it and leaves what is published alone."""
    kept = keep_document(connection, body)
    last = next(iter(versions(connection, name)), None)
    if last and last.state == "draft":
        version = last.version
        _update(connection, name, version, hash=kept, author=by.name, created=micros(now))
    else:
        version = last.version + 1 if last else 1
        connection.execute(
            sa.insert(tables.definitions).values(
                workspace=name.workspace,
                kind=name.kind,
                id=name.id,
                version=version,
                hash=kept,
                state="draft",
                author=by.name,
                created=micros(now),
            )
        )
    detail = {"version": version, "hash": kept}
    record(connection, Act(by, "drafted", str(name), name.workspace, detail), now)
    return Version(version, kept, "draft", by.name, now)


def versions(connection: sa.Connection, name: Name) -> list[Version]:
    """Every version, the newest first."""
    query = sa.select(tables.definitions).where(_is(name)).order_by(_rows.version.desc())
    return [_version(row) for row in connection.execute(query)]


def in_force(connection: sa.Connection, name: Name) -> Version | None:
    """The version that is published or paused."""
    return next(
        (one for one in versions(connection, name) if one.state in ("published", "paused")), None
    )


def named(connection: sa.Connection, workspace: str, kind: str) -> list[Name]:
    """All definitions of a kind, by id."""
    query = (
        sa.select(_rows.id)
        .where(_rows.workspace == workspace, _rows.kind == kind)
        .distinct()
        .order_by(_rows.id)
    )
    return [Name(workspace, kind, one) for one in connection.scalars(query)]


def names(connection: sa.Connection, workspace: str, kind: str) -> dict[str, dict[str, str]]:
    """What is in force of a kind, by id: its name by language."""
    held = tables.documents.c
    query = (
        sa.select(_rows.id, held.body)
        .join(tables.documents, held.hash == _rows.hash)
        .where(_rows.workspace == workspace, _rows.kind == kind)
        .where(_rows.state.in_(("published", "paused")))
        .order_by(_rows.id)
    )
    found = connection.execute(query)
    return {id: msgspec.json.decode(body).get("name", {}) for id, body in found}


def drafts(connection: sa.Connection, workspace: str, kind: str) -> int:
    """How many definitions of a kind wait to be published."""
    query = sa.select(sa.func.count(_rows.id.distinct())).where(
        _rows.workspace == workspace, _rows.kind == kind, _rows.state == "draft"
    )
    return connection.scalar(query) or 0


def publish(
    control: sa.Engine, log: sa.Engine, name: Name, by: Actor, now: datetime, log_now: datetime
) -> Version | None:
    """Put the newest version in force; None when there is none.

    Raises `Unmet` or `Circular` (see `check`).
    The log's row is written before ours: after a crash in between the page still shows a draft, and
    publishing it again says the same thing twice, which changes nothing.
    """
    with control.connect() as connection:
        newest = next(iter(versions(connection, name)), None)
        if newest is None:
            return None
        check(connection, name, newest)
    return _put(control, log, name, newest, "published", by, (now, log_now))


def pause(
    control: sa.Engine, log: sa.Engine, name: Name, by: Actor, now: datetime, log_now: datetime
) -> Version | None:
    """Nobody enters any more, who is inside goes on; None when nothing is in force."""
    return _change(control, log, name, "paused", by, (now, log_now))


def archive(
    control: sa.Engine, log: sa.Engine, name: Name, by: Actor, now: datetime, log_now: datetime
) -> Version | None:
    """Take it out of use; its versions stay readable. None when nothing is in force."""
    return _change(control, log, name, "archived", by, (now, log_now))


def unarchive(
    control: sa.Engine, log: sa.Engine, name: Name, by: Actor, now: datetime, log_now: datetime
) -> Version | None:
    """What was in force last comes back; a journey paused, so that somebody looks at it first.

    None when it was never in force, or still is. Raises `Unmet` or `Circular` (see `check`).
    """
    with control.connect() as connection:
        last = next((one for one in versions(connection, name) if one.state != "draft"), None)
        if last is None or last.state != "archived":
            return None
        check(connection, name, last)
    state: State = "paused" if name.kind == "journey" else "published"
    return _put(control, log, name, last, state, by, (now, log_now))


def before(connection: sa.Connection, name: Name) -> Version | None:
    """The version that was in force before the one that is."""
    force = in_force(connection, name)
    if force is None:
        return None
    every = versions(connection, name)
    return next((one for one in every if one.version < force.version), None)


def take_back(
    control: sa.Engine,
    log: sa.Engine,
    name: Name,
    serving: str | None,
    by: Actor,
    now: datetime,
    log_now: datetime,
) -> Version | None:
    """What was published is a draft again, and the document that still serves is in force.

    `serving` is its hash; when none serves yet, nothing is in force. None when there is nothing to
    take back.
    """
    with control.connect() as connection:
        every, force = versions(connection, name), in_force(connection, name)
    if force is None or force.hash == serving:
        return None
    old = next((one for one in every if one.hash == serving and one.state == "archived"), None)
    word = Word(name.kind, name.id, force.hash, "archived")
    if old is not None:
        word = Word(name.kind, name.id, old.hash, "published")
    [seq] = journal.append(log, [entry(name.workspace, word)], log_now)
    state: State = "draft" if force == every[0] else "archived"
    with writing(control).begin() as connection:
        _update(connection, name, force.version, state=state)
        if old is not None:
            _update(connection, name, old.version, state="published")
        detail = {"version": force.version, "hash": force.hash, "seq": seq}
        record(connection, Act(by, "cancelled", str(name), name.workspace, detail), now)
    return msgspec.structs.replace(force, state=state)


def go_back(
    control: sa.Engine, log: sa.Engine, name: Name, by: Actor, now: datetime, log_now: datetime
) -> Version | None:
    """The version before comes into force again, as a new one; a draft waits behind it as it did.

    None when there is none before. Raises `Unmet` or `Circular` (see `check`).
    """
    with writing(control).begin() as connection:
        last, newest = before(connection, name), next(iter(versions(connection, name)), None)
        if last is None or newest is None:
            return None
        check(connection, name, last)
        kept = document(connection, newest.hash) if newest.state == "draft" else None
        save_draft(connection, name, document(connection, last.hash), by, now)
    version = publish(control, log, name, by, now, log_now)
    if kept is not None:
        with writing(control).begin() as connection:
            save_draft(connection, name, kept, by, now)
    return version


def discard(connection: sa.Connection, name: Name, by: Actor, now: datetime) -> bool:
    """Drop a draft for good that was never in force; False when there is none such."""
    states = {one.state for one in versions(connection, name)}
    if states != {"draft"}:
        return False
    connection.execute(sa.delete(tables.definitions).where(_is(name)))
    record(connection, Act(by, "discarded", str(name), name.workspace), now)
    return True


def check(connection: sa.Connection, name: Name, version: Version) -> None:
    """Whether a version may be in force: a journey must never find its mail missing.

    Raises `Unmet` when it names what is not in force, `Circular` when it is a segment that names
    itself, be it through others.
    """
    said = decode(name.kind, document(connection, version.hash))
    if isinstance(said, Segment) and (names := _circle(connection, name, said)):
        raise Circular(f"segments name each other in a circle: {' → '.join(names)}", names)
    if unmet := _unmet(connection, name, version):
        raise Unmet(f"{name} names what is not in force: {', '.join(map(str, unmet))}", unmet)


def _circle(connection: sa.Connection, name: Name, new: Segment) -> list[str]:
    """As it would be with the new segment among those in force."""
    held = tables.documents.c
    query = (
        sa.select(_rows.id, held.body)
        .join(tables.documents, held.hash == _rows.hash)
        .where(_rows.workspace == name.workspace, _rows.kind == name.kind)
        .where(_rows.state == "published")
    )
    there = {id: decode("segment", body.encode()) for id, body in connection.execute(query)}
    segments = {id: one for id, one in there.items() if isinstance(one, Segment)}
    return circle({**segments, new.id: new})


def _unmet(connection: sa.Connection, name: Name, version: Version) -> list[Name]:
    said = mentions(decode(name.kind, document(connection, version.hash)))
    named = [Name(name.workspace, kind, id) for kind, id in sorted(said)]
    return [one for one in named if one != name and in_force(connection, one) is None]


_rows = tables.definitions.c
_Times = tuple[datetime, datetime]


def _change(
    control: sa.Engine, log: sa.Engine, name: Name, state: State, by: Actor, times: _Times
) -> Version | None:
    with control.connect() as connection:
        current = in_force(connection, name)
    return _put(control, log, name, current, state, by, times) if current else None


def _put(
    control: sa.Engine,
    log: sa.Engine,
    name: Name,
    version: Version,
    state: State,
    by: Actor,
    times: _Times,
) -> Version:
    now, log_now = times
    word = Word(name.kind, name.id, version.hash, state)
    places = journal.append(log, [entry(name.workspace, word)], log_now)
    with writing(control).begin() as connection:
        connection.execute(
            sa.update(tables.definitions)
            .where(_is(name), _rows.version != version.version, _rows.state != "draft")
            .values(state="archived")
        )
        _update(connection, name, version.version, state=state)
        detail = {"version": version.version, "hash": version.hash, "seq": places[0]}
        record(connection, Act(by, state, str(name), name.workspace, detail), now)
    return msgspec.structs.replace(version, state=state)


def entry(workspace: str, word: Word) -> journal.Entry:
    """The log's row that puts a document in force."""
    body = msgspec.json.encode(word)
    return journal.Entry(workspace, Source.INNESCO, "innesco", kind="published", body=body)


def _update(connection: sa.Connection, name: Name, version: int, **values: object) -> None:
    connection.execute(
        sa.update(tables.definitions).where(_is(name), _rows.version == version).values(values)
    )


def _is(name: Name) -> sa.ColumnElement[bool]:
    return sa.and_(_rows.workspace == name.workspace, _rows.kind == name.kind, _rows.id == name.id)


def _version(row: sa.Row[tuple[object, ...]]) -> Version:
    said = row._mapping
    return Version(
        said["version"], said["hash"], said["state"], said["author"], moment_of(said["created"])
    )
