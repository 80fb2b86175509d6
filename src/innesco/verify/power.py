"""Power: the plug is pulled while the log is written; what was acknowledged is there afterwards.

A file becomes a disk with XFS on it. A writer appends by `storage/journal.py` and says each place
that was committed; then the file system is shut down without flushing, as a power cut leaves it,
mounted again, and read. With `synchronous=NORMAL`, which many programs use, events are lost.
"""

import os
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import sqlalchemy as sa
from msgspec import Struct

from innesco.errors import InnescoError
from innesco.events.body import events_of, sums_of
from innesco.events.event import Source
from innesco.storage import journal, tables
from innesco.storage.clock import wall
from innesco.storage.engines import sqlite_engine
from innesco.storage.migrate import migrate
from innesco.storage.scrub import scrub
from innesco.verify.report import Report, at_least, caught, none, report

TOOLS = ("mkfs.xfs", "xfs_io", "mount", "umount")
DISK_BYTES = 400 * 1024 * 1024
LOST = "acknowledged rows lost"
Say = Callable[[str], None]


class CannotCut(InnescoError):
    """This machine cannot simulate a power cut: it takes root, loop devices and xfsprogs."""


class Cut(Struct, frozen=True):
    """One power cut: what was acknowledged before it, and what came of that."""

    acknowledged: int
    lost: int
    troubles: list[str]


def power(cuts: int, seconds: float, say: Say, synchronous: str = "FULL", seed: int = 7) -> Report:
    """Cut the power again and again, each time after about so many seconds of writing."""
    check_machine()
    chance, found = random.Random(seed), list[Cut]()
    for n in range(cuts):
        say(f"cut {n + 1} of {cuts}, synchronous={synchronous}")
        with TemporaryDirectory(prefix="innesco-power-") as folder:
            found.append(_cut(Path(folder), seconds * chance.uniform(0.5, 1.5), synchronous))
    rows = [
        at_least("power cuts", len(found), cuts),
        at_least("acknowledged rows", sum(cut.acknowledged for cut in found), cuts),
        none(LOST, sum(cut.lost for cut in found)),
        none("troubles in what was found", sum(len(cut.troubles) for cut in found)),
    ]
    return report("power", rows, {"synchronous": synchronous})


def sabotaged(cuts: int, seconds: float, say: Say) -> Report:
    """With `synchronous=NORMAL` rows must be lost, else the cut cuts nothing."""
    found = power(cuts, seconds, say, synchronous="NORMAL")
    return report("power", [caught("synchronous=NORMAL", found, [LOST])], found.figures)


def check_machine() -> None:
    absent = [tool for tool in TOOLS if shutil.which(tool, path=_path()) is None]
    if os.geteuid() != 0 or absent:
        who = "" if os.geteuid() == 0 else " It was not started by root."
        what = f" Missing: {', '.join(absent)} (apt install xfsprogs)." if absent else ""
        raise CannotCut(f"{CannotCut.__doc__}{who}{what}")


def try_disk() -> None:
    """Make and mount an empty disk, which some containers refuse."""
    with TemporaryDirectory(prefix="innesco-power-") as folder, _mounted(*_new_disk(Path(folder))):
        return


def _cut(folder: Path, seconds: float, synchronous: str) -> Cut:
    image, disk = _new_disk(folder)
    with _mounted(image, disk):
        said = _write_until_cut(disk, seconds, synchronous)
    with _mounted(image, disk):
        return _read(disk, said)


def _new_disk(folder: Path) -> tuple[Path, Path]:
    """A file with XFS on it, and the folder where it is to stand."""
    image, disk = folder / "disk.img", folder / "disk"
    disk.mkdir()
    with image.open("wb") as file:
        file.truncate(DISK_BYTES)
    _run("mkfs.xfs", "-q", str(image))
    return image, disk


def _write_until_cut(disk: Path, seconds: float, synchronous: str) -> list[int]:
    """The places that the writer had committed when the power went."""
    command = [sys.executable, "-m", "innesco.verify.power", str(disk), synchronous]
    writer = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    assert writer.stdout is not None
    try:
        first = writer.stdout.readline()  # the database stands, the first row is acknowledged
        time.sleep(seconds)
        _run("xfs_io", "-x", "-c", "shutdown", str(disk))
    finally:
        time.sleep(0.2)
        writer.kill()
        rest = writer.stdout.read()
        writer.stdout.close()
        writer.wait()
    lines = (first + rest).splitlines(keepends=True)
    return [int(line) for line in lines if line.endswith("\n")]


def _read(disk: Path, said: list[int]) -> Cut:
    engine = sqlite_engine(disk / "journal.sqlite")
    try:
        with engine.connect() as connection:
            there = set(connection.scalars(sa.select(tables.log.c.seq)))
        return Cut(len(said), sum(place not in there for place in said), scrub(engine, "journal"))
    finally:
        engine.dispose()


@contextmanager
def _mounted(image: Path, disk: Path) -> Iterator[None]:
    _run("mount", "-o", "loop", str(image), str(disk))
    try:
        yield
    finally:
        _run("umount", str(disk))


def _run(*command: str) -> None:
    environ = {**os.environ, "PATH": _path()}
    done = subprocess.run(command, capture_output=True, text=True, env=environ)
    if done.returncode:
        raise CannotCut(f"{CannotCut.__doc__} {' '.join(command)}: {done.stderr.strip()}")


def _path() -> str:
    return f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin"


def write(disk: Path, synchronous: str) -> None:
    """The writer: says each place on stdout as soon as its commit came back."""
    engine = sqlite_engine(disk / "journal.sqlite", synchronous)
    migrate(engine, "journal")
    os.sync()  # an empty database is no acknowledged event: only what follows is at stake
    body = b'{"batch":[{"type":"track","event":"Product Viewed","anonymousId":"v1"}]}'
    sums = sums_of(events_of(body))
    entry = journal.Entry("proof", Source.SERVER, "power", body=body, sums=sums)
    while True:
        (place,) = journal.append(engine, [entry], wall())
        print(place, flush=True)


if __name__ == "__main__":
    write(Path(sys.argv[1]), sys.argv[2])
