"""A person: what we know of somebody, as one value that an event changes into another.

Everything here is a fold over the person's events in the order of the log (`profiles/learn.py`);
the events themselves stay in the history. Nothing here was read from a clock.
"""

from datetime import datetime
from enum import StrEnum

from msgspec import Struct

from innesco.events.event import Fact, Item, Source
from innesco.events.money import MOST


class Level(StrEnum):
    """How sure we are who it is; the public key can never raise it to `verified`."""

    ANONYMOUS = "anonymous"
    CLAIMED = "claimed"  #: somebody typed an e-mail into a page
    VERIFIED = "verified"  #: a server, a signed link or a double opt-in says so


class Past(Struct, frozen=True, array_like=True, gc=False):
    """What an attribute was before."""

    value: Fact | None
    moment: datetime
    seq: int


class Attribute(Struct, frozen=True, array_like=True, gc=False):
    """`city = "Torino"`, since when, said by whom, and what it was before (newest first)."""

    value: Fact | None
    moment: datetime
    seq: int
    source: Source
    past: tuple[Past, ...] = ()


class Visit(Struct, frozen=True, array_like=True, gc=False):
    """One stay on the site: 30 minutes without an event end it."""

    started: datetime
    last: datetime
    number: int = 1  #: the person's first visit is 1
    pages: int = 0
    products: tuple[str, ...] = ()  #: distinct products seen, in order
    categories: tuple[str, ...] = ()
    searches: int = 0
    campaign: str | None = None


class Cart(Struct, frozen=True, array_like=True, gc=False):
    """What lies in the cart now; an order empties it and keeps its id."""

    id: str
    items: tuple[Item, ...] = ()
    changed: datetime | None = None
    started: datetime | None = None
    currency: str = "EUR"
    language: str | None = None

    @property
    def value(self) -> int:
        """Minor units, as far as prices are known; at most what is exact everywhere."""
        worth = sum((item.price or 0) * item.quantity for item in self.items)
        return max(-MOST, min(MOST, worth))

    @property
    def count(self) -> int:
        return sum(item.quantity for item in self.items)


class Order(Struct, frozen=True, array_like=True, gc=False):
    """An order; `confirmed` by a server or connector, else only claimed by a browser."""

    id: str
    moment: datetime
    value: int  #: minor units in the workspace's currency
    confirmed: bool
    refunded: int = 0
    cancelled: bool = False
    items: tuple[Item, ...] = ()


class Consent(Struct, frozen=True, array_like=True, gc=False):
    """The last word on one purpose for one address, copied from the ledger for conditions."""

    state: str  #: pending, given, withdrawn
    since: datetime
    basis: str = "consent"


class Person(Struct, frozen=True, omit_defaults=True, gc=False):
    id: str
    level: Level = Level.ANONYMOUS
    anonymous: tuple[str, ...] = ()  #: ids of devices, oldest first
    user: str | None = None  #: the shop's own id of the customer, verified
    email: str | None = None  #: normalised; claimed or verified
    email_verified: bool = False
    phone: str | None = None
    language: str | None = None
    zone: str | None = None  #: where her devices say that she is
    attributes: dict[str, Attribute] = {}
    first_seen: datetime | None = None
    last_seen: datetime | None = None
    last_seq: int = 0
    events: int = 0  #: folded so far
    visit: Visit | None = None
    cart: Cart | None = None
    orders: dict[str, Order] = {}
    refunds: dict[str, int] = {}  #: by the refund's own id, in minor units of the workspace's
    consents: dict[str, Consent] = {}  #: by `channel/address/purpose`
    segments: dict[str, datetime] = {}  #: member of, since
    fired: dict[str, datetime] = {}  #: trigger → when it last fired
    doubles: dict[int, datetime] = {}  #: keys of what was heard within the horizon, oldest first
    muted: str | None = None  #: why its events are not folded any more
    day: int = 0  #: on which the last event was received
    day_events: int = 0  #: events of that day, for the bound of a robot

    def reachable(self, channel: str) -> str | None:
        """The address of a channel, when there is one."""
        match channel:
            case "email":
                return self.email
            case "sms":
                return self.phone
            case _:
                return None
