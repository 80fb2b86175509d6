"""Backup: a copy of all files while everything runs, opened and checked before it counts as one.

The files are copied one after another, so the order keeps what one says of another true:

outbox    first: what it has copied from the effects and told to the log lies in the files after it;
people    before the journal: its cursor never stands beyond the end of the log;
journal   before control: a published word comes after its document, which is never changed;
control   last;  the sandbox whenever.

Whatever a file lacks compared with the later ones is done again by its role, under the same keys.
Columns are not copied: they are made from people.
"""

import hashlib
import os
import shutil
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec
import pysqlite3
import sqlalchemy as sa
from msgspec import Struct
from msgspec.structs import replace

from innesco.errors import InnescoError
from innesco.storage.beside import Beside, Stopped, never
from innesco.storage.engines import BUSY_MS, interrupt, sqlite_engine
from innesco.storage.migrate import METADATA, version
from innesco.storage.scrub import scrub

ORDER = ("outbox", "people", "journal", "control", "sandbox")
FORMAT = 1
MANIFEST = "manifest.json"
LAST = "last-backup.json"
PAGES = 2_000
"""Copied between two looks whether to go on."""
READ_BYTES = 4 << 20
Say = Callable[[str], None]


class NoBackup(InnescoError):
    """The backup could not be made, or is none that may be restored; the message says why."""


class Last(Struct, frozen=True):
    """Kept in the data folder, so that its age can be watched."""

    made: datetime
    folder: str


class Copied(Struct, frozen=True):
    """One file of a backup."""

    name: str
    bytes: int
    digest: str  #: SHA-256 of the file
    version: str  #: of its tables, by the migrations
    rows: dict[str, int]  #: by table


class Manifest(Struct, frozen=True, kw_only=True):
    """`manifest.json`: written last, so a folder without it is no backup."""

    format: int
    made: datetime
    files: list[Copied]
    seal: str = ""  #: SHA-256 of all the rest


def back_up(
    data: Path,
    folder: Path,
    now: datetime,
    say: Say = lambda text: None,
    stopped: Stopped = never,
) -> Manifest:
    """Copy `data` into a new folder and check the copy; raises `NoBackup` when it is not whole, and
    `CutShort` soon after it was told to stop. Then nothing of it stays.

    Writers are not held up: each file is read as it was at one moment.
    """
    if folder.exists() and any(folder.iterdir()):
        raise NoBackup(f"{folder} is not empty: a backup is made in a folder of its own")
    folder.mkdir(parents=True, exist_ok=True)
    try:
        manifest = _fill(data, folder, now, say, Beside(stopped))
    except BaseException:
        shutil.rmtree(folder)
        raise
    (data / LAST).write_bytes(msgspec.json.encode(Last(now, str(folder))))
    return manifest


def _fill(data: Path, folder: Path, now: datetime, say: Say, beside: Beside) -> Manifest:
    for name in ORDER:
        say(f"copying {name}")
        _copy(data / f"{name}.sqlite", folder / f"{name}.sqlite", beside)
    files = []
    for name in ORDER:
        say(f"checking {name}")
        files.append(_look(folder, name, beside))
    return _write(folder, Manifest(format=FORMAT, made=now, files=files))


def last(data: Path) -> Last | None:
    """The last backup made from here and checked; a record cut short tells of none."""
    try:
        return msgspec.json.decode((data / LAST).read_bytes(), type=Last)
    except (FileNotFoundError, msgspec.DecodeError):
        return None


def check(folder: Path, say: Say = lambda text: None) -> Manifest:
    """The manifest of a backup that is whole, byte for byte; raises `NoBackup` with what is not."""
    manifest = _read(folder)
    for copied in manifest.files:
        say(f"checking {copied.name}")
        path = folder / f"{copied.name}.sqlite"
        if not path.exists():
            raise NoBackup(f"{path} is missing")
        if _digest(path, Beside()) != copied.digest:
            raise NoBackup(f"{path} is damaged: its digest is not the manifest's")
    return manifest


def _copy(source: Path, target: Path, beside: Beside) -> None:
    """All pages within one read transaction: a snapshot, whoever writes meanwhile."""
    if not source.exists():
        raise NoBackup(f"{source} does not exist; what lies in PostgreSQL is saved with pg_dump")
    reading, writing = (
        pysqlite3.connect(str(one), isolation_level=None) for one in (source, target)
    )
    try:
        reading.execute(f"PRAGMA busy_timeout={BUSY_MS}")
        reading.execute("BEGIN")
        reading.execute("SELECT count(*) FROM sqlite_schema").fetchall()  # the snapshot begins here
        reading.backup(writing, pages=PAGES, progress=lambda *_: beside.go_on())
        writing.execute("PRAGMA journal_mode=DELETE")  # one file, with nothing beside it
    finally:
        reading.close()
        writing.close()
    _flush(target)


def _look(folder: Path, name: str, beside: Beside) -> Copied:
    """Open the copy, read all of it, count."""
    path = folder / f"{name}.sqlite"
    engine = sqlite_engine(path, journal_mode="DELETE")
    interrupt(engine, beside.stopped)
    try:
        troubles = scrub(engine, name)
        beside.go_on()
        if troubles:
            raise NoBackup("the copy is not whole: " + "; ".join(troubles))
        found = version(engine, name)
        rows = _rows(engine, METADATA[name])
    finally:
        engine.dispose()
    return Copied(name, path.stat().st_size, _digest(path, beside), found, rows)


def _rows(engine: sa.Engine, metadata: sa.MetaData) -> dict[str, int]:
    with engine.connect() as connection:
        return {
            name: connection.scalar(sa.select(sa.func.count()).select_from(table)) or 0
            for name, table in metadata.tables.items()
        }


def _write(folder: Path, manifest: Manifest) -> Manifest:
    sealed = replace(manifest, seal=_seal(manifest))
    path = folder / MANIFEST
    path.write_bytes(msgspec.json.format(msgspec.json.encode(sealed), indent=2))
    _flush(path)
    _flush(folder)
    return sealed


def _read(folder: Path) -> Manifest:
    try:
        said: Any = msgspec.json.decode((folder / MANIFEST).read_bytes())
        if isinstance(said, dict) and said.get("format", FORMAT) != FORMAT:
            raise NoBackup(f"{folder} was made by a newer Innesco: install that one to restore it")
        manifest = msgspec.convert(said, Manifest)
    except FileNotFoundError as absent:
        raise NoBackup(
            f"{folder} has no {MANIFEST}: it is no backup, or was not finished"
        ) from absent
    except (msgspec.MsgspecError, UnicodeDecodeError) as wrong:
        raise NoBackup(f"{folder}/{MANIFEST} is damaged: {wrong}") from wrong
    if _seal(manifest) != manifest.seal or [file.name for file in manifest.files] != [*ORDER]:
        raise NoBackup(f"{folder}/{MANIFEST} is damaged: its seal does not fit")
    return manifest


def _seal(manifest: Manifest) -> str:
    return hashlib.sha256(msgspec.json.encode(replace(manifest, seal=""))).hexdigest()


def _digest(path: Path, beside: Beside) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while some := file.read(READ_BYTES):
            beside.go_on()
            digest.update(some)
    return digest.hexdigest()


def _flush(path: Path) -> None:
    """Onto the disk, not only into the system's memory."""
    opened = os.open(path, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
