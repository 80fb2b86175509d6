"""A history: all that a person did, by (moment, seq), with an index by name for conditions.

It is the record after the log: each event is kept with its checksum. Most events of most people
are never looked at again, so what was read from disk is decoded only when a condition asks for
events of that name.
"""

import zlib
from bisect import bisect_left, insort
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import overload

import msgspec
from msgspec import Struct

from innesco.errors import InnescoError
from innesco.events.event import Event, Says, micros
from innesco.profiles.recognise import Recognised


class Heard(Struct, frozen=True, array_like=True, gc=False):
    """One admitted and recognised event: with what it said, so that it can be folded again."""

    event: Event
    says: Says
    who: Recognised


class Kept(Struct, frozen=True, array_like=True, gc=False):
    """An event as a chunk keeps it: enough to find it, its checksum, and its bytes."""

    moment: int  #: microseconds
    seq: int
    name: str
    sum: int  #: CRC-32 of `body`
    body: bytes  #: msgpack of `Heard`


class Damaged(InnescoError):
    """An event on disk is not the one that was written: restore it from a backup."""


_heard = msgspec.msgpack.Decoder(Heard)
_kept = msgspec.msgpack.Decoder(list[Kept])
_pack = msgspec.msgpack.Encoder()


def keep(heard: Heard) -> Kept:
    """The event as it goes to disk."""
    body = _pack.encode(heard)
    event = heard.event
    return Kept(micros(event.moment), event.seq, event.name, zlib.crc32(body), body)


def open_kept(kept: Kept) -> Heard:
    """The event as it was; raises `Damaged` when a bit has changed since."""
    if zlib.crc32(kept.body) != kept.sum:
        raise Damaged(f"event {kept.seq}: checksum differs; restore this person from a backup")
    heard = _heard.decode(kept.body)
    event = heard.event
    if (kept.seq, kept.name, kept.moment) != (event.seq, event.name, micros(event.moment)):
        raise Damaged(f"event {kept.seq}: is filed as another; restore this person from a backup")
    return heard


def chunk(events: Sequence[Kept]) -> bytes:
    """Several events as one value on disk."""
    return _pack.encode(events)


def unchunk(body: bytes) -> list[Kept]:
    return _kept.decode(body)


Place = tuple[datetime, int]


def place(event: Event) -> Place:
    """The total order of everything: when it happened, then its place in the log."""
    return (event.moment, event.seq)


class History(Sequence[Event]):
    """Append-only; one event more is put in its place, late ones too."""

    __slots__ = ("_all", "_named", "_sealed")

    def __init__(self, kept: Iterable[Kept] = ()) -> None:
        self._sealed: dict[str, list[Kept]] = {}
        self._named: dict[str, list[Event]] = {}
        self._all: list[Event] | None = None
        for one in kept:
            self._sealed.setdefault(one.name, []).append(one)

    @classmethod
    def of(cls, events: Iterable[Event]) -> "History":
        history = cls()
        for event in events:
            history.add(event)
        return history

    def add(self, event: Event) -> None:
        _put(self._open(event.name), event)
        if self._all is not None:
            _put(self._all, event)

    def many(self, name: str) -> int:
        """How many events of one name; none of them is decoded for it."""
        return len(self._sealed.get(name, ())) + len(self._named.get(name, ()))

    def named(self, name: str) -> Sequence[Event]:
        """The events of one name, in order."""
        if name in self._sealed:
            return self._open(name)
        return self._named.get(name, ())

    def between(self, name: str, start: datetime | None, end: datetime | None) -> Sequence[Event]:
        """Those of one name with start ≤ moment < end, in order."""
        events = self.named(name)
        first = bisect_left(events, start, key=_moment) if start else 0
        last = bisect_left(events, end, key=_moment) if end else len(events)
        return events[first:last]

    def joined(self, other: "History") -> "History":
        """Two profiles that became one."""
        both = History()
        for history in (self, other):
            for event in history:
                both.add(event)
        return both

    def _open(self, name: str) -> list[Event]:
        events = self._named.setdefault(name, [])
        if name in self._sealed:
            for one in self._sealed.pop(name):
                _put(events, open_kept(one).event)
        return events

    def _everything(self) -> list[Event]:
        if self._all is None:
            for name in list(self._sealed):
                self._open(name)
            self._all = sorted((e for events in self._named.values() for e in events), key=place)
        return self._all

    @overload
    def __getitem__(self, index: int) -> Event: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Event]: ...
    def __getitem__(self, index: int | slice) -> Event | Sequence[Event]:
        return self._everything()[index]

    def __len__(self) -> int:
        return sum(map(len, self._sealed.values())) + sum(map(len, self._named.values()))

    def __iter__(self) -> Iterator[Event]:
        return iter(self._everything())


def _moment(event: Event) -> datetime:
    return event.moment


def _put(events: list[Event], event: Event) -> None:
    if not events or place(events[-1]) <= place(event):
        events.append(event)
    else:
        insort(events, event, key=place)
