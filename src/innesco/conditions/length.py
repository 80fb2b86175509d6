"""A length of time as a marketer says it: `{"days": 7}`, `{"hours": 1}`, `{"minutes": 30}`."""

from functools import cached_property
from typing import Annotated

from msgspec import Meta, Struct

from innesco.conditions.language import Language, say

LONGEST = 100 * 365 * 24 * 3600 * 1_000_000
"""Microseconds; further back no calendar here can count."""

Part = Annotated[int, Meta(ge=0, le=1_000_000)]


class Length(Struct, frozen=True, dict=True, forbid_unknown_fields=True, omit_defaults=True):
    """Exact: a day is 24 hours. For days of the calendar see `conditions/window.py`."""

    days: Part = 0
    hours: Part = 0
    minutes: Part = 0
    seconds: Part = 0

    def __post_init__(self) -> None:
        if not self.micros:
            raise ValueError("a length of time must be longer than nothing")
        if self.micros > LONGEST:
            raise ValueError("a length of time is a hundred years at most")

    @cached_property
    def micros(self) -> int:
        hours = self.days * 24 + self.hours
        return ((hours * 60 + self.minutes) * 60 + self.seconds) * 1_000_000

    def sentence(self, language: Language) -> str:
        parts = (
            (self.days, "day", "days", "giorno", "giorni"),
            (self.hours, "hour", "hours", "ora", "ore"),
            (self.minutes, "minute", "minutes", "minuto", "minuti"),
            (self.seconds, "second", "seconds", "secondo", "secondi"),
        )
        return " ".join(
            f"{many} "
            + say(language, en=one_en if many == 1 else en, it=one_it if many == 1 else it)
            for many, one_en, en, one_it, it in parts
            if many
        )
