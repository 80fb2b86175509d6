"""Restore: puts a checked backup in the place of what is there, in hold.

What happened after the backup is not known here: some of what waits in its outbox may have gone
long ago. So every workspace starts with a stop over all sending, written before the first file is
in its place, and a person lifts it in Settings after a look at what waits. Who left meanwhile stays
out: the exclusion list of what was there is taken over, wherever it can be read.
"""

import os
import shutil
from datetime import datetime
from pathlib import Path

import pysqlite3
import sqlalchemy as sa
from msgspec import Struct

from innesco.events.event import micros
from innesco.storage import backup, journal, stops, workspaces
from innesco.storage.audit import PROGRAM
from innesco.storage.backup import ORDER, Manifest, NoBackup, Say
from innesco.storage.engines import sqlite_engine, writing
from innesco.storage.journal import Suppression
from innesco.storage.migrate import knows, migrate

PROJECTIONS = ("columns",)
"""Folders made from the files: they belong to the old ones, and are made anew."""


class Restored(Struct, frozen=True):
    manifest: Manifest
    held: list[str]  #: workspaces that send nothing until a person lifts it
    aside: Path | None  #: where the files lie that were there before
    left: int | None  #: addresses taken over from the exclusion list; None: not read


def restore(
    folder: Path,
    data: Path,
    now: datetime,
    force: bool = False,
    say: Say = lambda text: None,
    leavers: Path | None = None,
) -> Restored:
    """Check, stage beside, hold, then move into place; raises `NoBackup` and changes nothing.

    `leavers` is a data folder whose exclusion list is taken over; by default what is there.
    """
    manifest = backup.check(folder, say)
    _refuse_newer(manifest)
    there = [path for path in _everything(data) if path.exists()]
    if there and not force:
        raise NoBackup(f"{data} is not empty: --force moves what is there aside")
    _refuse_running(data)
    staged = data / ".restoring"
    shutil.rmtree(staged, ignore_errors=True)
    staged.mkdir(parents=True)
    for copied in manifest.files:
        say(f"restoring {copied.name}")
        shutil.copyfile(folder / f"{copied.name}.sqlite", staged / f"{copied.name}.sqlite")
    held = _hold(staged, manifest, now)
    left = _keep_out(staged, _leavers(leavers or data, must=leavers is not None), now)
    aside = _move_aside(there, data / f"before-restore-{now:%Y%m%d-%H%M%S}") if there else None
    for path in staged.iterdir():
        os.replace(path, data / path.name)
    staged.rmdir()
    return Restored(manifest, held, aside, left)


def _refuse_newer(manifest: Manifest) -> None:
    for copied in manifest.files:
        if not knows(copied.name, copied.version):
            raise NoBackup(f"{copied.name} has tables of a newer Innesco: {copied.version}")


def _refuse_running(data: Path) -> None:
    """SQLite changes a file's mode only for whoever has it alone."""
    for name in ORDER:
        path = data / f"{name}.sqlite"
        if path.exists():
            connection = pysqlite3.connect(str(path), timeout=1)
            try:
                connection.execute("PRAGMA journal_mode=DELETE")
            except pysqlite3.OperationalError as busy:
                raise NoBackup(f"{path} is in use: stop Innesco first") from busy
            except pysqlite3.DatabaseError:
                continue  # broken, and so in nobody's use: that is why it is restored
            finally:
                connection.close()


def _hold(staged: Path, manifest: Manifest, now: datetime) -> list[str]:
    """A stop over everything, in every workspace."""
    engine = sqlite_engine(staged / "control.sqlite", journal_mode="DELETE")
    migrate(engine, "control")
    with writing(engine).begin() as connection:
        held = workspaces.ids(connection)
        for workspace in held:
            _stop(connection, workspace, manifest, now)
    engine.dispose()
    return held


def _stop(connection: sa.Connection, workspace: str, manifest: Manifest, now: datetime) -> None:
    reason = f"restored from backup of {manifest.made:%Y-%m-%d %H:%M} UTC"
    stops.stop(connection, workspace, "all", reason, PROGRAM, now)


def _leavers(data: Path, must: bool) -> list[Suppression] | None:
    """The exclusion list of a folder; None when its log is not there or cannot be read."""
    path = data / "journal.sqlite"
    if not path.exists():
        if must:
            raise NoBackup(f"{data} has no journal.sqlite whose exclusion list could be taken over")
        return None
    engine = sqlite_engine(path, journal_mode="DELETE")
    try:
        with engine.connect() as connection:
            return journal.every_suppression(connection)
    except (sa.exc.DBAPIError, pysqlite3.Error) as wrong:
        if must:
            raise NoBackup(f"{path} cannot be read: {wrong}") from wrong
        return None
    finally:
        engine.dispose()


def _keep_out(staged: Path, leavers: list[Suppression] | None, now: datetime) -> int | None:
    if leavers is None:
        return None
    engine = sqlite_engine(staged / "journal.sqlite", journal_mode="DELETE")
    migrate(engine, "journal")
    head = journal.head(engine)
    with writing(engine).begin() as connection:
        journal.suppress(connection, leavers, head[0] if head else 0, micros(now))
    engine.dispose()
    return len(leavers)


def _everything(data: Path) -> list[Path]:
    files = [data / f"{name}.sqlite{more}" for name in ORDER for more in ("", "-wal", "-shm")]
    return files + [data / name for name in PROJECTIONS]


def _move_aside(there: list[Path], aside: Path) -> Path:
    aside.mkdir()
    for path in there:
        if path.exists():  # SQLite takes the files beside away when the last one leaves
            os.replace(path, aside / path.name)
    return aside
