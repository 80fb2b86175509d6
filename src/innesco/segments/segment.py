"""A segment: the people for whom a condition holds, under a name."""

from msgspec import Struct

from innesco.conditions.condition import Condition


class Segment(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """`{"id": "vip", "name": {"en": "Best customers"}, "when": {"kind": "did", …}}`."""

    id: str
    when: Condition
    name: dict[str, str] = {}  #: by language
    about: dict[str, str] = {}  #: what it is for, by language
    tags: tuple[str, ...] = ()
