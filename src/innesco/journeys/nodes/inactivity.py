"""Wait until the person has been quiet for a while."""

from datetime import timedelta
from typing import ClassVar

from msgspec import Struct

from innesco.journeys.run import Answer, GoOn, Happening, Run, Sees, Stay, Waiting


class Inactivity(Struct, frozen=True, forbid_unknown_fields=True, tag="wait for inactivity"):
    """An hour since the cart was last touched: each of these events starts the hour anew."""

    lasts: timedelta
    restarts_on: tuple[str, ...]
    then: str | None = None

    waits: ClassVar[bool] = True

    def leads_to(self) -> list[str]:
        return [self.then] if self.then else []

    def arrive(self, run: Run, now: Happening, sees: Sees) -> Answer:
        return Stay(Waiting(until=now.at + self.lasts, events=self.restarts_on))

    def wake(self, run: Run, now: Happening, sees: Sees) -> Answer:
        if now.name not in self.restarts_on:
            return GoOn(self.then)
        assert run.waiting is not None
        again = (now.moment or now.at) + self.lasts
        return Stay(Waiting(max(run.waiting.until, again), self.restarts_on))
