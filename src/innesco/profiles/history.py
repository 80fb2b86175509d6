"""A history: all that a person did, by (moment, seq), with an index by name for conditions."""

from bisect import insort
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import overload

from innesco.events.event import Event


def place(event: Event) -> tuple[datetime, int]:
    """The total order of everything: when it happened, then its place in the log."""
    return (event.moment, event.seq)


class History(Sequence[Event]):
    """Append-only; one event more is put in its place, late ones too."""

    __slots__ = ("_by_name", "_events")

    def __init__(self, events: Iterable[Event] = ()) -> None:
        self._events: list[Event] = sorted(events, key=place)
        self._by_name: dict[str, list[Event]] = {}
        for event in self._events:
            self._by_name.setdefault(event.name, []).append(event)

    def add(self, event: Event) -> None:
        for events in (self._events, self._by_name.setdefault(event.name, [])):
            if not events or place(events[-1]) <= place(event):
                events.append(event)
            else:
                insort(events, event, key=place)

    def named(self, name: str) -> Sequence[Event]:
        """The events of one name, in order."""
        return self._by_name.get(name, ())

    @overload
    def __getitem__(self, index: int) -> Event: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Event]: ...
    def __getitem__(self, index: int | slice) -> Event | Sequence[Event]:
        return self._events[index]

    def __len__(self) -> int:
        return len(self._events)

    def __iter__(self) -> Iterator[Event]:
        return iter(self._events)
