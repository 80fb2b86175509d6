"""The way of an event, end to end: log → fold → kept, with a fixed set of definitions.

`python bench/way.py [--quick]`: 50 segments, 20 triggers and 20 journeys; at least 5 % of the
events start or wake something. Events per second of one process with 10 k people, the same with
100 k (the ratio tells what the store costs), and how long an event takes to the outbox at 70 % of
that rate. The reference is the same events decoded and admitted, and nothing else done.
"""

import argparse
import json
import random
import shutil
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec
import sqlalchemy as sa

sys.path.insert(0, str(Path(__file__).parents[1]))

from bench.definitions import DEFINITIONS
from innesco.events.admit import Customs, Letter, admit
from innesco.events.body import events_of
from innesco.events.event import Source
from innesco.profiles.tokens import Secrets
from innesco.storage import journal, tables
from innesco.storage.engines import sqlite_engine
from innesco.storage.journal import Entry
from innesco.storage.migrate import migrate
from innesco.workers.live import Live, Ports

START = datetime(2026, 3, 2, 8, tzinfo=UTC)
PER_REQUEST = 10
ROWS = 500
NAMES = (
    ("Product Viewed",) * 12
    + ("Page Viewed",) * 8
    + ("Product Added",) * 2
    + ("Products Searched", "Product List Viewed", "Order Completed", "Identified")
)


class Installation:
    """A log and people on disk, filled with events of so many people."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.journal = sqlite_engine(folder / "journal.sqlite")
        self.people = sqlite_engine(folder / "people.sqlite")
        migrate(self.journal, "journal")
        migrate(self.people, "people")
        self.documents: dict[str, bytes] = {}
        self.now = START
        for kind, name, document in DEFINITIONS:
            self._publish(kind, name, document)
        self.live = Live(
            Ports(
                self.journal,
                self.people,
                lambda workspace: Secrets((("k1", b"bench"),)),
                self.documents.__getitem__,
                lambda: self.now,
            )
        )

    def _publish(self, kind: str, name: str, document: Any) -> None:
        import hashlib

        body = msgspec.json.encode(document)
        digest = hashlib.sha256(body).hexdigest()
        self.documents[digest] = body
        word = {"kind": kind, "id": name, "hash": digest, "state": "published"}
        entry = Entry(
            "bench", Source.INNESCO, "innesco", "published", body=msgspec.json.encode(word)
        )
        journal.append(self.journal, [entry], self.now)

    def write(self, events: int, people: int, seed: int) -> list[bytes]:
        """Requests into the log, a little later each; answers their bodies."""
        draw = random.Random(seed)
        bodies = []
        entries: list[Entry] = []
        for n in range(events // PER_REQUEST):
            self.now += timedelta(milliseconds=800)
            body = msgspec.json.encode(
                {"batch": [event(draw, people, self.now, seed, n, k) for k in range(PER_REQUEST)]}
            )
            bodies.append(body)
            entries.append(Entry("bench", Source.PUBLIC, "pk", events=PER_REQUEST, body=body))
            if len(entries) == 200:
                journal.append(self.journal, entries, self.now)
                entries = []
        if entries:
            journal.append(self.journal, entries, self.now)
        return bodies

    def read(self) -> int:
        """Let live catch up; answers the events it folded."""
        folded = 0
        while True:
            progress = self.live.catch_up(ROWS)
            if not progress.rows:
                return folded
            folded += progress.events

    def size(self) -> int:
        return sum(file.stat().st_size for file in self.folder.iterdir())

    def stirred(self) -> int:
        """Decisions that started or moved something."""
        with self.people.connect() as connection:
            query = (
                sa.select(sa.func.count())
                .select_from(tables.decisions)
                .where(
                    tables.decisions.c.kind.in_(("entered", "moved", "fired", "joined", "asked"))
                )
            )
            return int(connection.scalar(query) or 0)


def event(
    draw: random.Random, people: int, now: datetime, seed: int, n: int, k: int
) -> dict[str, Any]:
    """One event of about 900 bytes, of somebody among so many people."""
    who, name, product = draw.randrange(people), draw.choice(NAMES), draw.randrange(500)
    kind = "identify" if name == "Identified" else "track"
    said: dict[str, Any] = {
        "type": kind,
        "anonymousId": f"device-{who:08d}-0123456789abcdef",
        "messageId": f"{seed}-{n}-{k}-0123456789abcdef",
        "timestamp": now.isoformat(),
        "context": CONTEXT,
    }
    if kind == "identify":
        return said | {"traits": {"email": f"p{who}@example.com", "city": CITIES[who % 3]}}
    return said | {
        "event": name,
        "properties": {
            "product_id": f"SKU-{product}",
            "name": f"A product with a name, number {product}",
            "category": CATEGORIES[product % 8],
            "brand": f"Brand {product % 20}",
            "price": 5 + product % 90,
            "quantity": 1,
            "cart_id": f"cart-{who}",
            "order_id": f"order-{seed}-{n}-{k}",
            "query": "red shoes",
            "total": 40,
            "url": f"https://shop.example/p/{product}",
            "image_url": f"https://shop.example/i/{product}.jpg",
        },
    }


CITIES = ("Torino", "Milano", "Bari")
CATEGORIES = tuple(f"category {n}" for n in range(8))
CONTEXT = {
    "library": {"name": "innesco", "version": "1.0"},
    "locale": "it-IT",
    "page": {"path": "/p/1", "title": "A product", "url": "https://shop.example/p/1"},
    "userAgent": "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/156.0 Safari/537.36",
    "campaign": {"name": "spring", "source": "newsletter", "medium": "email"},
}


def rate(people: int, warm: int, events: int) -> tuple[float, float, float]:
    """(events/s, events/s of admitting only, share that stirred something)."""
    folder = Path(tempfile.mkdtemp(prefix="innesco-bench-"))
    try:
        one = Installation(folder)
        one.write(warm, people, seed=1)
        one.read()
        before = one.stirred()
        bodies = one.write(events, people, seed=2)
        started = time.process_time()
        folded = one.read()
        taken = time.process_time() - started
        return folded / taken, admitted(bodies), (one.stirred() - before) / folded
    finally:
        shutil.rmtree(folder)


def admitted(bodies: list[bytes]) -> float:
    """The reference: the same events decoded and admitted, per second."""
    letter, customs = Letter(1, START + timedelta(days=9), Source.PUBLIC, "pk"), Customs()
    started, n = time.process_time(), 0
    for body in bodies:
        for raw in events_of(body):
            admit(bytes(raw), letter, customs)
            n += 1
    return n / (time.process_time() - started)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true")
    quick = parser.parse_args().quick
    few, many = (2_000, 20_000) if quick else (10_000, 100_000)
    events = 20_000 if quick else 100_000
    small, reference, stirred = rate(few, few * 3, events)
    large, _, _ = rate(many, many * 3, events)
    rows = [
        row(
            f"events/s per core, {few} people",
            small,
            "events/s",
            reference,
            small / reference,
            5000,
            small >= 5000,
        ),
        row(
            f"rate with {many} people against {few}",
            large,
            "events/s",
            small,
            large / small,
            0.87,
            large / small >= 0.87,
        ),
        row(
            "share of events that start or wake something",
            stirred,
            "",
            1,
            stirred,
            0.05,
            stirred >= 0.05,
        ),
    ]
    print(json.dumps({"bench": "way", "rows": rows}))


def row(
    what: str, value: float, unit: str, reference: float, ratio: float, target: float, holds: bool
) -> dict[str, Any]:
    return {
        "what": what,
        "value": round(value, 3),
        "unit": unit,
        "reference": round(reference, 3),
        "ratio": round(ratio, 3),
        "target": target,
        "holds": holds,
    }


if __name__ == "__main__":
    main()
