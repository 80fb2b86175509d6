"""A message that was asked for: everything the gate and the renderer need, and no words yet."""

from datetime import datetime
from enum import StrEnum

from msgspec import Struct


class Class(StrEnum):
    """What the law and the shopper see in it; it decides which gates apply."""

    MARKETING = "marketing"  #: needs consent, caps, hours; sent at most once
    SERVICE = "service"  #: about something she asked for (back in stock); sent at most once
    TRANSACTIONAL = "transactional"  #: order, password, confirmation; sent at least once


A_DAY = 24 * 3600
LATEST = {Class.TRANSACTIONAL: 5 * A_DAY}
"""Seconds after which a message is not worth sending; her order's is as patient as the tries that
RFC 5321 §4.5.4.1 asks for, all others' a day."""


class Line(Struct, frozen=True, gc=False):
    """A product to show, by the shop's own ids; words and pictures come from the catalogue."""

    product: str
    quantity: int = 1
    sku: str | None = None  #: the variant, where it has an id of its own

    @property
    def ids(self) -> tuple[str, ...]:
        """What the catalogue is asked for, the closest first: the blue one, else the product."""
        return (self.sku, self.product) if self.sku else (self.product,)


class Asked(Struct, frozen=True, kw_only=True, gc=False):
    """`live` writes it into the feed of effects, `deliver` claims, renders and sends it."""

    key: str  #: workspace/run/node/visit number: asking twice is asking once
    workspace: str
    person: str
    channel: str
    address: str  #: normalised; the one that consent was given for
    template: str  #: id of the template's definition
    template_hash: str = ""  #: the version of the moment it was asked
    kind: Class = Class.MARKETING
    topic: str = ""
    language: str = "it"
    zone: str = ""  #: hers, as her devices say it; empty = the shop's
    asked: datetime
    due: datetime
    max_lateness: int = A_DAY  #: seconds after `due` when it is not worth sending any more
    journey: str = ""
    run: str = ""
    node: str = ""
    seq: int = 0  #: place in the log of what asked for it
    claimed_only: bool = False  #: the address is only claimed: catalogue content, one a day
    profiled: bool = False  #: its content comes from behaviour: needs profiling consent
    lines: tuple[Line, ...] = ()  #: products: of the cart, seen, recommended
    cart: str | None = None
    facts: dict[str, str | int | float | bool] = {}  #: what the template may say besides

    @property
    def network(self) -> str | None:
        """Whence a confirmation was asked for: the network's prefix, hashed."""
        return str(self.facts.get("network") or "") or None


class Outcome(StrEnum):
    """States of a message; the UI has one colour for each."""

    WAITING = "waiting"
    CLAIMED = "claimed"
    SENT = "sent"
    SKIPPED = "skipped"
    FAILED = "failed"
    UNCERTAIN = "uncertain"
