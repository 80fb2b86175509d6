"""Full: the disk fills up under load and is freed; nothing false is acknowledged, nothing is lost.

The data folder lies on a small disk in memory, which takes root to mount. Once a round the disk is
filled to some bytes while live, deliver and columns have work before them; then it is freed.
"""

import os
import random
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import httpx
from msgspec import Struct

from innesco.errors import InnescoError
from innesco.verify import tally
from innesco.verify.load import ENDLESS, Load
from innesco.verify.mailbox import Mailbox, listening
from innesco.verify.report import Report, Row, at_least, at_most, caught, none, report
from innesco.verify.roles import Roles
from innesco.verify.settle import settle
from innesco.verify.shop import Shop, free_port, shop_in
from innesco.verify.wait import until

DISK_MB = 1024
"""Far more than all rounds leave behind: a disk that is full of our own would never be freed."""
RATE = 400.0
BUSY = ("live", "deliver", "columns")
"""Roles that are given something to do before the disk is full."""
FULL_SECONDS = 3.0
SAID_SECONDS = 60.0
"""A log of SQLite's that once was longer has room of its own for a while, and the door keeps on."""
FAULTY_SECONDS = 6.0
"""A door with a fault never says it: the first round shows it soon, its log still grows."""
AGAIN_SECONDS = 5.0
KNOWN = (429, 503, 507)
BREAKS = {
    "acknowledge-in-spite": "acknowledged events lost",
    "die-on-a-full-disk": "roles that ended by themselves",
    "ready-whatever-comes": "rounds in which /readyz did not tell",
}
Say = Callable[[str], None]


class CannotFill(InnescoError):
    """This machine cannot make a small disk: it takes root and a `mount` that is allowed."""


class Seen(Struct):
    """What was seen of the full disk, over all rounds."""

    refused: int = 0  #: rounds in which the door said 507
    told: int = 0  #: rounds in which /readyz said 503 for the disk
    unread: int = 0  #: readings that failed
    again: float = 0.0  #: seconds from the freeing to the next event that was kept; the slowest
    taken: int = 0  #: bytes on the disk when all was done


def full(rounds: int, seed: int, say: Say, sabotage: str = "") -> Report:
    """Fill and free the disk so many times, let everything catch up, count."""
    port = free_port()
    with small_disk() as disk, listening(port) as mailbox, shop_in(disk / "data", port) as place:
        log = disk.parent / "roles.log"
        with Roles(place.settings, sabotage, log=log) as roles:
            roles.wait_ready()
            load = Load(place, ENDLESS, RATE, seed)
            load.start()
            seen = Seen()
            for n in range(rounds):
                say(f"round {n + 1} of {rounds}")
                patience = FAULTY_SECONDS if sabotage else SAID_SECONDS
                chance = random.Random(f"{seed}/{n}")
                _round(place, roles, load, disk, chance, seen, patience)
            load.finish()
            settled = settle(place, say)
            roles.stop()
            seen.taken = shutil.disk_usage(disk).used
        return _judge(place, rounds, load, mailbox, roles, seen, settled)


def sabotaged(rounds: int, seed: int, say: Say) -> Report:
    """All at once, each watched by a row of its own."""
    found = full(rounds, seed, say, ",".join(BREAKS))
    return report("full", [caught(fault, found, [row]) for fault, row in BREAKS.items()], {})


@contextmanager
def small_disk() -> Iterator[Path]:
    """A file system of its own in memory; raises `CannotFill`."""
    with TemporaryDirectory(prefix="innesco-full-") as folder:
        disk = Path(folder) / "disk"
        disk.mkdir()
        _run("mount", "-t", "tmpfs", "-o", f"size={DISK_MB}m", "tmpfs", str(disk))
        try:
            yield disk
        finally:
            _run("umount", str(disk))


def _round(
    place: Shop,
    roles: Roles,
    load: Load,
    disk: Path,
    chance: random.Random,
    seen: Seen,
    patience: float,
) -> None:
    """Roles are held while work gathers, the disk is filled, they are let go; then it is freed."""
    until(lambda: load.acknowledged > 0, 30, 0.05)
    for name in chance.sample(BUSY, len(BUSY)):
        roles.hold(name)
        time.sleep(chance.uniform(0.2, 0.8))
    before = load.refused[507]
    with _filled(disk, but=chance.choice((0, 0, 20_000, 100_000))):
        for name in BUSY:
            roles.let_go(name)
        seen.refused += until(lambda: load.refused[507] > before, patience, 0.05)
        seen.told += until(lambda: not _ready(place), patience, 0.1)
        end = time.monotonic() + FULL_SECONDS
        while time.monotonic() < end:
            seen.unread += not _reads(place)
            time.sleep(0.2)
    kept, freed = load.acknowledged, time.monotonic()
    until(lambda: load.acknowledged > kept, 60, 0.01)
    seen.again = max(seen.again, time.monotonic() - freed)
    time.sleep(chance.uniform(0.5, 1.5))


@contextmanager
def _filled(disk: Path, but: int) -> Iterator[None]:
    """A file that takes all the room there is, but for some bytes."""
    ballast = disk / "ballast"
    with ballast.open("wb", buffering=0) as file:
        for piece in (b"x" * 1_000_000, b"x" * 4096, b"x"):
            with suppress(OSError):
                while file.write(piece):
                    continue
        file.truncate(max(0, file.tell() - but))
    try:
        yield
    finally:
        ballast.unlink()


def _ready(place: Shop) -> bool:
    answer = httpx.get(f"{place.settings.base_url}/readyz", timeout=20)
    return answer.status_code == 200 and "disk" not in answer.text


def _reads(place: Shop) -> bool:
    """The web role lives, and the admin API answers what it is asked."""
    keys = place.keys[0]
    url = f"{place.settings.base_url}/api/workspaces/{keys.workspace}/home"
    lives = httpx.get(f"{place.settings.base_url}/livez", timeout=20)
    home = httpx.get(url, headers={"authorization": f"Bearer {keys.reader}"}, timeout=20)
    return lives.status_code == home.status_code == 200


def _judge(
    place: Shop,
    rounds: int,
    load: Load,
    mailbox: Mailbox,
    roles: Roles,
    seen: Seen,
    settled: bool,
) -> Report:
    stores, workspaces = place.stores, [keys.workspace for keys in place.keys]
    arrived = mailbox.arrived.with_(tally.caught(stores.sandbox))
    said = roles.log.read_text(errors="replace")
    rows: list[Row] = [
        at_least("rounds in which the door said 507", seen.refused, rounds),
        none("rounds in which /readyz did not tell", rounds - seen.told),
        none("readings that failed meanwhile", seen.unread),
        none("roles that ended by themselves", roles.deaths.total()),
        none("answers that nobody should get", load.odd(KNOWN)),
        at_most("seconds until the next was kept", round(seen.again, 1), AGAIN_SECONDS),
        Row("caught up", "yes" if settled else "no", "yes", settled),
        *tally.events(stores, list(load.ids())),
        *tally.messages(stores, arrived, load.asked, 0),
        *tally.columns(stores, place.settings.data / "columns", workspaces),
    ]
    figures: dict[str, float | str] = {
        "acknowledged events": load.acknowledged,
        "requests answered with 507": load.refused[507],
        "times that a role waited for room": said.count('"disk.full"'),
        "messages asked for": load.asked,
        "MB on the disk at the end": seen.taken // 2**20,
    }
    return report(
        "full", rows, figures | ({"last words": roles.last_words(4000)} if roles.deaths else {})
    )


def _run(*command: str) -> None:
    if shutil.which(command[0]) is None or os.geteuid() != 0:
        raise CannotFill(f"{CannotFill.__doc__} It was not started by root.")
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        raise CannotFill(f"{CannotFill.__doc__} {' '.join(command)}: {done.stderr.strip()}")
