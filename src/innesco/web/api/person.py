"""One person as the API shows them; the fields are those of the glossary."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

import msgspec
from msgspec import Struct

from innesco.events.event import Event, Fact, Item, Source
from innesco.profiles.person import Cart, Level, Order, Person, Visit
from innesco.storage.people import label
from innesco.storage.progress import Course
from innesco.storage.proofs import Proof
from innesco.turn import Decision


class Was(Struct, frozen=True):
    """What an attribute was before."""

    value: str | float | bool | None
    moment: datetime


class Known(Struct, frozen=True):
    """One attribute with where it comes from and what it was, newest first."""

    name: str
    value: str | float | bool | None
    since: datetime
    source: Source
    past: list[Was]


class Line(Struct, frozen=True):
    """Some pieces of one product; the price in minor units."""

    product: str
    variant: str | None  #: its own id, where it is another than the product's
    name: dict[str, str]  #: what the shop calls it, by language; empty when it does not sell it
    quantity: int
    price: int | None


class CartNow(Struct, frozen=True):
    id: str
    items: list[Line]
    value: int  #: minor units of `currency`
    currency: str
    changed: datetime | None


class VisitNow(Struct, frozen=True):
    started: datetime
    last: datetime
    number: int  #: the person's first visit is 1
    pages: int
    products: list[str]
    campaign: str | None


class OrderMade(Struct, frozen=True):
    id: str
    moment: datetime
    value: int  #: minor units of the workspace's currency
    confirmed: bool  #: by a server; else only a browser says so
    refunded: int
    cancelled: bool
    items: list[Line]


class Standing(Struct, frozen=True):
    """The last word on one purpose for one address."""

    channel: str
    address: str
    purpose: str
    state: str
    since: datetime
    basis: str


class Belongs(Struct, frozen=True):
    segment: str
    since: datetime


class PersonPage(Struct, frozen=True, kw_only=True):
    id: str
    label: str
    level: Level
    email: str | None
    email_verified: bool
    phone: str | None
    user: str | None
    language: str | None
    zone: str | None  #: where her devices say that she is; mails go by that clock
    anonymous: list[str]  #: devices
    profiles: list[str]  #: this one and those that joined
    first_seen: datetime | None
    last_seen: datetime | None
    events: int
    muted: str | None  #: why events are not learnt any more
    attributes: list[Known]
    visit: VisitNow | None
    cart: CartNow | None
    orders: list[OrderMade]
    segments: list[Belongs]
    consents: list[Standing]
    proofs: list[Proof]
    runs: list[Course]


class Happened(Struct, frozen=True):
    """One event of the timeline."""

    seq: int
    moment: datetime
    name: str
    source: Source
    quiet: bool  #: imported history
    facts: dict[str, Any]  #: folded, money in minor units
    items: list[Line]
    properties: dict[str, Any]  #: as it came


class Decided(Struct, frozen=True):
    """One decision that was kept."""

    kind: str  #: entered, refused, moved, left, asked, not asked …
    about: str
    moment: datetime
    seq: int
    detail: dict[str, Any]


Named = Callable[[Item], dict[str, str]]
"""What the shop calls what lies in a cart, by language."""


def person_page(
    person: Person,
    profiles: Sequence[str],
    ledger: list[Proof],
    runs: list[Course],
    named: Named,
    served: Mapping[str, str],
) -> PersonPage:
    return PersonPage(
        id=person.id,
        label=label(person),
        level=person.level,
        email=person.email,
        email_verified=person.email_verified,
        phone=person.phone,
        user=person.user,
        language=person.language,
        zone=person.zone,
        anonymous=list(person.anonymous),
        profiles=list(profiles),
        first_seen=person.first_seen,
        last_seen=person.last_seen,
        events=person.events,
        muted=person.muted,
        attributes=_attributes(person),
        visit=_visit(person.visit) if person.visit else None,
        cart=_cart(person.cart, named) if person.cart else None,
        orders=[_order(one, named) for one in sorted(person.orders.values(), key=_newest)],
        segments=[
            Belongs(segment, person.segments[key])
            for segment, key in sorted(served.items())
            if key in person.segments
        ],
        consents=_consents(person),
        proofs=ledger,
        runs=runs,
    )


def happened(event: Event) -> Happened:
    return Happened(
        event.seq,
        event.moment,
        event.name,
        event.source,
        event.quiet,
        dict(event.facts),
        _lines(event.items, lambda _: {}),
        _object(bytes(event.properties)),
    )


def decided(decision: Decision) -> Decided:
    return Decided(
        decision.kind, decision.about, decision.moment, decision.seq, dict(decision.detail)
    )


def _attributes(person: Person) -> list[Known]:
    return [
        Known(
            name,
            _shown(one.value),
            one.moment,
            one.source,
            [Was(_shown(past.value), past.moment) for past in one.past],
        )
        for name, one in sorted(person.attributes.items())
    ]


def _shown(value: Fact | None) -> str | float | bool | None:
    return value


def _visit(visit: Visit) -> VisitNow:
    return VisitNow(
        visit.started, visit.last, visit.number, visit.pages, list(visit.products), visit.campaign
    )


def _cart(cart: Cart, named: Named) -> CartNow:
    return CartNow(cart.id, _lines(cart.items, named), cart.value, cart.currency, cart.changed)


def _order(order: Order, named: Named) -> OrderMade:
    return OrderMade(
        order.id,
        order.moment,
        order.value,
        order.confirmed,
        order.refunded,
        order.cancelled,
        _lines(order.items, named),
    )


def _newest(order: Order) -> float:
    return -order.moment.timestamp()


def _lines(items: Sequence[Item], named: Named) -> list[Line]:
    return [Line(item.product, item.sku, named(item), item.quantity, item.price) for item in items]


def _consents(person: Person) -> list[Standing]:
    found = []
    for name, one in sorted(person.consents.items()):
        channel, _, rest = name.partition("/")
        address, _, purpose = rest.rpartition("/")
        found.append(Standing(channel, address, purpose, one.state, one.since, one.basis))
    return found


def _object(text: bytes) -> dict[str, Any]:
    said = msgspec.json.decode(text)
    return said if isinstance(said, dict) else {}
