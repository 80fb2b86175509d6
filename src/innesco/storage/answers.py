"""Answers: what a segment's condition said of everybody, as a file beside the databases.

An Arrow file of `person, answer, changes_at` (microseconds, or nothing), in the order of person;
who neither belongs nor may by time alone is left out. It is written whole before the log names it,
and read some rows at a time.
"""

import os
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from innesco.events.event import moment_of

if TYPE_CHECKING:  # a third of a second, which live pays only when there are answers to take
    import pyarrow as pa

FOLDER = "answers"


class Answer(NamedTuple):
    person: str
    belongs: bool
    changes_at: datetime | None


def write(data: Path, name: str, table: "pa.Table") -> None:
    """Keep it under this name: on the disk before anybody hears of it."""
    import pyarrow as pa

    folder = data / FOLDER
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    beside = folder / f".{name}"
    with beside.open("wb") as file:
        with pa.ipc.new_file(file, table.schema) as arrow:
            arrow.write_table(table)
        file.flush()
        os.fsync(file.fileno())
    beside.rename(folder / name)
    descriptor = os.open(folder, os.O_RDONLY)
    os.fsync(descriptor)
    os.close(descriptor)


def read(data: Path, name: str, after: int, most: int) -> list[Answer]:
    """The next rows; raises FileNotFoundError when the file is gone."""
    import pyarrow as pa

    with pa.memory_map(str(data / FOLDER / name)) as file:
        rows = pa.ipc.open_file(file).read_all().slice(after, most)
        columns = (rows[one].to_pylist() for one in ("person", "answer", "changes_at"))
        return [
            Answer(person, belongs, moment_of(at) if at is not None else None)
            for person, belongs, at in zip(*columns, strict=True)
        ]


def forget(data: Path, name: str) -> None:
    """They were taken, or nobody wants them any more."""
    (data / FOLDER / name).unlink(missing_ok=True)
