"""Wait for a length of time."""

from datetime import timedelta
from typing import ClassVar

from msgspec import Struct

from innesco.journeys.run import Answer, GoOn, Happening, Run, Sees, Stay, Waiting


class Wait(Struct, frozen=True, forbid_unknown_fields=True, tag="wait"):
    """`PT24H` after the first reminder comes the second. The length is the least, never less."""

    lasts: timedelta
    then: str | None = None

    waits: ClassVar[bool] = True

    def leads_to(self) -> list[str]:
        return [self.then] if self.then else []

    def arrive(self, run: Run, now: Happening, sees: Sees) -> Answer:
        return Stay(Waiting(until=now.at + self.lasts))

    def wake(self, run: Run, now: Happening, sees: Sees) -> Answer:
        return GoOn(self.then)
