"""Merge: an anonymous profile turns out to be somebody we know; two values become one.

The rows that were written keep their profile's name; `aliases` says since which place in the log
they are this person's. What the known person said stands; the other fills what lacks. Each
case is a row of docs/decisions/0013. Devices of nobody may join without end, so what is bounded
when it is learnt is bounded here as well.
"""

from datetime import datetime

from msgspec.structs import replace

from innesco.profiles.consent import few_addresses, stronger
from innesco.profiles.learn import MOST_ATTRIBUTES, MOST_DEVICES, bounded
from innesco.profiles.person import Attribute, Cart, Consent, Level, Order, Person, Visit


def merge(known: Person, other: Person) -> Person:
    """The known person with all that the other one knew, did and carried."""
    return replace(
        known,
        level=max(known.level, other.level, key=list(Level).index),
        anonymous=_in_order(known.anonymous, other.anonymous)[-MOST_DEVICES:],
        user=known.user or other.user,
        email=_email(known, other),
        email_verified=known.email_verified or other.email_verified,
        phone=known.phone or other.phone,
        language=known.language or other.language,
        zone=known.zone or other.zone,
        attributes=_attributes(known.attributes, other.attributes),
        first_seen=_first(known.first_seen, other.first_seen),
        last_seen=_last(known.last_seen, other.last_seen),
        last_seq=max(known.last_seq, other.last_seq),
        events=known.events + other.events,
        visit=_visit(known.visit, other.visit),
        cart=_cart(known.cart, other.cart),
        orders=_orders(known.orders, other.orders),
        refunds=other.refunds | known.refunds,
        consents=_consents(known, other),
        fired=_latest(known.fired, other.fired),
        doubles=both_heard(known, other),
    )


def both_heard(one: Person, other: Person) -> dict[int, datetime]:
    """The keys that either heard, the oldest first: sent again, they are doubles for both."""
    heard = other.doubles | one.doubles
    return dict(sorted(heard.items(), key=lambda said: (said[1], said[0])))


def _orders(known: dict[str, Order], other: dict[str, Order]) -> dict[str, Order]:
    both = {name: _order(order, other.get(name, order)) for name, order in known.items()}
    return bounded(other | both)


def _order(known: Order, other: Order) -> Order:
    """Of one order told to both, what was confirmed stands; no undoing of it is forgotten."""
    stands = other if other.confirmed and not known.confirmed else known
    return replace(
        stands,
        cancelled=known.cancelled or other.cancelled,
        refunded=max(known.refunded, other.refunded),
    )


def _consents(known: Person, other: Person) -> dict[str, Consent]:
    hers, others = known.consents, other.consents
    both = others | {name: stronger(word, others.get(name, word)) for name, word in hers.items()}
    return few_addresses(both, _email(known, other))


def _email(known: Person, other: Person) -> str | None:
    return known.email if known.email_verified or not other.email else other.email


def _latest(known: dict[str, datetime], other: dict[str, datetime]) -> dict[str, datetime]:
    """A trigger that fired for either may not fire again too soon for both."""
    return other | {name: max(at, other.get(name, at)) for name, at in known.items()}


def _attributes(known: dict[str, Attribute], other: dict[str, Attribute]) -> dict[str, Attribute]:
    lacking = [name for name in other if name not in known]
    room = max(0, MOST_ATTRIBUTES - len(known))
    return known | {name: other[name] for name in lacking[:room]}


def _in_order(*lists: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one for many in lists for one in many))


def _first(one: datetime | None, two: datetime | None) -> datetime | None:
    return min((moment for moment in (one, two) if moment), default=None)


def _last(one: datetime | None, two: datetime | None) -> datetime | None:
    return max((moment for moment in (one, two) if moment), default=None)


def _visit(known: Visit | None, other: Visit | None) -> Visit | None:
    """The visit under way is the later one; the count of visits is that of both."""
    if known is None or other is None:
        return known or other
    later, earlier = (other, known) if other.last >= known.last else (known, other)
    return replace(later, number=later.number + earlier.number)


def _cart(known: Cart | None, other: Cart | None) -> Cart | None:
    """The cart touched last, of those with anything in them; one cart is as it was touched last."""
    if known is None or other is None:
        return known or other
    if known.id == other.id:
        return max(known, other, key=_touched)
    full = [cart for cart in (known, other) if cart.items]
    return max(full, key=_touched) if full else known


def _touched(cart: Cart) -> tuple[bool, datetime | None, str]:
    return (cart.changed is not None, cart.changed, cart.id)
