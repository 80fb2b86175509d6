"""Opening the databases: SQLite with the promises we need of it, or PostgreSQL by URL.

A write is acknowledged only after its commit reached the disk, so SQLite runs in WAL with
`synchronous=FULL`: NORMAL lost acknowledged events in every power-cut test. The library of the
system may be older than 3.51.3 and has the WAL-reset bug; `pysqlite3` brings its own.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pysqlite3
import sqlalchemy as sa
from sqlalchemy import event

from innesco.errors import InnescoError

OLDEST_SQLITE = (3, 51, 3)
BUSY_MS = 15_000
STEPS = 20_000
"""Of SQLite's machine, between two looks whether to go on; less than a hundredth of a second."""


class SQLiteTooOld(InnescoError):
    """This SQLite can corrupt a WAL database (fixed in 3.51.3): install pysqlite3 >= 0.6.1."""


def check_sqlite(version: tuple[int, ...] = tuple(pysqlite3.sqlite_version_info)) -> None:
    if version < OLDEST_SQLITE:
        raise SQLiteTooOld(f"SQLite {'.'.join(map(str, version))}: {SQLiteTooOld.__doc__}")


def sqlite_engine(path: Path, synchronous: str = "FULL", journal_mode: str = "WAL") -> sa.Engine:
    """An engine on one SQLite file, made with its folder when absent.

    Errors do not say the values of a statement: they are people's, and errors are logged.
    """
    check_sqlite()
    path.parent.mkdir(parents=True, exist_ok=True)
    engine = sa.create_engine(f"sqlite:///{path}", module=pysqlite3, hide_parameters=True)

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _: Any) -> None:
        connection.isolation_level = None  # we say BEGIN ourselves, so that it can be IMMEDIATE
        for pragma in (
            f"busy_timeout={BUSY_MS}",
            f"journal_mode={journal_mode}",
            f"synchronous={synchronous}",
            "foreign_keys=ON",
            "temp_store=MEMORY",
            "cache_size=-65536",
            "mmap_size=268435456",
        ):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin(connection: sa.Connection) -> None:
        immediate = connection.get_execution_options().get("immediate")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")

    return engine


def interrupt(engine: sa.Engine, stopped: Callable[[], bool]) -> None:
    """A statement of this SQLite engine, however long, fails soon after `stopped` becomes true."""

    @event.listens_for(engine, "connect")
    def watch(connection: Any, _: Any) -> None:
        connection.set_progress_handler(stopped, STEPS)


def open_engine(url: str, path: Path) -> sa.Engine:
    """PostgreSQL when a URL is given, else the SQLite file."""
    if not url:
        return sqlite_engine(path)
    at = sa.make_url(url).set(drivername="postgresql+psycopg")
    return sa.create_engine(at, hide_parameters=True)


def writing(engine: sa.Engine) -> sa.Engine:
    """The same engine, whose transactions take the write lock at once (SQLite)."""
    return engine.execution_options(immediate=True)
