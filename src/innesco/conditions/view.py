"""What a condition may look at: one person, her past, and the moment in which it is asked."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from msgspec import Struct

from innesco.events.event import Event
from innesco.profiles.person import Person


class View(Struct, frozen=True):
    """`now` is the moment of the happening, never a clock's; windows end just before or at it."""

    person: Person
    events: Sequence[Event]  #: all of them up to now's place in the log, by (moment, seq)
    now: datetime
    zone: ZoneInfo
    journeys: frozenset[str] = frozenset()  #: in which the person has an open run
