"""A trigger: when one of these events comes and the condition holds, it fires."""

from datetime import timedelta

from msgspec import Struct

from innesco.conditions.condition import All, Condition

LONGEST = timedelta(days=3650)


class Trigger(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Three products of one category in a visit: `{"on": ["Product Viewed"], "when": {…}}`."""

    id: str
    on: tuple[str, ...]  #: names of events
    when: Condition = All(())
    name: dict[str, str] = {}  #: by language
    again_after: timedelta = timedelta(days=1)  #: not twice within this time

    def __post_init__(self) -> None:
        if not timedelta() <= self.again_after <= LONGEST:
            raise ValueError("again_after must lie between nothing and ten years")
