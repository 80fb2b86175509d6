"""Go one way or the other, by a condition."""

from typing import ClassVar

from msgspec import Struct

from innesco.conditions.condition import Condition
from innesco.journeys.run import Answer, GoOn, Happening, Run, Sees


class Branch(Struct, frozen=True, forbid_unknown_fields=True, tag="branch"):
    """Is there still something in the cart? Then remind; else the journey is over."""

    when: Condition
    yes: str | None = None
    no: str | None = None

    waits: ClassVar[bool] = False

    def leads_to(self) -> list[str]:
        return [to for to in (self.yes, self.no) if to]

    def arrive(self, run: Run, now: Happening, sees: Sees) -> Answer:
        if sees(self.when, now.at):
            return GoOn(self.yes, way="yes")
        return GoOn(self.no, way="no")

    def wake(self, run: Run, now: Happening, sees: Sees) -> Answer:
        return self.arrive(run, now, sees)
