"""Learn: what one event teaches about its person – visit, cart, orders, attributes, consents.

A fold in the order of the log. Windows over the past are not kept here, they are asked of the
history; here is only what must be at hand when the next event comes.
"""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from msgspec.structs import replace

from innesco.events.event import EPOCH, Event, Fact, Item, Says, Source
from innesco.events.items import items_of
from innesco.profiles import consent
from innesco.profiles.person import (
    Attribute,
    Cart,
    Level,
    Order,
    Past,
    Person,
    Visit,
)
from innesco.profiles.recognise import Recognised

VISIT_GAP = timedelta(minutes=30)
DOUBLES_HORIZON = timedelta(days=7)
MOST_DOUBLES = 2000
MOST_PAST = 20
MOST_ATTRIBUTES = 200
MOST_CLAIMED = 200
MOST_DEVICES = 50
EXEMPT = "holdout_exempt"
MOST_LINES = 100
OURS = frozenset(
    f"Message {word}"
    for word in ("Sent", "Skipped", "Failed", "Uncertain", "Delivered", "Bounced", "Scanned")
)
"""What we or machines did, not what she did: it does not make her seen."""
ON_SITE = frozenset({Source.PUBLIC})


def learn(person: Person, event: Event, says: Says, who: Recognised) -> Person:
    """The person after this event."""
    person = _seen(person, event)
    person = _who(person, event, says, who)
    person = _attributes(person, event, says, who.sure)
    if event.source in ON_SITE:
        person = replace(person, visit=_visit(person.visit, event))
    teach = LESSONS.get(event.name)
    person = teach(person, event, says, who) if teach else person
    return consent.heard(person, event, says, who)


def is_double(person: Person, event: Event) -> bool:
    """The same key and messageId within the horizon: already folded.

    Of imported history for ever, whatever file it comes from: an order or refund that is known
    surely is not told twice.
    """
    if event.key in person.doubles:
        return True
    return event.quiet and _known(person, event)


def _known(person: Person, event: Event) -> bool:
    match event.name:
        case "Order Completed":
            order = person.orders.get(str(event.facts.get("order")))
            return order is not None and order.confirmed
        case "Order Refunded":
            return str(event.facts.get("refund_id")) in person.refunds
        case _:
            return False


def _seen(person: Person, event: Event) -> Person:
    kept = _heard(person.doubles, event)
    if event.name in OURS:
        return replace(person, doubles=kept, last_seq=event.seq, events=person.events + 1)
    day = day_heard(event)
    same_day = day == person.day
    return replace(
        person,
        doubles=kept,
        first_seen=min(person.first_seen or event.moment, event.moment),
        last_seen=max(person.last_seen or event.moment, event.moment),
        last_seq=event.seq,
        events=person.events + 1,
        day=day,
        day_events=person.day_events + 1 if same_day else 1,
    )


def day_heard(event: Event) -> int:
    """Days since 1970-01-01 on which it was received: what it says of itself does not count."""
    return (event.received - EPOCH).days


def _heard(kept: dict[int, datetime], event: Event) -> dict[int, datetime]:
    """The keys within the horizon, this event's among them; the oldest go when they are many."""
    oldest = event.received - DOUBLES_HORIZON
    if (kept and next(iter(kept.values())) < oldest) or len(kept) >= MOST_DOUBLES:
        newest = list(kept.items())[-MOST_DOUBLES + 1 :]
        kept = {key: received for key, received in newest if received >= oldest}
    return {**kept, event.key: event.received}


# -- who and what she is -------------------------------------------------------------------------


def _who(person: Person, event: Event, says: Says, who: Recognised) -> Person:
    """Ids, addresses, level: claims may fill a gap of an unverified profile, proofs may change."""
    if says.anonymous and says.anonymous not in person.anonymous:
        person = replace(person, anonymous=(*person.anonymous, says.anonymous)[-MOST_DEVICES:])
    language = says.language if event.source in ON_SITE else person.language or says.language
    if language and language != person.language:
        person = replace(person, language=language)
    if says.zone and says.zone != person.zone and event.source in ON_SITE:
        person = replace(person, zone=says.zone)
    if who.sure and (who.user or who.email):
        return replace(
            person,
            level=Level.VERIFIED,
            user=person.user or who.user,
            email=who.email or person.email,
            email_verified=bool(who.email) or person.email_verified,
            phone=says.phone or person.phone,
        )
    if says.email and not person.email_verified and person.level is not Level.VERIFIED:
        return replace(person, level=Level.CLAIMED, email=says.email)
    return person


def _attributes(person: Person, event: Event, says: Says, sure: bool) -> Person:
    if not says.traits or event.name != "Identified":
        return person
    attributes = dict(person.attributes)
    for name, value in says.traits.items():
        before = attributes.get(name)
        if before is None and len(attributes) >= MOST_ATTRIBUTES:
            continue
        if name == EXEMPT and event.source is not Source.INNESCO:
            continue  # who is in no control group, only we say
        if before is not None and (before.value == value or not _may(before, event, sure)):
            continue
        attributes[name] = _attribute(before, value, event)
    return replace(person, attributes=attributes)


def _may(before: Attribute, event: Event, sure: bool) -> bool:
    """A browser may not overwrite what a server said; a late word may not overwrite a later one."""
    return (sure or before.source is Source.PUBLIC) and event.moment >= before.moment


def _attribute(before: Attribute | None, value: Fact, event: Event) -> Attribute:
    past: tuple[Past, ...] = ()
    if before is not None:
        past = (Past(before.value, before.moment, before.seq), *before.past[: MOST_PAST - 1])
    return Attribute(value, event.moment, event.seq, event.source, past)


# -- visit ---------------------------------------------------------------------------------------


def _visit(visit: Visit | None, event: Event) -> Visit:
    """The visit that this event belongs to; one heard late stays in the visit under way."""
    moment, facts = event.moment, event.facts
    if visit is None or moment > visit.last + VISIT_GAP:
        campaign = facts.get("campaign_name")
        number = visit.number + 1 if visit else 1
        visit = Visit(
            moment, moment, number, campaign=campaign if isinstance(campaign, str) else None
        )
    product, category = facts.get("product"), facts.get("category")
    viewed = event.name == "Product Viewed"
    return replace(
        visit,
        last=max(visit.last, moment),
        pages=visit.pages + (event.name == "Page Viewed"),
        searches=visit.searches + (event.name == "Products Searched"),
        products=_with(visit.products, product if viewed else None),
        categories=_with(visit.categories, category),
    )


def _with(seen: tuple[str, ...], one: Fact | None) -> tuple[str, ...]:
    return (*seen[-199:], one) if isinstance(one, str) and one and one not in seen else seen


# -- cart and orders -----------------------------------------------------------------------------


def _currency(event: Event) -> str:
    return str(event.facts.get("currency", "EUR"))


def _cart_of(person: Person, event: Event) -> Cart:
    """The cart meant: a new id is a new cart."""
    said = event.facts.get("cart")
    cart = person.cart
    if cart is None or (said is not None and str(said) != cart.id):
        name = str(said) if said is not None else f"{person.id}/{event.seq}"
        cart = Cart(name, started=event.moment, currency=_currency(event))
    elif not cart.items:
        cart = replace(cart, started=event.moment, currency=_currency(event))
    return cart


Lines = dict[tuple[str, str | None], Item]


def _lines(items: Iterable[Item], more: Iterable[Item] = ()) -> Lines:
    """One line for each product and variant; what is told twice is more of it."""
    lines = {item.line: item for item in items}
    for item in more:
        before = lines.get(item.line)
        quantity = item.quantity + (before.quantity if before else 0)
        lines[item.line] = replace(item, quantity=min(quantity, 100_000))
    return lines


def _outlived(person: Person, event: Event) -> bool:
    """It speaks of what was emptied meanwhile: ordered, or taken out again.

    Whatever cart it names: an order mostly names none, and heard in time it would have emptied it.
    """
    cart = person.cart
    if cart is None or cart.items or cart.changed is None:
        return False
    return event.moment < cart.changed


def _added(person: Person, event: Event, says: Says, who: Recognised) -> Person:
    if _outlived(person, event):
        return person
    cart = _cart_of(person, event)
    return _with_cart(person, cart, _lines(cart.items, items_of(event)), event)


def _removed(person: Person, event: Event, says: Says, who: Recognised) -> Person:
    if _outlived(person, event):
        return person
    cart = _cart_of(person, event)
    lines = _lines(cart.items)
    for item in items_of(event):
        before = lines.pop(_meant(item, lines), None)
        if before and before.quantity > item.quantity:
            lines[before.line] = replace(before, quantity=before.quantity - item.quantity)
    return _with_cart(person, cart, lines, event)


def _meant(item: Item, lines: Lines) -> tuple[str, str | None]:
    """The line that is taken out; a shop that names no variant means any of the product's."""
    if item.line in lines or item.sku:
        return item.line
    return next((one for one in lines if one[0] == item.product), item.line)


def _cart_seen(person: Person, event: Event, says: Says, who: Recognised) -> Person:
    """*Cart Viewed* with its products says what really lies in it."""
    if not event.items or _outlived(person, event):
        return person
    cart = _cart_of(person, event)
    lines = _lines((), event.items)
    same = lines == _lines(cart.items)
    return person if same and person.cart else _with_cart(person, cart, lines, event)


def _with_cart(person: Person, cart: Cart, lines: Lines, event: Event) -> Person:
    items = tuple(lines.values())[-MOST_LINES:]
    return replace(person, cart=replace(cart, items=items, changed=event.moment))


def _ordered(person: Person, event: Event, says: Says, who: Recognised) -> Person:
    """An order empties the cart; the same order said twice, or by browser and server, is one.

    What a server or connector confirmed, no browser changes: a page of thanks is loaded again.
    """
    name = str(event.facts.get("order") or f"{event.key}")
    before = person.orders.get(name)
    confirmed = event.source is not Source.PUBLIC
    if before and before.confirmed and not confirmed:
        return person
    value = event.facts.get("value_base", event.facts.get("value", 0))
    worth = value if isinstance(value, int) else 0
    order = Order(name, event.moment, worth, confirmed, items=event.items)
    if before:
        moment = min(before.moment, event.moment) if confirmed <= before.confirmed else event.moment
        order = replace(order, moment=moment, refunded=before.refunded, cancelled=before.cancelled)
    cart = person.cart
    if cart is None and not event.quiet:
        cart = _cart_of(person, event)  # what was put into it may be heard after the order
    if cart and (cart.changed is None or cart.changed <= event.moment):
        cart = replace(cart, items=(), changed=event.moment)
    return replace(person, orders=bounded(person.orders | {name: order}), cart=cart)


def bounded(orders: dict[str, Order]) -> dict[str, Order]:
    """Anybody can claim orders: of those that nobody confirmed the newest are kept."""
    claimed = [name for name, order in orders.items() if not order.confirmed]
    for name in claimed[:-MOST_CLAIMED]:
        del orders[name]
    return orders


def _refunded(person: Person, event: Event, says: Says, who: Recognised) -> Person:
    """Only a server or a connector may say it; one with an id of its own needs no order."""
    if not who.sure:
        return person
    value = event.facts.get("value_base", event.facts.get("value"))
    name = event.facts.get("refund_id")
    if name is not None:
        worth = abs(value) if isinstance(value, int) else 0
        person = replace(person, refunds=person.refunds | {str(name): worth})
    before = person.orders.get(str(event.facts.get("order")))
    if before is None:
        return person
    back = abs(value) if isinstance(value, int) and value else before.value
    order = replace(before, refunded=min(before.value, before.refunded + back))
    return replace(person, orders=person.orders | {order.id: order})


def _cancelled(person: Person, event: Event, says: Says, who: Recognised) -> Person:
    before = person.orders.get(str(event.facts.get("order")))
    if before is None or not who.sure:
        return person
    return replace(person, orders=person.orders | {before.id: replace(before, cancelled=True)})


LESSONS: dict[str, Callable[[Person, Event, Says, Recognised], Person]] = {
    "Product Added": _added,
    "Product Removed": _removed,
    "Cart Viewed": _cart_seen,
    "Order Completed": _ordered,
    "Order Refunded": _refunded,
    "Order Cancelled": _cancelled,
}
"""What each event teaches beside that it happened; of consents: `profiles/consent.py`."""
