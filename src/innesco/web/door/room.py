"""How much the door takes in at once: a bound on requests and on bytes, shared by all."""

import asyncio
from contextlib import AbstractContextManager
from types import TracebackType

from innesco.web.door import figures


class Place(AbstractContextManager["Place"]):
    """One request's place; it is given back when its answer is known."""

    def __init__(self, room: "Room", size: int) -> None:
        self._room, self._size = room, size

    def holds(self, size: int) -> None:
        """What it turned out to be, unpacked."""
        self._room.bytes += size - self._size
        self._size = size

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self._room.requests -= 1
        self._room.bytes -= self._size
        figures.WAITING_BYTES.set(self._room.bytes)
        if not self._room.requests:
            self._room.empty.set()


class Room:
    """Counts what waits; no lock, since only the event loop touches it."""

    def __init__(self, most_requests: int, most_bytes: int) -> None:
        self._most_requests, self._most_bytes = most_requests, most_bytes
        self.requests = 0
        self.bytes = 0
        self.empty = asyncio.Event()

    def full(self, size: int) -> bool:
        return self.requests >= self._most_requests or self.bytes + size > self._most_bytes

    async def emptied(self) -> None:
        """Returns when the last one has its answer."""
        if self.requests:
            await self.empty.wait()

    def enter(self, size: int) -> Place:
        self.empty.clear()
        self.requests += 1
        self.bytes += size
        return Place(self, size)
