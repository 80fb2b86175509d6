"""The nightly work of a house: retention, compaction of histories, a checked backup, in this order.

Each part is done beside the roles that write. What one part meets is told and keeps no other from
its work; whatever a crash leaves undone, the next night does.
"""

import asyncio
import fcntl
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import msgspec
import sqlalchemy as sa
import structlog
from msgspec import Struct
from msgspec.structs import replace

from innesco.errors import InnescoError
from innesco.settings import Settings
from innesco.storage import backup, history, retention, workspaces
from innesco.storage.clock import Clock
from innesco.storage.engines import writing
from innesco.storage.open import Stores

LAST = "last-night.json"
LOCK = "nightly.lock"
PREFIX = "night-"
HOUR = 3
"""Of the clock on the wall of the first shop; in its own zone."""
LOOK_SECONDS = 30.0
CHUNKS = 8
"""A history in so many small chunks is rewritten; nobody else does it."""

Say = Callable[[str], None]
log = structlog.get_logger()


class AlreadyAtWork(InnescoError):
    """The nightly work is being done by another process."""


class Night(Struct, frozen=True, kw_only=True):
    """What a night did; kept in the data folder."""

    began: datetime
    seconds: float = 0.0
    trimmed: dict[str, int] = {}  #: rows deleted, by what they were
    compacted: int = 0  #: histories rewritten in fewer chunks
    longest_pause: float = 0.0  #: seconds for which the longest commit held the writers up
    backup: str = ""  #: its folder
    note: str = ""  #: why there is none, where that is no failure
    failed: dict[str, str] = {}  #: the parts that failed, each with the reason


def work(settings: Settings, stores: Stores, now: datetime, say: Say = lambda text: None) -> Night:
    """All of it once; raises `AlreadyAtWork` while somebody else does it."""
    with _alone(settings.data):
        started, night = time.monotonic(), Night(began=now)
        for name, part in PARTS.items():
            say(name)
            try:
                night = part(settings, stores, now, night, say)
            except (InnescoError, OSError, sa.exc.SQLAlchemyError) as failure:
                night = replace(night, failed={**night.failed, name: str(failure)})
        night = replace(night, seconds=round(time.monotonic() - started, 3))
        try:
            _keep(settings.data, night)
        except OSError as failure:
            night = replace(night, failed={**night.failed, LAST: str(failure)})
        return night


def last(data: Path) -> Night | None:
    """The last night that came to its end; a record cut short by a power cut tells of none."""
    try:
        return msgspec.json.decode((data / LAST).read_bytes(), type=Night)
    except (FileNotFoundError, msgspec.DecodeError):
        return None


def due(now: datetime, zone: ZoneInfo, before: datetime) -> bool:
    """Whether the hour of night came since the last one began."""
    local = now.astimezone(zone)
    hour = local.replace(hour=HOUR, minute=0, second=0, microsecond=0, fold=0)
    if hour > local:
        hour -= timedelta(days=1)
    return before < hour.astimezone(UTC) <= now


async def run_nightly(settings: Settings, stores: Stores, now: Clock, stop: asyncio.Event) -> None:
    """Each night at its hour; what was missed while nothing ran is done when it runs again."""
    started = now()
    worked: list[datetime] = []  # also of nights whose record could not be kept
    while not stop.is_set():
        done = last(settings.data)
        before = max([*worked, *([done.began] if done else [])], default=started)
        if due(now(), zone_of(stores), before):
            try:
                night = await asyncio.to_thread(work, settings, stores, now())
                worked = [night.began]
                log.info("night.over", **msgspec.to_builtins(night))
            except (AlreadyAtWork, OSError) as why:
                log.warning("night.put_off", because=str(why))
        with suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), LOOK_SECONDS)


def zone_of(stores: Stores) -> ZoneInfo:
    """The installation's: that of its first shop."""
    with stores.control.connect() as connection:
        shops = workspaces.ids(connection)
        zone = workspaces.settings(connection, shops[0]).zone if shops else "UTC"
    return ZoneInfo(zone)


# -- the parts -------------------------------------------------------------------------------------


def _retain(_: Settings, stores: Stores, now: datetime, night: Night, say: Say) -> Night:
    done = retention.trim(stores, now, lambda what, rows: say(f"{what}: {rows:,} rows trimmed"))
    return replace(night, trimmed=done.rows, longest_pause=round(done.longest_pause, 4))


def _compact(_: Settings, stores: Stores, __: datetime, night: Night, say: Say) -> Night:
    """One history in one commit, and as long a rest after it."""
    longest = night.longest_pause
    scattered = history.scattered(stores.people, CHUNKS)
    for n, (workspace, profile) in enumerate(scattered, start=1):
        started = time.perf_counter()
        with writing(stores.people).begin() as connection:
            history.compact(connection, workspace, profile)
        took = time.perf_counter() - started
        longest = max(longest, took)
        say(f"histories: {n:,} of {len(scattered):,} rewritten")
        time.sleep(took)
    return replace(night, compacted=len(scattered), longest_pause=round(longest, 4))


def _back_up(settings: Settings, _: Stores, now: datetime, night: Night, say: Say) -> Night:
    if settings.control_url or settings.journal_url:
        return replace(night, note="what lies in PostgreSQL is saved with pg_dump")
    folder = settings.backups_folder / f"{PREFIX}{now:%Y-%m-%dT%H%M%S}"
    backup.back_up(settings.data, folder, now, say)
    _prune(settings.backups_folder, settings.backups_kept)
    return replace(night, backup=str(folder))


PARTS: dict[str, Callable[[Settings, Stores, datetime, Night, Say], Night]] = {
    "retention": _retain,
    "compaction": _compact,
    "backup": _back_up,
}


def _prune(folder: Path, kept: int) -> None:
    """The newest that are whole stay, and what no night made; unfinished ones go.

    Only after a new one was checked: a night whose backup fails deletes none.
    """
    nights = sorted(one for one in folder.glob(f"{PREFIX}*") if one.is_dir())
    whole = [one for one in nights if (one / backup.MANIFEST).exists()]
    stay = set(whole[-kept:])
    for one in nights:
        if one not in stay:
            (one / backup.MANIFEST).unlink(missing_ok=True)  # half deleted, it is none
            shutil.rmtree(one)


def _keep(data: Path, night: Night) -> None:
    new = data / f"{LAST}.new"
    new.write_bytes(msgspec.json.encode(night))
    new.replace(data / LAST)


@contextmanager
def _alone(data: Path) -> Iterator[None]:
    """The system lets the lock go when the process ends, however it ends."""
    with (data / LOCK).open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as held:
            raise AlreadyAtWork(str(AlreadyAtWork.__doc__)) from held
        yield
