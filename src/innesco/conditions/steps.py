"""Steps: events one after the other, each with what may and may not lie before it.

`ends` finds every event that ends such a chain. It takes of all events that may come before a
step the latest one: any other would leave a longer gap and more in between, and never a chain
that began later.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from msgspec import Struct

from innesco.conditions.facts import Kind, kind_of
from innesco.conditions.language import Language, quoted
from innesco.conditions.length import Length
from innesco.conditions.view import View
from innesco.conditions.where import LineWhere, Where, fitting, in_words
from innesco.conditions.window import Window
from innesco.events.event import Event, Fact, micros
from innesco.profiles.history import Place, place


class Such(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """An event of this name for which the filters hold: `{"event": "Product Added"}`."""

    event: str
    where: tuple[Where, ...] = ()
    lines: tuple[LineWhere, ...] = ()

    def __post_init__(self) -> None:
        if any(one.is_.ages for one in self.where) or any(one.is_.ages for one in self.lines):
            raise ValueError("in a sequence no filter may ask how long ago something was")

    def among(self, events: Sequence[Event], now: int) -> Sequence[Event]:
        for one in self.where:
            events = one.only(events, now)
        if self.lines:
            events = [event for event in events if self._in_one_line(event, now)]
        return events

    def said(self, language: Language) -> str:
        return quoted(self.event) + in_words(language, self.where, self.lines)

    def _in_one_line(self, event: Event, now: int) -> bool:
        return any(all(one.holds(item, now) for one in self.lines) for item in event.items)


class Missing(Such, frozen=True):
    """An event that must not be there; with `same`, one of the same product, cart … only."""

    same: bool = False


class Step(Such, frozen=True):
    """One event of a sequence, and how it follows the step before it."""

    within: Length | None = None  #: of the step before, at most
    after: Length | None = None  #: of the step before, at least
    without: tuple[Missing, ...] = ()  #: none of these between the two


class Afterwards(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """What must not follow the last step: no order, in the 24 hours after it, which are over."""

    without: tuple[Missing, ...]
    length: Length | None = None  #: without it: up to now


Key = tuple[tuple[Kind, Fact], ...]
"""The values that all steps share."""


class Link(NamedTuple):
    """An event that a chain reaches, and the latest event with which one that does began."""

    event: Event
    start: Event


class Barriers(NamedTuple):
    """Where events lie that must not: all of them, and those of one key."""

    any: list[Place]
    same: Mapping[Key, list[Place]]

    def before(self, here: Place, key: Key) -> Place | None:
        last = [bisect_left(of, here) for of in self._of(key)]
        found = [of[n - 1] for of, n in zip(self._of(key), last, strict=True) if n]
        return max(found, default=None)

    def after(self, here: Place, key: Key) -> Place | None:
        next_ = [bisect_right(of, here) for of in self._of(key)]
        found = [of[n] for of, n in zip(self._of(key), next_, strict=True) if n < len(of)]
        return min(found, default=None)

    def _of(self, key: Key) -> tuple[list[Place], list[Place]]:
        return self.any, self.same.get(key, [])


def ends(
    steps: Sequence[Step], same: tuple[str, ...], window: Window, view: View
) -> dict[Key, list[Link]]:
    """Every event that ends the steps, in order, by the values that they share."""
    reached: dict[Key, list[Link]] = {}
    for n, step in enumerate(steps):
        barriers = barriers_of(step.without, same, view)
        found: dict[Key, list[Link]] = {}
        for event in step.among(window.within(view.events.named(step.event), view), view.micros):
            key = key_of(event, same)
            if key is None:
                continue
            start = _start(step, event, key, reached.get(key, ()), barriers) if n else event
            if start is not None:
                found.setdefault(key, []).append(Link(event, start))
        reached = found
    return reached


def barriers_of(missing: Iterable[Missing], same: tuple[str, ...], view: View) -> Barriers:
    any_: list[Place] = []
    by_key: dict[Key, list[Place]] = {}
    for one in missing:
        for event in one.among(view.events.named(one.event), view.micros):
            key = key_of(event, same)
            if not one.same:
                any_.append(place(event))
            elif key is not None:
                by_key.setdefault(key, []).append(place(event))
    return Barriers(sorted(any_), {key: sorted(places) for key, places in by_key.items()})


def key_of(event: Event, same: tuple[str, ...]) -> Key | None:
    """None for an event that lacks one of the properties."""
    values = [fitting(event, name) for name in same]
    key = tuple((kind_of(value), value) for value in values if value is not None)
    return key if len(key) == len(same) else None


def _start(
    step: Step, event: Event, key: Key, before: Sequence[Link], barriers: Barriers
) -> Event | None:
    """Where the chain began that this event goes on with; None when it goes on with none."""
    at = micros(event.moment)
    if step.after:
        latest = at - step.after.micros
        many = bisect_right(before, latest, key=lambda link: micros(link.event.moment))
    else:
        many = bisect_left(before, place(event), key=lambda link: place(link.event))
    if not many:
        return None
    last = before[many - 1]
    if step.within and at - micros(last.event.moment) > step.within.micros:
        return None
    barrier = barriers.before(place(event), key)
    return last.start if barrier is None or barrier <= place(last.event) else None
