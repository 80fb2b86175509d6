"""The nightly work beside live: how long live's writes take meanwhile, and how fast the work goes.

`python bench/nightly.py [--quick] [FOLDER]`: people whose histories lie in ten small chunks each, a
log and a quarantine that are past their time, made in FOLDER or a temporary one. The night is a
process of its own; live, in this one, folds one small request after another. The reference is the
same without the night; of trimming, one DELETE of as many rows; of compaction, the same chunks
decoded and written anew in memory.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
import sqlalchemy as sa

sys.path.insert(0, str(Path(__file__).parents[1]))

from bench.way import Crowd, row
from innesco.definitions.workspace import Workspace
from innesco.events.event import Source, micros
from innesco.main import Innesco, make_live, open_innesco
from innesco.profiles.history import chunk, unchunk
from innesco.settings import Settings
from innesco.storage import journal, tables, workspaces
from innesco.storage.audit import PROGRAM
from innesco.storage.clock import wall
from innesco.storage.engines import writing
from innesco.storage.journal import Entry
from innesco.storage.open import close
from innesco.workers import nightly
from innesco.workers.live import Live

SHOP, OTHER = "bench", "reference"
CHUNKS = 10
AT_ONCE = 20_000
TARGET_MS = 250


class Size(NamedTuple):
    people: int
    log: int
    quarantine: int
    seconds: float  #: of the reference


QUICK, WHOLE = Size(5_000, 10_000, 20_000, 4), Size(100_000, 200_000, 200_000, 15)


class Told(NamedTuple):
    """What a night did: seconds by part, rows trimmed, histories rewritten."""

    seconds: dict[str, float]
    trimmed: int
    compacted: int


def fill(folder: Path, size: Size) -> None:
    """Sixty days ago some came; then everybody's history is that of one of them."""
    innesco = open_innesco(Settings(data=folder))
    stores, then = innesco.stores, wall() - timedelta(days=60)
    workspaces.create(
        stores.control, stores.journal, SHOP, Workspace(name="Bench"), PROGRAM, then, then
    )
    crowd = Crowd(50, 1)
    for _ in range(size.log // AT_ONCE + 1):
        body = crowd.request(then)
        old = [Entry(SHOP, Source.PUBLIC, "pk", events=10, body=body)]
        journal.append(stores.journal, old * min(AT_ONCE, size.log), then)
    with writing(stores.people).begin() as connection:
        place, _ = journal.head(stores.journal) or (0, 0)
        at = {"name": "live", "position": place - 20, "moment": micros(then)}
        connection.execute(sa.insert(tables.cursors).values(at))
    live = make_live(innesco)
    while live.catch_up().rows:
        continue
    _copy_histories(innesco, size.people)
    _quarantine(innesco, size.quarantine)
    close(stores)


def _copy_histories(innesco: Innesco, people: int) -> None:
    held = tables.history
    with writing(innesco.stores.people).begin() as connection:
        bodies = connection.scalars(sa.select(held.c.chunk)).all()
        connection.execute(sa.delete(held))
    events = [one for body in bodies for one in unchunk(body)][:CHUNKS]
    pieces = [(one.seq, chunk([one])) for one in sorted(events, key=lambda one: one.seq)]
    assert len(pieces) == CHUNKS
    for first in range(0, people, AT_ONCE // CHUNKS):
        rows = [
            {"workspace": SHOP, "person": f"p{n:07}", "first_seq": seq, "last_seq": seq}
            | {"events": 1, "chunk": body}
            for n in range(first, min(people, first + AT_ONCE // CHUNKS))
            for seq, body in pieces
        ]
        with writing(innesco.stores.people).begin() as connection:
            connection.execute(sa.insert(held), rows)


def _quarantine(innesco: Innesco, rows: int) -> None:
    told = {"reason": "none", "place": "", "source": "public", "received": 0, "body": b"x" * 500}
    for shop in (SHOP, OTHER):
        for first in range(0, rows, AT_ONCE):
            some = [
                {"workspace": shop, "seq": seq, **told}
                for seq in range(first + 1, min(rows, first + AT_ONCE) + 1)
            ]
            with writing(innesco.stores.people).begin() as connection:
                connection.execute(sa.insert(tables.quarantine), some)


def night(folder: Path) -> None:
    """In a process of its own: the work, and when each part began."""
    innesco = open_innesco(Settings(data=folder))
    began: dict[str, float] = {}

    def say(text: str) -> None:
        if text in nightly.PARTS:
            began[text] = time.perf_counter()

    done = nightly.work(innesco.settings, innesco.stores, wall(), say)
    if done.failed:
        raise SystemExit(str(done.failed))
    ends = [*list(began.values())[1:], time.perf_counter()]
    seconds = {name: end - began[name] for name, end in zip(began, ends, strict=True)}
    told = Told(seconds, sum(done.trimmed.values()), done.compacted)
    print(msgspec.json.encode(told).decode())


class Writer:
    """Live, which folds one request of ten events after another."""

    def __init__(self, folder: Path) -> None:
        self.innesco = open_innesco(Settings(data=folder))
        self.live: Live = make_live(self.innesco)
        self.crowd = Crowd(200, 2)

    def while_(self, goes_on: Callable[[], bool]) -> list[float]:
        """Milliseconds that each took to be folded and kept."""
        took = []
        while goes_on():
            now = wall()
            entry = Entry(SHOP, Source.PUBLIC, "pk", events=10, body=self.crowd.request(now))
            journal.append(self.innesco.stores.journal, [entry], now)
            started = time.perf_counter()
            while self.live.catch_up().rows:
                continue
            took.append(1000 * (time.perf_counter() - started))
        return sorted(took)


def one_delete(folder: Path) -> float:
    """Rows a second when nobody else is thought of."""
    innesco = open_innesco(Settings(data=folder))
    started = time.perf_counter()
    with writing(innesco.stores.people).begin() as connection:
        table = tables.quarantine
        gone = connection.execute(sa.delete(table).where(table.c.workspace == OTHER)).rowcount
    took = time.perf_counter() - started
    close(innesco.stores)
    return float(gone) / took


def in_memory(folder: Path) -> float:
    """Chunks a second decoded and written together."""
    innesco = open_innesco(Settings(data=folder))
    held = tables.history.c
    with innesco.stores.people.connect() as connection:
        bodies = connection.scalars(sa.select(held.chunk).limit(CHUNKS)).all()
    close(innesco.stores)
    started, done = time.perf_counter(), 0
    while time.perf_counter() < started + 0.5:
        chunk([one for body in bodies for one in unchunk(body)])
        done += len(bodies)
    return done / (time.perf_counter() - started)


def measure(folder: Path, size: Size) -> list[dict[str, Any]]:
    fill(folder, size)
    memory, delete = in_memory(folder), one_delete(folder)
    writer = Writer(folder)
    until = time.perf_counter() + size.seconds
    alone = writer.while_(lambda: time.perf_counter() < until)
    command = [sys.executable, __file__, "--night", str(folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        beside = writer.while_(lambda: process.poll() is None)
        said, _ = process.communicate()
        if process.returncode != 0:
            raise SystemExit(f"the night ended with {process.returncode}")
    close(writer.innesco.stores)
    told = msgspec.json.decode(said, type=Told)
    p99 = percentile(beside, 0.99)
    trimmed = told.trimmed / told.seconds["retention"]
    chunks = told.compacted * CHUNKS / told.seconds["compaction"]
    print(f"{len(alone)} writes alone, {len(beside)} beside a night; {told}")
    writes = f"a write of live beside the night of {size.people} people"
    return [
        row(f"{writes}, p99", p99, "ms", percentile(alone, 0.99), TARGET_MS, p99 < TARGET_MS),
        row(f"{writes}, p50", percentile(beside, 0.5), "ms", percentile(alone, 0.5)),
        row(f"{writes}, the longest", beside[-1], "ms", alone[-1]),
        row("rows trimmed beside live", trimmed, "rows/s", delete),
        row("chunks compacted beside live", chunks, "chunks/s", memory),
    ]


def percentile(rising: list[float], share: float) -> float:
    return rising[min(len(rising) - 1, int(share * len(rising)))]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--night", action="store_true", help=argparse.SUPPRESS)
    said = parser.parse_args()
    if said.night:
        night(said.folder)
        return
    with tempfile.TemporaryDirectory(prefix="innesco-bench-", dir=said.folder) as folder:
        rows = measure(Path(folder), QUICK if said.quick else WHOLE)
    print(json.dumps({"bench": "nightly", "rows": rows}))


if __name__ == "__main__":
    main()
