"""What happened: the happenings that one event is to the journeys."""

from collections.abc import Iterator
from datetime import datetime

from innesco.events.event import Event, Fact
from innesco.journeys.run import Happening
from innesco.profiles.person import Person

CART_EVENTS = frozenset({"Product Added", "Product Removed", "Cart Viewed"})


def happened(now: datetime, event: Event, before: Person, person: Person) -> Iterator[Happening]:
    """The event itself, and each attribute that it changed."""
    facts = event.facts
    if event.name in CART_EVENTS and "cart" not in facts and person.cart:
        facts = {**facts, "cart": person.cart.id}  # Google's names know no carts
    yield Happening(now, event.name, facts, event.moment, event.seq)
    if person.attributes is before.attributes:
        return
    for name, attribute in person.attributes.items():
        if attribute.seq == event.seq and attribute.value is not None:
            changed: dict[str, Fact] = {"attribute": name, "to": attribute.value}
            yield Happening(now, "Attribute Changed", changed, event.moment, event.seq)
