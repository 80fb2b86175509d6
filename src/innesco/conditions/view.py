"""What a condition may look at: one person, her past, and the moment in which it is asked."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cached_property
from zoneinfo import ZoneInfo

from msgspec import Struct

from innesco.conditions.days import day_of
from innesco.events.event import Event, micros
from innesco.profiles.history import History
from innesco.profiles.person import Person


class View(Struct, frozen=True, dict=True):
    """`now` is the moment of the happening, never a clock's; no event here is later than it.

    What several conditions need is worked out once, when the first of them asks.
    """

    person: Person
    events: History  #: all of them up to now's place in the log; robots' are not among them
    now: datetime
    zone: ZoneInfo
    journeys: frozenset[str] = frozenset()  #: in which the person has an open run
    served: Mapping[str, str] = {}  #: under which name a segment stands in `person.segments`

    @cached_property
    def meant(self) -> dict[int, Sequence[Event]]:
        """Events that a condition was found to mean, by the condition's identity."""
        return {}

    @cached_property
    def micros(self) -> int:
        return micros(self.now)

    @cached_property
    def today(self) -> int:
        """Days since 1970-01-01 on the shop's calendar."""
        return day_of(self.now, self.zone)
