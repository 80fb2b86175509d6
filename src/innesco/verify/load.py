"""Load: clients that say the same batch again and again until it is acknowledged."""

import random
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from threading import Event, Lock, Thread
from typing import Any

import httpx

from innesco.verify.shop import ASKS, Shop

CLIENTS = 4
EVENTS = 50  #: of a batch
VISITORS = 300  #: of each client
AGAIN = 0.05  #: share of batches that are said once more though they were acknowledged
PATIENCE_SECONDS = 0.1


class Load:
    """`with` it; `enough` ends the clients when they have their answer."""

    def __init__(self, shop: Shop, events: int, seed: int) -> None:
        self.batches = [0] * CLIENTS  #: acknowledged, by client
        self.retried = 0  #: requests that got no 200
        self.odd: set[int] = set()  #: answers that nobody should get
        self._shop, self._share, self._seed = shop, events // CLIENTS, seed
        self._lock, self._over = Lock(), Event()
        self._threads = [Thread(target=self._speak, args=(n,), daemon=True) for n in range(CLIENTS)]

    def start(self) -> None:
        for thread in self._threads:
            thread.start()

    def finish(self) -> None:
        """Every batch that was begun gets its acknowledgement, then the clients end."""
        self._over.set()
        for thread in self._threads:
            thread.join()

    @property
    def acknowledged(self) -> int:
        return sum(self.batches) * EVENTS

    @property
    def asked(self) -> int:
        """Messages that the acknowledged events ask for: one a batch."""
        return sum(self.batches)

    def ids(self) -> Iterator[str]:
        """The messageIds of everything that was acknowledged."""
        for client, batches in enumerate(self.batches):
            for n in range(batches):
                yield from (f"{client}-{n}-{event}" for event in range(EVENTS))

    def _speak(self, client: int) -> None:
        chance = random.Random(f"{self._seed}/{client}")
        with httpx.Client(base_url=self._shop.settings.base_url, timeout=10) as http:
            while not self._over.is_set() and self.batches[client] * EVENTS < self._share:
                batch = {"batch": events(client, self.batches[client], chance)}
                self._until_acknowledged(http, batch)
                self.batches[client] += 1
                if chance.random() < AGAIN:
                    self._until_acknowledged(http, batch)

    def _until_acknowledged(self, http: httpx.Client, batch: dict[str, Any]) -> None:
        while (status := self._say(http, batch)) != 200:
            with self._lock:
                self.retried += 1
                if status not in (None, 429, 503):
                    self.odd.add(status)
            time.sleep(PATIENCE_SECONDS)

    def _say(self, http: httpx.Client, batch: dict[str, Any]) -> int | None:
        """The answer's number, or None when nobody answered."""
        try:
            return http.post("/v1/batch", json=batch, auth=(self._shop.server, "")).status_code
        except httpx.TransportError:
            return None


def events(client: int, batch: int, chance: random.Random) -> list[dict[str, Any]]:
    """Visitors look at things; one new customer agrees to mails and asks for one."""
    looks = [_looks(f"v{client}-{chance.randrange(VISITORS)}", chance) for _ in range(EVENTS - 2)]
    return [
        {"messageId": f"{client}-{batch}-{n}", "timestamp": datetime.now(UTC).isoformat(), **event}
        for n, event in enumerate([*looks, *_asks(f"c{client}-{batch}")])
    ]


def _looks(visitor: str, chance: random.Random) -> dict[str, Any]:
    product = {"product_id": f"P{chance.randrange(60)}", "price": 12.5, "currency": "EUR"}
    return {
        "type": "track",
        "event": "Product Viewed",
        "anonymousId": visitor,
        "properties": product,
    }


def _asks(customer: str) -> list[dict[str, Any]]:
    consent = {"email": f"{customer}@shopper.example", "purposes": ["marketing"]}
    return [
        {
            "type": "track",
            "event": "Consent Given",
            "userId": customer,
            "properties": consent,
            "context": {"traits": {"email": consent["email"]}},
        },
        {"type": "track", "event": ASKS, "userId": customer},
    ]
