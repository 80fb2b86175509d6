"""Ready: can the web role keep what it would acknowledge? Each answer is what stands against it."""

import os
import shutil
import tempfile
from collections.abc import Iterable
from pathlib import Path

import sqlalchemy as sa

from innesco.storage import migrate
from innesco.storage.engines import SQLiteTooOld, check_sqlite, writing
from innesco.storage.open import Stores

LEAST_SHARE = 0.02
"""Of the disk must be free: SQLite needs room for its journal even to delete."""


def trouble(stores: Stores, data: Path) -> list[str]:
    """In words, what is wrong; empty when all is well."""
    return [*_library(), *_stores(stores), *_no_room(data), *_cannot_write(data)]


def _no_room(data: Path) -> Iterable[str]:
    usage = shutil.disk_usage(data)
    if usage.free < usage.total * LEAST_SHARE:
        yield f"disk: {usage.free // 1024**2} MB of {usage.total // 1024**2} MB are free"


def _library() -> Iterable[str]:
    try:
        check_sqlite()
    except SQLiteTooOld as old:
        yield f"sqlite: {old}"


def _stores(stores: Stores) -> Iterable[str]:
    """Each can be read and locked for writing, and has the tables that this program expects."""
    for name in Stores.__struct_fields__:
        engine: sa.Engine = getattr(stores, name)
        try:
            with writing(engine).connect() as connection, connection.begin() as lock:
                connection.execute(sa.select(1))
                lock.rollback()
            found = migrate.version(engine, name)
        except sa.exc.SQLAlchemyError as error:
            yield f"{name}: {type(error).__name__}"
            continue
        if found != migrate.newest(name):
            yield f"{name}: its tables are of version {found}, not {migrate.newest(name)}"


def _cannot_write(data: Path) -> Iterable[str]:
    """A real write that reaches the disk."""
    try:
        with tempfile.NamedTemporaryFile(dir=data, prefix=".ready-") as file:
            file.write(b"ready" * 1000)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        yield f"disk: {error.strerror}"
