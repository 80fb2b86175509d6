"""An event: something that happened in a shop, checked, dated and given its place in the log."""

from datetime import UTC, datetime, timedelta
from enum import StrEnum

from msgspec import Struct

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

LATE = timedelta(minutes=10)
"""An event heard this long after it happened is late: it can end and stop, it starts nothing."""

Fact = str | int | float | bool
"""One folded, plain property that conditions may compare. Money is integer minor units."""


class Source(StrEnum):
    """Who said it, and so what it may change (docs/identity.md)."""

    PUBLIC = "public"  #: anybody who has the page's write key: a browser, or an enemy
    SERVER = "server"  #: the shop's own server, or a connector
    INNESCO = "innesco"  #: we ourselves: a confirmed link, the outcome of a message
    IMPORT = "import"  #: history; it is learnt and starts nothing


class Item(Struct, frozen=True, array_like=True, gc=False):
    """One line of a cart or an order, as far as conditions and carts need it."""

    product: str  #: the product's id as the shop writes it
    quantity: int = 1
    price: int | None = None  #: minor units of the event's currency
    category: str | None = None  #: folded
    brand: str | None = None  #: folded
    sku: str | None = None  #: the variant's own id, where it is another than the product's

    @property
    def line(self) -> tuple[str, str | None]:
        """What tells one line from another: the blue one and the red one are two."""
        return (self.product, self.sku)


class Event(Struct, frozen=True, array_like=True, gc=False):
    """What a person did: `Product Viewed`, at this moment, in this place of the log.

    `facts` are the plain properties that conditions compare: texts folded, money in minor units,
    under the names of the glossary (`product`, `category`, `brand`, `price`, `value`,
    `value_base`, `currency`, `quantity`, `cart`, `order`, `query`, `path`, `title`, `campaign`,
    `message`, `journey`) or, for any other property, under its own folded name.
    """

    seq: int  #: its place in the log; the tie-break of everything
    moment: datetime  #: when it happened, aware UTC, never later than `received`
    received: datetime  #: when the door took it
    local_day: int  #: days since 1970-01-01 in the workspace's zone
    name: str  #: `Product Viewed`; `Identified` and `Page Viewed` for those two calls
    key: int  #: 63 bits of SHA-256 over (source key, messageId): doubles have the same one
    source: Source
    profile: str = ""  #: the profile it was written for; merges do not rewrite it
    quiet: bool = False  #: imported history: learnt, starts nothing
    machine: bool = False  #: done by a robot, not by a person
    facts: dict[str, Fact] = {}
    items: tuple[Item, ...] = ()
    properties: bytes = b"{}"  #: JSON as it came, for display and templates

    @property
    def may_start(self) -> bool:
        """Neither imported nor late."""
        return not self.quiet and self.received - self.moment <= LATE


class Says(Struct, frozen=True, omit_defaults=True, gc=False):
    """What an event claims about who did it; `recognise` decides what to believe."""

    anonymous: str | None = None
    previous: str | None = None  #: the anonymous id before this one, of an `alias` call
    user: str | None = None
    email: str | None = None
    phone: str | None = None
    traits: dict[str, Fact] = {}
    token: str | None = None  #: signed by us or by the shop: proves what it carries
    network: str | None = None  #: the address prefix it came from, hashed
    person: str | None = None  #: a profile's id; only our own events may name one
    language: str | None = None  #: of the page or device
    zone: str | None = None  #: of the device: `Europe/Rome`


class Admitted(Struct, frozen=True, gc=False):
    """An event that passed the door, with what it says of its person."""

    event: Event
    says: Says


class Dropped(Struct, frozen=True, gc=False):
    """An event that will never be one: kept in quarantine with its reason and place."""

    reason: str  #: `number too large`
    place: str = ""  #: `properties.price`


def micros(moment: datetime) -> int:
    """Microseconds since the epoch, exact: how SQL and files see a moment."""
    gap = moment - EPOCH
    return (gap.days * 86_400 + gap.seconds) * 1_000_000 + gap.microseconds


def moment_of(micros: int) -> datetime:
    """The aware UTC moment of microseconds since the epoch."""
    return EPOCH + timedelta(microseconds=micros)
