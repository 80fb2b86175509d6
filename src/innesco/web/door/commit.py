"""The group commit: one thread that keeps whatever waits in one transaction, again and again.

While one transaction reaches the disk the next group gathers, so a flush costs the same for one
request as for a hundred. Whoever asked is answered after the commit and never before.
"""

import asyncio
import time
from collections.abc import Callable, Sequence
from datetime import datetime
from queue import Empty, SimpleQueue
from threading import Thread

import structlog
from msgspec import Struct

from innesco.storage.full import is_full
from innesco.storage.journal import Entry
from innesco.web.door import figures
from innesco.web.door.answers import Refused

Append = Callable[[Sequence[Entry], datetime], object]
"""Keeps all of them in one commit, or raises and has kept none: `journal.append`."""

SAY_SECONDS = 10.0
"""Trouble that lasts is said again after so long."""

MOST_ENTRIES = 1000
MOST_BYTES = 8 * 1024 * 1024
DISK_FULL = Refused(507, "disk_full", "the disk is full: say it again later", 30)
DISK_FAILS = Refused(503, "storage_fails", "it could not be kept: say it again later", 5)

_log = structlog.get_logger("innesco.door")


class _Waiting(Struct):
    entry: Entry
    kept: "asyncio.Future[Refused | None]"
    since: float


class GroupCommit:
    """`keep` from the event loop; `close` when nothing more will come."""

    def __init__(self, append: Append, clock: Callable[[], datetime]) -> None:
        self._append = append
        self._clock = clock
        self._queue: SimpleQueue[_Waiting | None] = SimpleQueue()
        self._trouble = _Trouble()
        self._loop = asyncio.get_running_loop()
        self._thread = Thread(target=self._run, name="group commit")
        self._thread.start()

    async def keep(self, entry: Entry) -> Refused | None:
        """None when it is on the disk, else why it is not."""
        kept: asyncio.Future[Refused | None] = self._loop.create_future()
        self._queue.put(_Waiting(entry, kept, time.monotonic()))
        return await kept

    async def close(self) -> None:
        """Keep what waits, then end."""
        self._queue.put(None)
        await asyncio.to_thread(self._thread.join)

    # -- in the thread -------------------------------------------------------------------------

    def _run(self) -> None:
        closing = False
        while not closing:
            group, closing = self._gather()
            if group:
                error = self._commit(group)
                outcome = why_not(error) if error else None
                self._loop.call_soon_threadsafe(_tell, group, outcome)
                self._trouble.heard(error)

    def _gather(self) -> tuple[list[_Waiting], bool]:
        """Waits for the first, takes those behind it; and whether this was the last group."""
        group: list[_Waiting] = []
        size = 0
        one = self._queue.get()
        while one is not None:
            group.append(one)
            size += len(one.entry.body)
            if len(group) >= MOST_ENTRIES or size >= MOST_BYTES:
                return group, False
            try:
                one = self._queue.get_nowait()
            except Empty:
                return group, False
        return group, True

    def _commit(self, group: list[_Waiting]) -> Exception | None:
        began = time.monotonic()
        figures.QUEUE_AGE.set(began - group[0].since)
        try:
            self._append([one.entry for one in group], self._clock())
        except Exception as error:  # whatever it was, nobody here was kept, and they are told
            return error
        finally:
            figures.COMMIT_SECONDS.observe(time.monotonic() - began)
        return None


def why_not(error: Exception) -> Refused:
    """A full disk is told apart from one that fails; both may be well again in a moment."""
    return DISK_FULL if is_full(error) else DISK_FAILS


class _Trouble:
    """Says in our own log that the log of events cannot be written, without filling that too."""

    def __init__(self) -> None:
        self._said: float | None = None

    def heard(self, error: Exception | None) -> None:
        if error is None and self._said is not None:
            self._said = None
            _log.warning("the log can be written again")
        if error is not None and time.monotonic() > (self._said or -SAY_SECONDS) + SAY_SECONDS:
            self._said = time.monotonic()
            _log.error("the log could not be written", error=str(error).splitlines()[0])


def _tell(group: list[_Waiting], outcome: Refused | None) -> None:
    for one in group:
        if not one.kept.done():  # the client may have left meanwhile
            one.kept.set_result(outcome)
