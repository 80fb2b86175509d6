"""Load: clients that say the same batch again and again until it is acknowledged.

They speak at a pace, and faster after they were held up: a burst would be over before anything
could happen to it.
"""

import random
import time
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from threading import Event, Lock, Thread
from typing import Any

import httpx

from innesco.verify.shop import ASKS, Keys, Shop

CLIENTS = 4
EVENTS = 50  #: of a batch
VISITORS = 300  #: of each client
ENDLESS = 100_000_000
"""Events for as long as it takes."""
AGAIN = 0.05  #: share of batches that are said once more though they were acknowledged
PATIENCE_SECONDS = 0.2


class Load:
    """`with` it; `enough` ends the clients when they have their answer."""

    def __init__(self, shop: Shop, events: int, rate: float, seed: int) -> None:
        self.batches = [0] * CLIENTS  #: acknowledged, by client
        self.silent = 0  #: requests that got no answer
        self.refused = Counter[int]()  #: answers other than 200, by status
        self._shop, self._share, self._seed = shop, events // CLIENTS, seed
        self._pause = EVENTS * CLIENTS / rate  #: seconds from one batch of a client to the next
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
    def retried(self) -> int:
        return self.silent + self.refused.total()

    def odd(self, known: tuple[int, ...] = (429, 503)) -> int:
        """Refusals that nobody should have got."""
        return sum(n for status, n in self.refused.items() if status not in known)

    @property
    def asked(self) -> int:
        """Messages that the acknowledged events ask for: one a batch."""
        return sum(self.batches)

    def ids(self) -> Iterator[tuple[str, str]]:
        """Everything that was acknowledged: the id of its key, and its messageId."""
        for client, batches in enumerate(self.batches):
            key = self._keys(client).server_id
            for n in range(batches):
                yield from ((key, f"{client}-{n}-{event}") for event in range(EVENTS))

    def _keys(self, client: int) -> Keys:
        """Half of them speak for one workspace, half for the other."""
        return self._shop.keys[client % len(self._shop.keys)]

    def _speak(self, client: int) -> None:
        chance, auth = random.Random(f"{self._seed}/{client}"), (self._keys(client).server, "")
        with httpx.Client(base_url=self._shop.settings.base_url, auth=auth, timeout=10) as http:
            began = time.monotonic()
            while self.batches[client] * EVENTS < self._share:
                if self._over.wait(began + self.batches[client] * self._pause - time.monotonic()):
                    break
                batch = {"batch": events(client, self.batches[client], chance)}
                self._until_acknowledged(http, batch)
                self.batches[client] += 1
                if chance.random() < AGAIN:
                    self._until_acknowledged(http, batch)

    def _until_acknowledged(self, http: httpx.Client, batch: dict[str, Any]) -> None:
        while (status := self._say(http, batch)) != 200:
            with self._lock:
                self.silent += status is None
                self.refused.update(() if status is None else (status,))
            time.sleep(PATIENCE_SECONDS)

    def _say(self, http: httpx.Client, batch: dict[str, Any]) -> int | None:
        """The answer's number, or None when nobody answered."""
        try:
            return http.post("/v1/batch", json=batch).status_code
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
