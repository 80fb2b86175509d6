"""Loading a Parquet file of events in bulk: people, history and change feed without the log.

People who share no identity know nothing of each other, so they are folded apart, by several
processes, each with a file of its own that is taken in as a whole. What is kept is what the way
would have kept; `bench/loader.py` proves it and says which columns the file has.
"""

import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

import duckdb
import msgspec
import pyarrow as pa
import pyarrow.parquet as parquet
import sqlalchemy as sa

from innesco import way
from innesco.columns import feed
from innesco.definitions.definitions import Definitions, in_force
from innesco.events.admit import Customs, Letter, admit
from innesco.events.event import Dropped, Event, Says, Source, moment_of
from innesco.profiles.history import Heard
from innesco.profiles.learn import is_double
from innesco.profiles.recognise import recognise
from innesco.storage import tables
from innesco.storage.engines import sqlite_engine, writing
from innesco.storage.migrate import migrate
from innesco.workers.crowd import Crowd
from innesco.workers.live import NOBODY

WORKSPACE = "bench"
PEOPLE_A_PART = 2_000
KEPT = (
    "persons",
    "person_words",
    "identities",
    "aliases",
    "runs",
    "decisions",
    "consents",
    "quarantine",
)
NUMBERED = {"changes": "kind, workspace, seq, body", "effects": "workspace, key, due, body"}
"""Tables that count their rows themselves, with their other columns."""


def load(events: Path, folder: Path, processes: int = 2) -> int:
    """Fill `folder/people.sqlite` and a log that goes on behind it; answers how many events."""
    folder.mkdir(parents=True, exist_ok=True)
    people, log = (sqlite_engine(folder / f"{n}.sqlite", "OFF") for n in ("people", "journal"))
    migrate(people, "people")
    migrate(log, "journal")
    with tempfile.TemporaryDirectory(dir=folder) as parts:
        total, last = _part(events, Path(parts))
        names = sorted(Path(parts).glob("part=*"))
        with ProcessPoolExecutor(processes) as pool:
            for file in pool.map(fold_part, names):
                _take_in(people, file)
    _go_on_behind(people, log, total, last)
    for engine in (people, log):
        engine.dispose()
    return total


def _part(events: Path, folder: Path) -> tuple[int, int]:
    """Rows with their place, beside those of the people they share an identity with."""
    with duckdb.connect() as db:
        source = f"read_parquet('{events}', file_row_number = true)"
        pairs = db.execute(f"SELECT DISTINCT user, anonymous FROM {source}").fetchall()
        table = pa.Table.from_pylist(
            [{"u": u, "a": a, "part": n // PEOPLE_A_PART} for u, a, n in _together(pairs)]
        )
        db.register("apart", table)
        db.execute(
            f"COPY (SELECT e.* EXCLUDE (file_row_number, moment, received),"
            " file_row_number + 1 AS seq, epoch_us(moment) AS moment,"
            " epoch_us(received) AS received, part"
            f" FROM {source} e JOIN apart ON e.user IS NOT DISTINCT FROM u"
            " AND e.anonymous IS NOT DISTINCT FROM a ORDER BY part, seq)"
            f" TO '{folder}' (FORMAT parquet, PARTITION_BY (part))"
        ).fetchall()
        (row,) = db.execute(f"SELECT count(*), max(epoch_us(received)) FROM {source}").fetchall()
    return int(row[0]), int(row[1])


Pair = tuple[str | None, str | None]


def _together(pairs: Sequence[Pair]) -> Iterator[tuple[str | None, str | None, int]]:
    """Each pair of ids with the number of its group: groups have no id in common."""
    parent: dict[str, str] = {}

    def root(name: str) -> str:
        while parent.setdefault(name, name) != name:
            parent[name] = name = parent[parent[name]]
        return name

    names = [[f"{n}{one}" for n, one in enumerate(pair) if one is not None] for pair in pairs]
    for both in names:
        for one in both[1:]:
            parent[root(one)] = root(both[0])
    numbers: dict[str, int] = {}
    for (user, anonymous), both in zip(pairs, names, strict=True):
        group = root(both[0]) if both else ""
        yield user, anonymous, numbers.setdefault(group, len(numbers))


def fold_part(folder: Path) -> Path:
    """Some thousand people from first to last event, written to a file of their own."""
    engine = sqlite_engine(folder / "people.sqlite", "OFF")
    migrate(engine, "people")
    crowd, definitions, refused = Crowd(WORKSPACE), in_force(WORKSPACE, []), []
    customs = _customs(definitions)
    for row in (
        pa.concat_tables(map(parquet.read_table, folder.glob("*.parquet")))
        .sort_by("seq")
        .to_pylist()
    ):
        source = Source(row["source"])
        raw = body_of(row)
        letter = Letter(row["seq"], moment_of(row["received"]), source, source.value)
        one = admit(raw, letter, customs)
        why = one if isinstance(one, Dropped) else _hear(crowd, definitions, one.event, one.says)
        if why is not None:
            body = raw if one is why else one.event.properties
            refused.append(_refused(row, why, body))
    with writing(engine).begin() as connection:
        feed.write(connection, WORKSPACE, crowd)
        crowd.write(connection)
        if refused:
            connection.execute(sa.insert(tables.quarantine), refused)
    engine.dispose()
    return folder / "people.sqlite"


def _hear(crowd: Crowd, definitions: Definitions, event: Event, says: Says) -> Dropped | None:
    """One event, as live does it with the people it holds in memory."""
    who = recognise(WORKSPACE, event.seq, event.source, says, None, crowd.find)
    if who is None:
        return NOBODY
    if not is_double(crowd.get(who.person)[0].person, event):
        crowd.lead(who, event.seq, event.received)
        state, past = crowd.get(who.person)
        heard = Heard(msgspec.structs.replace(event, profile=who.person), says, who)
        crowd.keep(way.fold(state, heard, definitions, past), past, heard)
    return None


def _customs(definitions: Definitions) -> Customs:
    shop = definitions.settings
    return Customs(shop.zone, shop.currency, shop.rates)


def _refused(row: dict[str, Any], why: Dropped, body: bytes) -> dict[str, Any]:
    return {
        "workspace": WORKSPACE,
        "seq": row["seq"],
        "reason": why.reason,
        "place": why.place,
        "source": row["source"],
        "received": row["received"],
        "body": body[: 32 * 1024],
    }


def body_of(row: dict[str, Any]) -> bytes:
    """The event as a client would have sent it."""
    said: dict[str, Any] = {
        "type": row["type"],
        "event": row["event"],
        "userId": row["user"],
        "anonymousId": row["anonymous"],
        "messageId": row["message"],
        "timestamp": moment_of(row["moment"]).isoformat(),
    }
    for name in ("properties", "traits"):
        if row[name]:
            said[name] = msgspec.Raw(row[name].encode())
    return msgspec.json.encode({name: one for name, one in said.items() if one is not None})


def _take_in(people: sa.Engine, file: Path) -> None:
    """All rows of a part at once; the feed's positions go on counting."""
    with people.connect() as connection:
        raw = connection.connection.driver_connection
        assert raw is not None
        connection.rollback()
        raw.execute("ATTACH ? AS part", [str(file)])
        raw.execute("BEGIN IMMEDIATE")
        for table in (*KEPT, "history"):
            raw.execute(f"INSERT INTO main.{table} SELECT * FROM part.{table}")
        for table, columns in NUMBERED.items():
            raw.execute(f"INSERT INTO main.{table} ({columns}) SELECT {columns} FROM part.{table}")
        raw.execute("COMMIT")
        raw.execute("DETACH part")


def _go_on_behind(people: sa.Engine, log: sa.Engine, last: int, received: int) -> None:
    """A log of one row, read already: what comes next takes the places after the loaded ones."""
    row = {"seq": last, "events": 1, "workspace": "", "source": "innesco", "key": "innesco"}
    row |= {"kind": "clock", "received": received, "skew": 0, "body": b"", "sums": b""}
    with writing(log).begin() as connection:
        connection.execute(sa.insert(tables.log).values(row))
    cursor = {"name": "live", "position": last, "moment": received}
    with writing(people).begin() as connection:
        connection.execute(sa.insert(tables.cursors).values(cursor))
