"""The way of an event, end to end: log → fold → kept, with a fixed set of definitions.

`python bench/way.py [--quick]`: 50 segments, 20 triggers and 20 journeys; at least 5 % of the
events start or wake something. Events per second of one process with 10 k people; the same visitors
among 100 k people, so the ratio tells what the store costs; and how long an event takes to the
outbox at 70 % of that rate. The reference is the same events decoded and admitted, and no more.
"""

import argparse
import json
import random
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
import sqlalchemy as sa

sys.path.insert(0, str(Path(__file__).parents[1]))

from bench.arrival import outbox_latency
from bench.definitions import DEFINITIONS
from innesco.events.admit import Customs, Letter, admit
from innesco.events.body import events_of
from innesco.events.event import Source
from innesco.profiles.tokens import Secrets
from innesco.storage import journal, tables
from innesco.storage.engines import sqlite_engine
from innesco.storage.journal import Entry
from innesco.storage.migrate import migrate
from innesco.workers.garbage import settle
from innesco.workers.live import Live, Ports
from innesco.workers.stages import watch

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
                journal=self.journal,
                people=self.people,
                secrets=lambda workspace: Secrets((("k1", b"bench"),)),
                document=self.documents.__getitem__,
                clock=lambda: self.now,
                data=folder,
                watch=watch,
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

    def write(self, events: int, crowd: "Crowd") -> list[bytes]:
        """Requests into the log, a little later each; answers their bodies."""
        bodies = []
        entries: list[Entry] = []
        for _ in range(events // PER_REQUEST):
            self.now += timedelta(milliseconds=800)
            body = crowd.request(self.now)
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


class Crowd:
    """Who comes: so many are on the site at any time, and stay for ten events on average.

    Nobody on the site: every event is of anybody at all, who is not met twice while remembered, the
    worst that can come.
    """

    def __init__(self, people: int, seed: int, on_site: int = 0) -> None:
        self.people, self.seed = people, seed
        self.draw = random.Random(seed)
        self.here = [self.draw.randrange(people) for _ in range(on_site)]
        self.said = 0

    def request(self, now: datetime) -> bytes:
        """A batch as a collector sends it, of several visitors."""
        return msgspec.json.encode({"batch": [self.event(now) for _ in range(PER_REQUEST)]})

    def event(self, now: datetime) -> dict[str, Any]:
        """One event of about 900 bytes."""
        self.said += 1
        draw, who = self.draw, self._who()
        name, product = draw.choice(NAMES), draw.randrange(500)
        said: dict[str, Any] = {
            "type": "identify" if name == "Identified" else "track",
            "anonymousId": f"device-{who:08d}-0123456789abcdef",
            "messageId": f"{self.seed}-{self.said}-0123456789abcdef",
            "timestamp": now.isoformat(),
            "context": CONTEXT,
        }
        if name == "Identified":
            return said | {"traits": {"email": f"p{who}@example.com", "city": CITIES[who % 3]}}
        return said | {"event": name, "properties": self._properties(who, product)}

    def _who(self) -> int:
        if not self.here:
            return self.draw.randrange(self.people)
        place = self.draw.randrange(len(self.here))
        who = self.here[place]
        if self.draw.random() < 1 / STAYS:
            self.here[place] = self.draw.randrange(self.people)
        return who

    def _properties(self, who: int, product: int) -> dict[str, Any]:
        return {
            "product_id": f"SKU-{product}",
            "name": f"A product with a name, number {product}",
            "category": CATEGORIES[product % 8],
            "brand": f"Brand {product % 20}",
            "price": 5 + product % 90,
            "quantity": 1,
            "cart_id": f"cart-{who}",
            "order_id": f"order-{self.seed}-{self.said}",
            "query": "red shoes",
            "total": 40,
            "url": f"https://shop.example/p/{product}",
            "image_url": f"https://shop.example/i/{product}.jpg",
        }


STAYS = 10
CITIES = ("Torino", "Milano", "Bari")
CATEGORIES = tuple(f"category {n}" for n in range(8))
CONTEXT = {
    "library": {"name": "innesco", "version": "1.0"},
    "locale": "it-IT",
    "page": {"path": "/p/1", "title": "A product", "url": "https://shop.example/p/1"},
    "userAgent": "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/156.0 Safari/537.36",
    "campaign": {"name": "spring", "source": "newsletter", "medium": "email"},
}


class Speed(NamedTuple):
    """Events per second of the processor and of the wall's clock, the same only admitted, and the
    share that stirred something."""

    events: float
    wall: float
    admitted: float
    stirred: float


def speeds(people: int, events: int, *visitors: int) -> list[Speed]:
    """One after the other on a store in which everybody has been three times already."""
    with tempfile.TemporaryDirectory(prefix="innesco-bench-") as folder:
        one = Installation(Path(folder))
        settle()  # as the role does
        one.write(people * 3, Crowd(people, 1))
        one.read()
        return [
            speed(one, events, Crowd(people, seed, on_site))
            for seed, on_site in enumerate(visitors, 2)
        ]


def speed(one: Installation, events: int, crowd: Crowd) -> Speed:
    before = one.stirred()
    bodies = one.write(events, crowd)
    started, wall = time.process_time(), time.perf_counter()
    folded = one.read()
    taken, passed = time.process_time() - started, time.perf_counter() - wall
    stirred = (one.stirred() - before) / folded
    return Speed(folded / taken, folded / passed, admitted(bodies), stirred)


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
    few, many = (1_000, 10_000) if quick else (10_000, 100_000)
    events = 10_000 if quick else 100_000
    on_site = few * 3 // 100
    [small] = speeds(few, events, on_site)
    large, busier, worst = speeds(many, events, on_site, many // 100, 0)
    load = 0.7 * min(small.events, small.wall)
    late = outbox_latency(Crowd(few, 3, on_site), PER_REQUEST, load, 6 if quick else 30)
    grown = large.events / small.events
    rows = [
        row(
            f"events/s per core, {few} people, {on_site} of them on the site",
            small.events,
            "events/s",
            small.admitted,
            5000,
            small.events >= 5000,
        ),
        row(
            f"events/s per core, {many} people, {on_site} of them on the site",
            large.events,
            "events/s",
            small.events,
            0.87,
            grown >= 0.87,
        ),
        row(f"… {many // 100} of them on the site", busier.events, "events/s", small.events),
        row("… when nobody is met twice", worst.events, "events/s", small.events),
        row(
            "share that starts or wakes something",
            small.stirred,
            "",
            1,
            0.05,
            small.stirred >= 0.05,
        ),
        row(
            f"acknowledged → outbox at {load:.0f} events/s, p99 beside p50",
            late.p99,
            "s",
            late.p50,
            1,
            late.p99 < 1,
        ),
    ]
    print(json.dumps({"bench": "way", "rows": rows}))


def row(
    what: str,
    value: float,
    unit: str,
    reference: float,
    target: float | None = None,
    holds: bool | None = None,
) -> dict[str, Any]:
    return {
        "what": what,
        "value": round(value, 3),
        "unit": unit,
        "reference": round(reference, 3),
        "ratio": round(value / reference, 3),
        "target": target,
        "holds": holds,
    }


if __name__ == "__main__":
    main()
