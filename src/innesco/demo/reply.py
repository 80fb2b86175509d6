"""Reply: what a simulated shopper does with a mail, and how long that takes.

`PULLS` is the known truth of what each message is worth: how many click it, and how fast that
fades with the hours since they were last in the shop.
"""

import math
import re
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from msgspec import Struct

from innesco.demo.chance import Dice
from innesco.demo.mind import Mind
from innesco.demo.shoppers import Shopper

WEEK = timedelta(days=7)


class Mail(Struct, frozen=True):
    """A mail in a shopper's mailbox."""

    to: str
    template: str
    came: datetime
    links: dict[str, str]  #: where its links lead, by page: `c`, `u`, `l`, `r`


class Pull(Struct, frozen=True):
    """How strongly a message pulls."""

    clicks: float  #: chance of a click of somebody who left the shop just now
    lasts: float  #: hours after which that chance is 37 % of it


PULLS = {
    "welcome": Pull(0.3, 48),
    "cart-1": Pull(0.5, 24),
    "cart-2": Pull(0.35, 48),
    "browse": Pull(0.25, 72),
}
LEAVES = 0.01
"""Chance that any marketing mail makes somebody unsubscribe."""
FED_UP = 0.25
"""The same, past the number of mails a week that they bear."""


class Confirms(Struct, frozen=True):
    path: str
    goes_on: bool  #: from the page of thanks to the shop, which then knows whose browser this is


class Clicks(Struct, frozen=True):
    path: str
    phone: bool


class Leaves(Struct, frozen=True):
    path: str


Reply = Confirms | Clicks | Leaves | None


def links_of(text: str) -> dict[str, str]:
    """The first link to each of Innesco's pages, from the plain words of a mail."""
    found: dict[str, str] = {}
    for word in re.findall(r"https?://[^\s<>()]+", text):
        path = urlsplit(word).path
        if re.match(r"/[culr]/", path):
            found.setdefault(path[1], path)
    return found


def read_at(seed: int, shopper: Shopper, n: int, mail: Mail) -> datetime:
    """When it is read: at once by those who wait for it, others within hours."""
    dice = Dice(seed, shopper.id)
    mean = 10 if "c" in mail.links else 150
    return mail.came + timedelta(minutes=2 + dice.after(mean, "letter", n, "read"))


def reply(seed: int, shopper: Shopper, mind: Mind, n: int, mail: Mail, now: datetime) -> Reply:
    """What comes of reading it now; `n` counts the mails that this shopper got."""
    dice = Dice(seed, shopper.id)
    if "c" in mail.links:
        if not dice.happens(shopper.confirms, "letter", n, "confirms"):
            return None
        return Confirms(mail.links["c"], dice.happens(0.6, "letter", n, "goes on"))
    if "u" in mail.links and dice.happens(_leaves(shopper, mind, now), "letter", n, "leaves"):
        return Leaves(mail.links["u"])
    about_cart = mail.template.startswith("cart")
    path = mail.links.get("r" if about_cart else "l")
    if path is None or (about_cart and not mind.lines):
        return None
    if not dice.happens(_clicks(shopper, mind, mail, now), "letter", n, "clicks"):
        return None
    return Clicks(path, dice.happens(shopper.phone, "letter", n, "phone"))


def _leaves(shopper: Shopper, mind: Mind, now: datetime) -> float:
    week = sum(came > now - WEEK for came in mind.mails)
    return FED_UP if week > shopper.patience else LEAVES


def _clicks(shopper: Shopper, mind: Mind, mail: Mail, now: datetime) -> float:
    pull = PULLS.get(mail.template, PULLS["browse"])
    waited = (now - mind.last_visit) / timedelta(hours=1) if mind.last_visit else 0.0
    return pull.clicks * shopper.eager * math.exp(-max(0.0, waited) / pull.lasts)
