"""What happened in the shop before the browser looks: a cart left behind, and some odd input."""

from typing import Any

from tests.ui.running import Running, until

SHOPPERS = 10
MOKA = {
    "cart_id": "c1",
    "product_id": "MK-1",
    "name": "Moka Luna",
    "category": "Caffè",
    "price": 34.9,
    "quantity": 2,
    "currency": "EUR",
}


def fill(shop: Running) -> None:
    """Shoppers with consent leave carts; an hour later their reminders are in the sandbox."""
    for number in range(SHOPPERS):
        shop.happen(*_visit(number))
    shop.happen({"type": "track", "userId": "odd", "event": "   "})
    until(lambda: shop.look("people")["items"])
    until(lambda: shop.look("quarantine")["items"])
    until(lambda: len(shop.look("people")["items"]) >= SHOPPERS)
    shop.later(hours=1.2)
    until(lambda: shop.look("sandbox")["items"])


def _visit(number: int) -> list[dict[str, Any]]:
    who = {"userId": f"shopper-{number}"}
    email = f"giulia{number}@esempio.it"
    consent = {"email": email, "purposes": ["marketing", "profiling"], "text": "Sì, scrivetemi"}
    events = [
        {"type": "identify", "traits": {"email": email, "firstName": "Giulia", "city": "Torino"}},
        {"type": "track", "event": "Consent Given", "properties": consent},
        {"type": "page", "name": "Caffè", "context": {"page": {"path": "/caffe"}}},
        {"type": "track", "event": "Product Viewed", "properties": MOKA},
        {"type": "track", "event": "Product Added", "properties": MOKA | {"cart_id": f"c{number}"}},
    ]
    return [who | event for event in events]
