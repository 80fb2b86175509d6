"""What a role does when the disk is full: it says so, waits, and tries again when there is room.

It does not die: a role that falls and rises in a loop reads everything anew each time, and says
nothing that a person could read. What is wrong for another reason goes on its way.
"""

import asyncio
from contextlib import suppress

import structlog
from prometheus_client import Gauge

from innesco.storage.full import is_full

FIRST_SECONDS = 0.25
LONGEST_SECONDS = 2.0
FULL = Gauge("innesco_disk_full", "1 while the role waits for room on the disk")
log = structlog.get_logger()


class Room:
    """`missing` where something failed, `there` where it went well."""

    def __init__(self) -> None:
        self._pause = 0.0

    async def missing(self, error: Exception, stop: asyncio.Event) -> None:
        """Wait for room, ever longer; raises anything that is no full disk."""
        if not is_full(error):
            raise error
        if not self._pause:
            log.error("disk.full", because=str(error).splitlines()[0])
            FULL.set(1)
        self._pause = min(LONGEST_SECONDS, self._pause * 2 or FIRST_SECONDS)
        with suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), self._pause)

    def there(self) -> None:
        if self._pause:
            log.warning("disk.has_room")
            FULL.set(0)
        self._pause = 0.0
