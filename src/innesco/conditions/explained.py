"""Explained: a condition as it was answered, with the value that each part of it looked at."""

from datetime import datetime
from zoneinfo import ZoneInfo

from msgspec import Struct

from innesco.conditions.language import Language, plain, quoted, say
from innesco.events.event import Fact
from innesco.events.price import price


class Explained(Struct, frozen=True):
    """`the cart's value is at least 50,00 €`: no, it saw `12,00 €`."""

    kind: str  #: all, any, not, attribute, did …
    holds: bool
    asks: str  #: the question in words
    saw: str = ""  #: what it looked at, in words; empty for all, any and not
    value: Fact | None = None  #: the same as it is compared: money in minor units, moments in µs
    parts: tuple["Explained", ...] = ()


class Saw(Struct, frozen=True):
    """What one condition looked at: as it is compared, and in words."""

    value: Fact | None
    words: str


class Words(Struct, frozen=True):
    """How values are said: the reader's language, the shop's calendar and money."""

    language: Language = "en"
    zone: ZoneInfo = ZoneInfo("UTC")
    currency: str = "EUR"

    def say(self, en: str, it: str) -> str:
        return say(self.language, en=en, it=it)

    def money(self, units: float, currency: str | None = None) -> str:
        """Fractions of a cent (an average) are said as the cent they are nearest to."""
        return price(round(units), currency or self.currency, self.language)

    def moment(self, at: datetime) -> str:
        local = at.astimezone(self.zone)
        return self.say(en=f"{local:%Y-%m-%d %H:%M}", it=f"{local:%d/%m/%Y %H:%M}")

    def share(self, part: float) -> str:
        return self.say(en=f"{part:.1%}", it=f"{part * 100:.1f} %".replace(".", ","))

    def fact(self, value: Fact | None) -> str:
        match value:
            case None:
                return self.say(en="nothing is known", it="non si sa")
            case bool():
                return self.say(en="yes", it="sì") if value else "no"
            case str():
                return quoted(value)
            case _:
                return plain(value)
