"""A shop in which something happens: events go to the log, and the whole way to the outbox."""

from typing import Any

import msgspec

from innesco.events.event import Source
from innesco.storage import definitions, journal, outbox, workspaces
from innesco.storage.journal import Entry
from innesco.workers import live
from innesco.workers.live import Live
from tests.web.api.shop import MINE, Shop


class Visited:
    """A shop whose log is read by live as it is; the test says who does what."""

    def __init__(self, shop: Shop) -> None:
        self.shop, self.sent = shop, 0
        stores = shop.stores
        self.live = Live(
            live.Ports(
                journal=stores.journal,
                people=stores.people,
                secrets=self._secrets,
                document=definitions.documents(stores.control),
                clock=lambda: shop.now,
                data=shop.settings.data,
            )
        )

    def does(self, source: Source = Source.SERVER, /, **event: Any) -> None:
        self.sent += 1
        said = {
            "type": "track",
            "anonymousId": "anna-device",
            "messageId": f"m{self.sent}",
            "timestamp": self.shop.now.isoformat(),
            **event,
        }
        body = msgspec.json.encode({"batch": [said]})
        entry = Entry(MINE, source, "key_x", body=body)
        journal.append(self.shop.stores.journal, [entry], self.shop.now)

    def catch_up(self) -> None:
        while self.live.catch_up().rows or self.live.hear_clock():
            pass
        outbox.copy(self.shop.stores.people, self.shop.stores.outbox)

    def _secrets(self, workspace: str) -> Any:
        with self.shop.stores.control.connect() as connection:
            return workspaces.signing(connection, workspace)
