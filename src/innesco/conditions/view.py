"""What a condition may look at: one person, her past, and the moment in which it is asked."""

from collections.abc import Sequence
from datetime import datetime
from functools import cached_property
from zoneinfo import ZoneInfo

from msgspec import Struct

from innesco.conditions.days import day_of
from innesco.events.event import Event, micros
from innesco.profiles.person import Person


class View(Struct, frozen=True, dict=True):
    """`now` is the moment of the happening, never a clock's; no event here is later than it.

    What several conditions need is worked out once, when the first of them asks.
    """

    person: Person
    events: Sequence[Event]  #: all of them up to now's place in the log, by (moment, seq)
    now: datetime
    zone: ZoneInfo
    journeys: frozenset[str] = frozenset()  #: in which the person has an open run

    @cached_property
    def by_name(self) -> dict[str, list[Event]]:
        """What she did, by name and in order; what robots did in her name is left out."""
        found: dict[str, list[Event]] = {}
        for event in self.events:
            if not event.machine:
                found.setdefault(event.name, []).append(event)
        return found

    @cached_property
    def micros(self) -> int:
        return micros(self.now)

    @cached_property
    def today(self) -> int:
        """Days since 1970-01-01 on the shop's calendar."""
        return day_of(self.now, self.zone)
