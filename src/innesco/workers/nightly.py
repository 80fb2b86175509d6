"""The nightly work of a house: retention, compaction of histories, a checked backup, in this order.

Each part is done beside the roles that write. What one part meets is told and keeps no other from
its work. Told to stop, it ends between two short commits; what is then undone, and what a crash
leaves undone, is done when the role starts again.
"""

import asyncio
import fcntl
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

import msgspec
import sqlalchemy as sa
import structlog
from msgspec import Struct
from msgspec.structs import replace

from innesco.errors import InnescoError
from innesco.settings import Settings
from innesco.storage import backup, history, retention, workspaces
from innesco.storage.beside import Beside, CutShort, Stopped, never
from innesco.storage.clock import Clock
from innesco.storage.open import Stores

LAST = "last-night.json"
UNDER_WAY = "night-under-way.json"
"""There from a night's begin to its end; what a night that did not come to it leaves behind."""
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
    good: datetime | None = None  #: where some failed: when the last one began in which none did


def work(
    settings: Settings,
    stores: Stores,
    now: datetime,
    say: Say = lambda text: None,
    stopped: Stopped = never,
) -> Night:
    """All of it once; raises `AlreadyAtWork` while somebody else does it, `CutShort` when told to
    stop before its end."""
    with _alone(settings.data):
        started, beside = time.monotonic(), Beside(stopped)
        night = _begin(settings.data, Night(began=now))
        tools = Tools(settings, stores, now, beside, say)
        for name, part in PARTS.items():
            say(name)
            try:
                night = part(tools, night)
            except CutShort:
                raise
            except (InnescoError, OSError, sa.exc.SQLAlchemyError) as failure:
                beside.go_on()  # a statement that was told to stop says so in its own words
                said = str(getattr(failure, "orig", None) or failure)  # without the statement
                night = replace(night, failed={**night.failed, name: said})
        return _end(
            settings.data,
            replace(
                night,
                seconds=round(time.monotonic() - started, 3),
                longest_pause=round(beside.longest, 4),
            ),
        )


def last(data: Path) -> Night | None:
    """The last night that came to its end; a record cut short by a power cut tells of none."""
    try:
        return msgspec.json.decode((data / LAST).read_bytes(), type=Night)
    except (FileNotFoundError, msgspec.DecodeError):
        return None


def last_good(data: Path) -> datetime | None:
    """When the last night began in which no part failed."""
    night = last(data)
    if night is None:
        return None
    return night.good if night.failed else night.began


def under_way(data: Path) -> datetime | None:
    """When the night began that has not come to its end: it works just now, or was cut short."""
    try:
        return msgspec.json.decode((data / UNDER_WAY).read_bytes(), type=datetime)
    except FileNotFoundError:
        return None
    except msgspec.DecodeError:  # cut short itself
        return datetime.fromtimestamp((data / UNDER_WAY).stat().st_mtime, UTC)


def due(now: datetime, zone: ZoneInfo, before: datetime) -> bool:
    """Whether the hour of night came since the last one began."""
    local = now.astimezone(zone)
    hour = _hour_of(local)
    if hour > local:
        hour -= timedelta(days=1)
    return before < hour.astimezone(UTC) <= now


def next_hour(now: datetime, zone: ZoneInfo) -> datetime:
    """When the hour of night comes next."""
    local = now.astimezone(zone)
    hour = _hour_of(local)
    if hour <= local:
        hour += timedelta(days=1)
    return hour.astimezone(UTC)


def _hour_of(local: datetime) -> datetime:
    return local.replace(hour=HOUR, minute=0, second=0, microsecond=0, fold=0)


async def run_nightly(settings: Settings, stores: Stores, now: Clock, stop: asyncio.Event) -> None:
    """Each night at its hour; what was missed while nothing ran is done when it runs again."""
    started, cut_short = now(), under_way(settings.data) is not None
    worked: list[datetime] = []  # also of nights whose record could not be kept
    while not stop.is_set():
        done = last(settings.data)
        before = max([*worked, *([done.began] if done else [])], default=started)
        if cut_short or due(now(), zone_of(stores), before):
            cut_short = False
            try:
                night = await asyncio.to_thread(work, settings, stores, now(), stopped=stop.is_set)
                worked = [night.began]
                log.info("night.over", **msgspec.to_builtins(night))
            except CutShort:
                log.info("night.cut_short")
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


class Tools(NamedTuple):
    """What each part is given."""

    settings: Settings
    stores: Stores
    now: datetime
    beside: Beside
    say: Say


def _retain(tools: Tools, night: Night) -> Night:
    def say(what: str, rows: int) -> None:
        tools.say(f"{what}: {rows:,} rows trimmed")

    return replace(night, trimmed=retention.trim(tools.stores, tools.now, tools.beside, say))


def _compact(tools: Tools, night: Night) -> Night:
    def say(done: int) -> None:
        tools.say(f"histories: {done:,} rewritten")

    people = tools.stores.people
    scattered = history.scattered(people, CHUNKS)
    return replace(night, compacted=history.compact(people, scattered, tools.beside, say))


def _back_up(tools: Tools, night: Night) -> Night:
    settings = tools.settings
    if settings.control_url or settings.journal_url:
        return replace(night, note="what lies in PostgreSQL is saved with pg_dump")
    folder = settings.backups_folder / f"{PREFIX}{tools.now:%Y-%m-%dT%H%M%S}"
    backup.back_up(settings.data, folder, tools.now, tools.say, tools.beside.stopped)
    _prune(settings.backups_folder, settings.backups_kept)
    return replace(night, backup=str(folder))


PARTS: dict[str, Callable[[Tools, Night], Night]] = {
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


def _begin(data: Path, night: Night) -> Night:
    try:
        (data / UNDER_WAY).write_bytes(msgspec.json.encode(night.began))
    except OSError as failure:  # a full disk is a reason to trim
        return replace(night, failed={UNDER_WAY: str(failure)})
    return night


def _end(data: Path, night: Night) -> Night:
    night = replace(night, good=last_good(data) if night.failed else None)
    try:
        new = data / f"{LAST}.new"
        new.write_bytes(msgspec.json.encode(night))
        new.replace(data / LAST)
    except OSError as failure:
        night = replace(night, failed={**night.failed, LAST: str(failure)})
    try:
        (data / UNDER_WAY).unlink(missing_ok=True)
    except OSError as failure:
        night = replace(night, failed={**night.failed, UNDER_WAY: str(failure)})
    return night


@contextmanager
def _alone(data: Path) -> Iterator[None]:
    """The system lets the lock go when the process ends, however it ends."""
    with (data / LOCK).open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as held:
            raise AlreadyAtWork(str(AlreadyAtWork.__doc__)) from held
        yield
