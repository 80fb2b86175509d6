"""A shop in which something happens: events go to the log, and the whole way to the outbox."""

from typing import Any

import msgspec

from innesco.events.event import Source
from innesco.storage import definitions, journal, outbox, workspaces
from innesco.storage.journal import Entry
from innesco.workers import asking, live
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
        while self.live.catch_up().rows or self.live.hear_clock() or self.live.take_answers():
            pass
        outbox.copy(self.shop.stores.people, self.shop.stores.outbox)

    def builds(self) -> None:
        """Columns asks everybody by what was published, and live takes the answers."""
        self.asks_everybody()
        self.catch_up()

    def asks_everybody(self) -> None:
        columns, stores = self.shop.columns, self.shop.stores
        assert columns is not None
        self.catch_up()
        columns.follow()
        ports = asking.Ports(
            people=stores.people,
            journal=stores.journal,
            document=definitions.documents(stores.control),
            clock=lambda: self.shop.now,
            data=self.shop.settings.data,
        )
        asking.Asking(columns.owner, ports).ask()

    def _secrets(self, workspace: str) -> Any:
        with self.shop.stores.control.connect() as connection:
            return workspaces.signing(connection, workspace)
