"""A small shop to tell stories in: its definitions, a real log and real people on disk.

Events are drawn from small stocks that meet and quarrel: two devices, one customer, two carts,
three products, and moments around the journeys' own times.
"""

import hashlib
import shutil
import tempfile
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec
import sqlalchemy as sa

from innesco.events.event import Source
from innesco.profiles.history import open_kept, unchunk
from innesco.profiles.tokens import Secrets
from innesco.storage import journal, tables
from innesco.storage.engines import sqlite_engine
from innesco.storage.journal import Entry
from innesco.storage.migrate import migrate
from innesco.workers.live import Live, Ports

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
SECRETS = Secrets((("k1", b"a secret for tests only, 32 bytes"),))
WORKSPACE = "shop"

CART_RECOVERY = {
    "id": "cart-recovery",
    "name": {"en": "Cart recovery"},
    "starts": [{"type": "event", "event": "Product Added"}],
    "key": "cart",
    "first": "quiet",
    "holdout": 0.3,
    "stops": [{"event": "Order Completed"}],
    "nodes": {
        "quiet": {
            "type": "wait for inactivity",
            "lasts": "PT1H",
            "restarts_on": ["Product Added", "Product Removed"],
            "then": "anything",
        },
        "anything": {
            "type": "branch",
            "when": {"kind": "cart", "figure": "count", "is": {"operator": ">=", "number": 1}},
            "yes": "remind",
        },
        "remind": {"type": "message", "template": "cart-1", "products": "cart", "then": "a day"},
        "a day": {"type": "wait", "lasts": "P1D", "then": "again"},
        "again": {"type": "message", "template": "cart-2", "products": "cart"},
    },
}
LOOKED = {
    "id": "looked",
    "name": {"en": "Came to look three times"},
    "starts": [{"type": "segment", "segment": "looking"}],
    "first": "hello",
    "holdout": 0,
    "reentry": {"again": True, "after": "PT2H"},
    "nodes": {"hello": {"type": "message", "template": "browse", "products": "seen"}},
}
LOOKING = {
    "id": "looking",
    "name": {"en": "Looked twice within two hours"},
    "when": {
        "kind": "did",
        "event": "Product Viewed",
        "window": {"window": "last", "length": {"hours": 2}},
        "is": {"operator": ">=", "number": 2},
    },
}
DEFINITIONS = (
    ("journey", "cart-recovery", CART_RECOVERY),
    ("journey", "looked", LOOKED),
    ("segment", "looking", LOOKING),
)


class Shop:
    """One log and one set of people; `read` lets live catch up in batches of any size."""

    def __init__(self, folder: Path, definitions: Iterable[tuple[str, str, Any]] = DEFINITIONS):
        self.journal = sqlite_engine(_made(folder, "journal"), synchronous="OFF")
        self.people = sqlite_engine(_made(folder, "people"), synchronous="OFF")
        self.documents: dict[str, bytes] = {}
        self.now, self.folder = NOON, folder
        for kind, name, document in definitions:
            self.publish(kind, name, document)
        self.live = self.new_live()

    def new_live(self) -> Live:
        ports = Ports(
            self.journal,
            self.people,
            lambda workspace: SECRETS,
            self.documents.__getitem__,
            lambda: self.now,
            self.folder,
        )
        return Live(ports)

    def publish(self, kind: str, name: str, document: Any, state: str = "published") -> None:
        body = msgspec.json.encode(document)
        digest = hashlib.sha256(body).hexdigest()
        self.documents[digest] = body
        word = {"kind": kind, "id": name, "hash": digest, "state": state}
        self._append("published", Source.INNESCO, msgspec.json.encode(word))

    def hear(self, *events: dict[str, Any], source: Source = Source.PUBLIC, at: float = 0) -> None:
        """The door takes one request, so many minutes after noon."""
        self.now = max(self.now, NOON + timedelta(minutes=at))
        body = msgspec.json.encode({"batch": events})
        self._append("events", source, body, len(events))

    def tick(self, at: float) -> None:
        """The clock is heard at this time, whether somebody is due or not."""
        self.now = max(self.now, NOON + timedelta(minutes=at))
        self._append("clock", Source.INNESCO, b"")

    def _append(self, kind: str, source: Source, body: bytes, events: int = 1) -> None:
        key = {Source.PUBLIC: "pk", Source.SERVER: "sk"}.get(source, "innesco")
        entry = Entry(WORKSPACE, source, key, kind, events, body)
        journal.append(self.journal, [entry], self.now)

    def read(self, rows: int = 500, restart: bool = False) -> None:
        """Let live read all of the log, so many rows at a time, new after each when told so."""
        while self.live.catch_up(rows).rows or self.live.take_answers():
            if restart:
                self.live = self.new_live()

    def close(self) -> None:
        self.journal.dispose()
        self.people.dispose()

    def kept(self) -> dict[str, list[Any]]:
        """All that live has written, but how history is cut into chunks."""
        with self.people.connect() as connection:
            found = {
                table.name: [tuple(row) for row in connection.execute(sa.select(table))]
                for table in tables.people.sorted_tables
                if table.name not in ("history", "cursors", "changes", "effects", "moves")
            }
            moved = sa.select(tables.moves).order_by("position")
            found["moves"] = [tuple(row)[1:] for row in connection.execute(moved)]
            found["effects"] = [
                tuple(row)
                for row in connection.execute(
                    sa.select(tables.effects.c.key, tables.effects.c.body).order_by("key")
                )
            ]
            chunks = connection.execute(
                sa.select(tables.history.c.person, tables.history.c.chunk).order_by(
                    "person", "first_seq"
                )
            )
            found["history"] = [
                (person, open_kept(one).event.seq)
                for person, chunk in chunks
                for one in unchunk(chunk)
            ]
        return {name: sorted(rows, key=repr) for name, rows in found.items()}

    def states(self) -> dict[str, Any]:
        with self.people.connect() as connection:
            query = sa.select(tables.persons.c.id, tables.persons.c.state)
            return {
                name: msgspec.msgpack.decode(state) for name, state in connection.execute(query)
            }

    def asked(self) -> list[str]:
        """Keys of the messages asked for."""
        with self.people.connect() as connection:
            return sorted(connection.scalars(sa.select(tables.effects.c.key)))


_templates = tempfile.TemporaryDirectory(prefix="innesco-tests-")
_template: dict[str, Path] = {}


def _made(folder: Path, name: str) -> Path:
    """A migrated empty file, made once and copied."""
    folder.mkdir(parents=True, exist_ok=True)
    if name not in _template:
        first = Path(_templates.name) / f"{name}.sqlite"
        engine = sqlite_engine(first)
        migrate(engine, name)
        with engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        engine.dispose()
        _template[name] = first
    path = folder / f"{name}.sqlite"
    shutil.copy(_template[name], path)
    return path


def said(
    name: str, at: float, device: str = "phone", n: int = 0, **properties: Any
) -> dict[str, Any]:
    """A track call that happened so many minutes after noon."""
    moment = NOON + timedelta(minutes=at)
    return {
        "type": "track",
        "event": name,
        "anonymousId": device,
        "messageId": f"{device}/{name}/{at}/{n}",
        "timestamp": moment.isoformat(),
        "properties": properties,
    }


def identified(
    at: float, device: str = "phone", user: str | None = None, **traits: Any
) -> dict[str, Any]:
    moment = NOON + timedelta(minutes=at)
    return {
        "type": "identify",
        "anonymousId": device,
        "userId": user,
        "messageId": f"{device}/identify/{at}/{user}/{sorted(traits)}",
        "timestamp": moment.isoformat(),
        "traits": traits,
    }
