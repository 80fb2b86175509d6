"""The owner: the one process that has DuckDB open, with one file a workspace, attached when asked.

DuckDB locks its files against every other process, and each file opened by itself costs threads
and memory, so all workspaces hang on one instance. A result that is not read to the end owns its
connection: every task therefore takes a cursor of its own, and reads all of it.
"""

import re
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import duckdb

from innesco.columns import projection, tables

HEADER_BYTES = 3 * 4096
"""What every DuckDB file begins with."""


class Owner:
    """Opens, attaches and closes; what is asked stands in `questions.py`."""

    def __init__(self, folder: Path, threads: int = 2, memory: str = "1GB") -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        self._lock = threading.Lock()
        self._attached: set[str] = set()
        self._instance = duckdb.connect(config={"threads": threads, "memory_limit": memory})
        for setting in ("TimeZone = 'UTC'", "autoinstall_known_extensions = false"):
            self._instance.execute(f"SET GLOBAL {setting}").fetchall()

    @contextmanager
    def cursor(self, workspace: str) -> Iterator[duckdb.DuckDBPyConnection]:
        """A cursor on one workspace, for one task in one thread."""
        self._attach(workspace)
        cursor = self._instance.cursor()
        try:
            cursor.execute(f"USE {_alias(workspace)}").fetchall()
            yield cursor
        finally:
            cursor.close()

    def position(self, workspace: str) -> int:
        """How far the workspace has followed the feed."""
        with self.cursor(workspace) as cursor:
            return projection.position(cursor) or 0

    def drop(self, workspace: str) -> None:
        """Forget a workspace's columns; the next cursor finds empty tables at position 0."""
        with self._lock:
            if workspace in self._attached:
                self._instance.execute(f"DETACH {_alias(workspace)}").fetchall()
                self._attached.discard(workspace)
            for path in self._folder.glob(f"{_file(workspace)}.duckdb*"):
                path.unlink()

    def workspaces(self) -> list[str]:
        """Those attached by now."""
        with self._lock:
            return sorted(self._attached)

    def close(self) -> None:
        self._instance.close()

    def _attach(self, workspace: str) -> None:
        with self._lock:
            if workspace in self._attached:
                return
            alias, path = _alias(workspace), self._folder / f"{_file(workspace)}.duckdb"
            quoted = str(path).replace("'", "''")
            _drop_unfinished(path)
            self._instance.execute(f"ATTACH IF NOT EXISTS '{quoted}' AS {alias}").fetchall()
            with closing(self._instance.cursor()) as cursor:
                cursor.execute(f"USE {alias}").fetchall()
                if projection.position(cursor) is None:
                    with projection.all_or_none(cursor):
                        _empty(cursor)
                        tables.create(cursor)
            self._attached.add(workspace)


def _drop_unfinished(path: Path) -> None:
    """A crash or a full disk while a file was made leaves one that DuckDB will never open."""
    if path.exists() and path.stat().st_size < HEADER_BYTES:
        path.unlink()


def _empty(cursor: duckdb.DuckDBPyConnection) -> None:
    """Tables of another version go before new ones come."""
    for kind, query in (
        ("VIEW", "SELECT view_name FROM duckdb_views() WHERE NOT internal"),
        ("TABLE", "SELECT table_name FROM duckdb_tables() WHERE NOT internal"),
    ):
        for (name,) in cursor.execute(f"{query} AND database_name = current_database()").fetchall():
            cursor.execute(f'DROP {kind} "{name}"').fetchall()


def _file(workspace: str) -> str:
    """A name that every file system takes and that no other workspace has."""
    return re.sub(r"[^a-z0-9]", lambda match: f"_{ord(match[0]):x}_", workspace)


def _alias(workspace: str) -> str:
    return f'"of_{_file(workspace)}"'
