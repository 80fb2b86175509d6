"""The owner: the one process that has DuckDB open, with one file a workspace, attached when asked.

DuckDB locks its files against every other process, and each file opened by itself costs threads
and memory, so all workspaces hang on one instance. A result that is not read to the end owns its
connection: every task therefore takes a cursor of its own, and reads all of it.
"""

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from innesco.columns import projection, tables


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
            self._instance.execute(f"ATTACH '{quoted}' AS {alias}").fetchall()
            cursor = self._instance.cursor()
            cursor.execute(f"USE {alias}").fetchall()
            if projection.position(cursor) is None:
                _empty(cursor)
                tables.create(cursor)
            cursor.close()
            self._attached.add(workspace)


def _empty(cursor: duckdb.DuckDBPyConnection) -> None:
    """Tables of another version, and what a crash left half made, go before new ones come."""
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
