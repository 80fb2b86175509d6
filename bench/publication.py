"""Publishing a segment while the shop is open: until it serves, and what events feel of it.

`python bench/publication.py [--quick] [FOLDER]`: people with their histories, drawn and loaded into
FOLDER or a temporary one; an installation that lies there already is used again. Columns is a
process of its own; live, in this one, hears a request of ten events every 20 ms. Four segments are
published one after the other, one of them with nearly everybody in it. The time is from the word to
the place of the log where it serves, beside that of the bare question; latency is that of the
requests meanwhile, beside those before.
"""

import argparse
import asyncio
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

sys.path.insert(0, str(Path(__file__).parents[1]))

from bench.conditions import condition_of
from bench.drawn import draw
from bench.load import WORKSPACE, load
from bench.way import row
from innesco.columns.questions import HowMany
from innesco.columns.socket import NotAnswered, ask
from innesco.definitions.workspace import Workspace
from innesco.events.event import Source
from innesco.main import Innesco, make_live, open_innesco
from innesco.settings import Settings
from innesco.storage import definitions, editions, journal, workspaces
from innesco.storage.audit import PROGRAM
from innesco.storage.clock import wall
from innesco.storage.definitions import Name
from innesco.storage.engines import writing
from innesco.storage.open import close
from innesco.workers.live import Live

EVERY_SECONDS = 0.02
TARGET_SECONDS, TARGET_MS = 60, 2_000
QUICK, WHOLE = 60_000, 10_000_000
WARM_SECONDS, BEFORE_SECONDS = 10, 5


def did(event: str, **more: Any) -> dict[str, Any]:
    return {"kind": "did", "event": event} | more


def at_least(number: int) -> dict[str, Any]:
    return {"operator": ">=", "number": number}


def last(days: int) -> dict[str, Any]:
    return {"window": "last", "length": {"days": days}}


SPENT = {"figure": "sum", "property": "value"}
SEGMENTS: dict[str, dict[str, Any]] = {
    "never-bought": {"kind": "not", "condition": did("Order Completed")},
    "looked-often": did("Product Viewed", window=last(3650), **{"is": at_least(3)}),
    "spent": did("Order Completed", window=last(3650), of=SPENT, **{"is": at_least(5_000)}),
    "looked-not-bought": {
        "kind": "all",
        "conditions": [
            did("Product Viewed", **{"is": at_least(3)}),
            {"kind": "not", "condition": did("Order Completed")},
        ],
    },
}


class Served(NamedTuple):
    seconds: float
    rows: int
    waited: list[float]  #: seconds of each request meanwhile


class Shop:
    """The installation, its live, and somebody who comes every 20 ms."""

    def __init__(self, folder: Path) -> None:
        self.innesco: Innesco = open_innesco(Settings(data=folder))
        self.live: Live = make_live(self.innesco)
        self.n = 0

    def open(self) -> None:
        stores, now = self.innesco.stores, wall()
        with stores.control.connect() as connection:
            known = WORKSPACE in workspaces.ids(connection)
        if not known:
            log, settings = stores.journal, Workspace(name="Bench", zone="UTC")
            workspaces.create(stores.control, log, WORKSPACE, settings, PROGRAM, now, now)
        while self.live.catch_up().rows:
            continue

    def until(self, done: Callable[[], bool]) -> list[float]:
        """Somebody comes every 20 ms, and live does what there is to do; how long each waited."""
        waited: list[float] = []
        due = time.perf_counter()
        while not done():
            came = []
            while due <= time.perf_counter():
                self._comes()
                came.append(due)
                due += EVERY_SECONDS
            if came and self.live.catch_up().rows:
                waited += [time.perf_counter() - one for one in came]
            if not self.live.take_answers() and not came:
                time.sleep(0.002)
        return waited

    def for_seconds(self, seconds: float) -> list[float]:
        end = time.perf_counter() + seconds
        return self.until(lambda: time.perf_counter() > end)

    def publish(self, segment: str, when: dict[str, Any]) -> Served:
        name, stores = Name(WORKSPACE, "segment", segment), self.innesco.stores
        body = msgspec.json.encode({"id": segment, "when": when, "tags": [f"{time.time()}"]})
        with writing(stores.control).begin() as connection:
            definitions.save_draft(connection, name, body, PROGRAM, wall())
        start = time.perf_counter()
        definitions.publish(stores.control, stores.journal, name, PROGRAM, wall(), wall())
        self.live.catch_up()
        (key,) = {one.edition.key for one in self._editions(segment) if one.ended is None} - {
            one.edition.key for one in self._editions(segment) if one.whole_at is not None
        }
        waited = self.until(lambda: self._serves(segment, key))
        seconds = time.perf_counter() - start
        rows = max(one.rows for one in self._editions(segment))
        return Served(seconds, rows, waited)

    def _comes(self) -> None:
        self.n += 1
        said = [
            {
                "type": "track",
                "event": "Product Viewed",
                "anonymousId": f"d{(self.n * 10 + k) * 7919 % 5_000}-0",
                "messageId": f"p{time.time_ns()}-{k}",
                "properties": {"product_id": f"p{k}", "category": "shoes", "price": 9},
            }
            for k in range(10)
        ]
        body = msgspec.json.encode({"batch": said})
        entry = journal.Entry(WORKSPACE, Source.PUBLIC, "pk", events=10, body=body)
        journal.append(self.innesco.stores.journal, [entry], wall())

    def _editions(self, segment: str) -> list[editions.Kept]:
        with self.innesco.stores.people.connect() as connection:
            every = editions.every(connection, WORKSPACE)
        return [one for one in every if one.edition.segment == segment]

    def _serves(self, segment: str, key: str) -> bool:
        return any(
            one.edition.key == key and one.whole_at is not None for one in self._editions(segment)
        )


def columns(folder: Path) -> "subprocess.Popen[bytes]":
    """The role, as an installation has it."""
    command = [sys.executable, "-m", "innesco.cli", "role", "columns"]
    return subprocess.Popen(command, env=os.environ | {"INNESCO_DATA": str(folder)})


def asked_of_all(folder: Path, when: dict[str, Any]) -> tuple[float, int]:
    """How long the bare question takes, once columns answers, and how many people there are."""
    question = HowMany(condition_of(json.dumps(when)), wall(), "UTC")
    while True:
        start = time.perf_counter()
        try:
            (found,) = asyncio.run(ask(folder, WORKSPACE, question)).to_pylist()
        except NotAnswered:
            found = {"all": 0}
        if found["all"]:
            return time.perf_counter() - start, found["all"]
        time.sleep(0.2)


def measure(folder: Path, events: int) -> list[dict[str, Any]]:
    if not (folder / "people.sqlite").exists():
        start = time.perf_counter()
        draw(events, folder / "events.parquet")
        load(folder / "events.parquet", folder)
        seconds = time.perf_counter() - start
        print(f"{events:,} events drawn and loaded in {seconds:.0f} s", flush=True)
    shop, role = Shop(folder), columns(folder)
    try:
        shop.open()
        alone_seconds = {name: asked_of_all(folder, when)[0] for name, when in SEGMENTS.items()}
        _, everybody = asked_of_all(folder, SEGMENTS["spent"])
        shop.for_seconds(WARM_SECONDS)  # who comes has been met before
        alone = p95(shop.for_seconds(BEFORE_SECONDS))
        print(f"{everybody:,} people; alone p95 {alone:.1f} ms", flush=True)
        served = {name: shop.publish(name, when) for name, when in SEGMENTS.items()}
    finally:
        role.terminate()
        role.wait(30)
        close(shop.innesco.stores)
    rows = []
    for name, one in served.items():
        meanwhile = p95(one.waited)
        print(f"{name}: {one.rows:,} answers, after {one.seconds:.1f} s, p95 {meanwhile:.0f} ms")
        rows.append(
            row(
                f"{name}: published → serves",
                one.seconds,
                "s",
                alone_seconds[name],
                TARGET_SECONDS,
                one.seconds <= TARGET_SECONDS,
            )
        )
        rows.append(
            row(
                f"{name}: events meanwhile, p95",
                meanwhile,
                "ms",
                alone,
                TARGET_MS,
                meanwhile <= TARGET_MS,
            )
        )
    return rows


def p95(seconds: list[float]) -> float:
    """In milliseconds."""
    return sorted(seconds)[int(len(seconds) * 0.95)] * 1000 if seconds else 0.0


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="60,000 events, under 40 s")
    parser.add_argument("folder", nargs="?", type=Path)
    asked = parser.parse_args()
    size = QUICK if asked.quick else WHOLE
    if asked.folder:
        asked.folder.mkdir(parents=True, exist_ok=True)
        found = measure(asked.folder, size)
    else:
        with tempfile.TemporaryDirectory() as made:
            found = measure(Path(made), size)
    print(json.dumps({"bench": "publication", "rows": found}))
