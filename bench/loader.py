"""A bulk loader for benches: a Parquet file of events becomes people, history and change feed.

`python bench/loader.py EVENTS.parquet FOLDER [--processes 2]` fills an empty FOLDER as if all
events had come through the log one by one, without the log: people who share no identity know
nothing of each other, so they are folded apart, by several processes, each with a file of its own
that is taken in as a whole. `--prove 100000` draws that many events, lets the way read them from a
real log, loads them, and compares all that was kept. `--draw N FILE [--people N]` writes drawn
events to load later.

Columns: `source` (public, server), `type`, `event`, `user`, `anonymous`, `message`, `moment`,
`received` (timestamps, the second never going back), `properties`, `traits` (JSON). The order of
the rows is that of the log. Links between people are read from `user` and `anonymous` alone: an
e-mail must not be surely said of two of them.
"""

import argparse
import hashlib
import json
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec
import pyarrow.parquet as parquet
import sqlalchemy as sa

sys.path.insert(0, str(Path(__file__).parents[1]))

from bench.drawn import draw
from bench.load import KEPT, WORKSPACE, body_of, load
from innesco.columns import feed
from innesco.events.body import sums_of
from innesco.events.event import Source, micros, moment_of
from innesco.profiles.history import open_kept, unchunk
from innesco.profiles.tokens import Secrets
from innesco.storage import journal, tables
from innesco.storage.engines import sqlite_engine
from innesco.storage.journal import Entry
from innesco.storage.migrate import migrate
from innesco.workers.live import Live, Ports


def by_the_way(events: Path, folder: Path) -> None:
    """The same events through a real log and live."""
    people, log = (sqlite_engine(folder / f"{n}.sqlite", "OFF") for n in ("people", "journal"))
    migrate(people, "people")
    migrate(log, "journal")
    last = datetime(2000, 1, 1, tzinfo=UTC)
    for received, rows in _rows_of_the_log(events):
        for row in rows:
            raw = body_of(row)
            source = Source(row["source"])
            body = b'{"batch":[%b]}' % raw
            sums = sums_of([msgspec.Raw(raw)])
            journal.append(
                log, [Entry(WORKSPACE, source, source.value, body=body, sums=sums)], received
            )
        last = received
    ports = Ports(log, people, lambda _: Secrets(()), lambda _: b"", lambda: last, folder)
    live = Live(ports)
    while live.catch_up(5_000).rows:
        pass
    for engine in (people, log):
        engine.dispose()


def _rows_of_the_log(events: Path) -> Iterator[tuple[datetime, list[dict[str, Any]]]]:
    rows: list[dict[str, Any]] = []
    for row in parquet.read_table(events).to_pylist():
        row |= {name: micros(row[name].replace(tzinfo=UTC)) for name in ("moment", "received")}
        if rows and rows[0]["received"] != row["received"]:
            yield moment_of(rows[0]["received"]), rows
            rows = []
        rows.append(row)
    if rows:
        yield moment_of(rows[0]["received"]), rows


def digests(folder: Path) -> dict[str, str]:
    """One digest a table, and one of all events by person and place."""
    people = sqlite_engine(folder / "people.sqlite")
    found = {}
    with people.connect() as connection:
        for name in KEPT:
            rows = connection.execute(sa.select(tables.people.tables[name]))
            found[name] = _digest(repr(tuple(row)) for row in rows)
        asked = sa.select(tables.effects.c.key, tables.effects.c.due, tables.effects.c.body)
        found["effects"] = _digest(repr(tuple(row)) for row in connection.execute(asked))
        held = tables.history.c
        chunks = connection.execute(sa.select(held.person, held.chunk))
        found["history"] = _digest(
            f"{person} {kept.seq:>12} {kept.moment} {open_kept(kept)!r}"
            for person, chunk in chunks
            for kept in unchunk(chunk)
        )
        told = [one.told for one in feed.read(connection, WORKSPACE, 0, 10**9)]
        found["feed, history"] = _digest(repr(row) for one in told for row in one.history)
        last = {row.person: row for one in told for row in one.persons}
        gone = {row.profile for one in told for row in one.aliases}
        found["feed, persons"] = _digest(repr(row) for n, row in last.items() if n not in gone)
    people.dispose()
    return found


def _digest(rows: Iterator[str]) -> str:
    ordered = sorted(rows)
    text = hashlib.sha256("\n".join(ordered).encode()).hexdigest()[:16]
    return f"{len(ordered)} rows {text}"


def prove(count: int, processes: int = 2) -> dict[str, Any]:
    """Draw, go both ways, compare; how long each took."""
    folder = Path(tempfile.mkdtemp(prefix="innesco-loader-"))
    try:
        events = folder / "events.parquet"
        draw(count, events)
        began = time.perf_counter()
        load(events, folder / "loaded", processes)
        loaded = time.perf_counter()
        by_the_way(events, folder / "way")
        ended = time.perf_counter()
        mine, theirs = digests(folder / "loaded"), digests(folder / "way")
    finally:
        shutil.rmtree(folder)
    for name in theirs:
        print(
            f"{'=' if mine[name] == theirs[name] else '≠'} {name:14} {mine[name]}  {theirs[name]}"
        )
    rates = {"loader": round(count / (loaded - began)), "way": round(count / (ended - loaded))}
    return {"equal": mine == theirs, "rates": rates}


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("events", nargs="?", type=Path)
    arguments.add_argument("folder", nargs="?", type=Path)
    arguments.add_argument("--processes", type=int, default=2)
    arguments.add_argument("--prove", type=int)
    arguments.add_argument("--draw", type=int)
    arguments.add_argument("--people", type=int, default=0)
    arguments.add_argument("--quick", action="store_true", help="proves 5,000 events")
    said = arguments.parse_args()
    if said.draw:
        draw(said.draw, said.events, people=said.people)
    elif said.events and said.folder:
        began = time.perf_counter()
        count = load(said.events, said.folder, said.processes)
        seconds = time.perf_counter() - began
        print(f"{count:,} events in {seconds:.1f} s: {count / seconds:,.0f} a second")
    else:
        report(prove(said.prove or (5_000 if said.quick else 100_000), said.processes))


def report(proof: dict[str, Any]) -> None:
    rates = proof["rates"]
    row = {
        "what": "bulk loader, equal to the way in all that is kept",
        "value": rates["loader"],
        "unit": "events/s",
        "reference": rates["way"],
        "ratio": round(rates["loader"] / rates["way"], 2),
        "target": "equal",
        "holds": proof["equal"],
    }
    print(json.dumps({"bench": "loader", "rows": [row]}))
    sys.exit(0 if proof["equal"] else 1)


if __name__ == "__main__":
    main()
