"""Compose: which address, language and products a message asked for shall have.

Words and pictures are not chosen here: they are rendered when the message is claimed, with the
catalogue of that moment.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import islice

from msgspec import Struct

from innesco.definitions.workspace import Workspace
from innesco.events.event import Event, Fact, Item, Says
from innesco.events.items import items_of
from innesco.messages.asked import A_DAY, LATEST, Asked, Class, Line
from innesco.profiles.consent import purposes
from innesco.profiles.person import Person

MOST_LINES = 12
LAST_SEEN = 4


class Unaddressed(Struct, frozen=True):
    """There is nowhere to send it; kept as a decision."""

    because: str


class Wish(Struct, frozen=True):
    """What a journey asked for, before it is addressed."""

    key: str
    template: str
    template_hash: str
    channel: str
    products: str
    due: datetime
    kind: Class
    topic: str
    profiled: bool
    journey: str
    run: str
    node: str


def compose(
    wish: Wish,
    person: Person,
    seen: Sequence[Event],
    workspace: str,
    settings: Workspace,
    now: datetime,
    seq: int,
) -> Asked | Unaddressed:
    """The message for the outbox, or why there can be none. `seen` are her *Product Viewed*."""
    address = person.reachable(wish.channel)
    if address is None:
        return Unaddressed(f"no {wish.channel} address is known")
    lines = products(wish.products, person, seen)
    if wish.products != "none" and not lines:
        return Unaddressed("there is no product to show")
    return Asked(
        key=f"{workspace}/{wish.key}",
        workspace=workspace,
        person=person.id,
        channel=wish.channel,
        address=address,
        template=wish.template,
        template_hash=wish.template_hash,
        kind=wish.kind,
        topic=wish.topic,
        language=person.language or settings.language,
        zone=person.zone or "",
        asked=now,
        due=wish.due,
        max_lateness=LATEST.get(wish.kind, A_DAY),
        journey=wish.journey,
        run=wish.run,
        node=wish.node,
        seq=seq,
        claimed_only=not person.email_verified,
        profiled=wish.profiled,
        lines=lines,
        cart=person.cart.id if person.cart and wish.products == "cart" else None,
        facts=_facts(person),
    )


def confirmation(
    event: Event, says: Says, person: str, workspace: str, settings: Workspace, version: str
) -> Asked:
    """Double opt-in: the mail to an address that was typed, whose link confirms it."""
    assert says.email is not None
    return Asked(
        key=f"{workspace}/confirm/{person}/{event.seq}",
        workspace=workspace,
        person=person,
        channel="email",
        address=says.email,
        template="confirm",
        template_hash=version,
        kind=Class.TRANSACTIONAL,
        language=says.language or settings.language,
        asked=event.received,
        due=event.received,
        max_lateness=LATEST[Class.TRANSACTIONAL],
        seq=event.seq,
        claimed_only=True,
        facts={"purposes": ",".join(purposes(event)), "network": says.network or ""},
    )


def products(which: str, person: Person, seen: Sequence[Event]) -> tuple[Line, ...]:
    """The products to show: those in the cart, or the last ones looked at and not bought."""
    match which:
        case "cart" if person.cart:
            items = person.cart.items[:MOST_LINES]
            return tuple(Line(item.product, item.quantity, item.sku) for item in items)
        case "seen":
            bought = {item.product for order in person.orders.values() for item in order.items}
            wanted = islice(_looked_at(seen, bought), LAST_SEEN)
            return tuple(Line(item.product, sku=item.sku) for item in wanted)
        case _:
            return ()


def _looked_at(seen: Sequence[Event], besides: set[str]) -> Iterator[Item]:
    """Each product once, the last one first, as the variant that she looked at last."""
    told = set(besides)
    for event in reversed(seen):
        for item in items_of(event)[:1]:
            if item.product not in told:
                told.add(item.product)
                yield item


def _facts(person: Person) -> dict[str, Fact]:
    """What a message may say of her: below *verified*, nothing that was stored."""
    if not person.email_verified:
        return {}
    first_name = person.attributes.get("firstName")
    return {"first_name": first_name.value} if first_name and first_name.value else {}
