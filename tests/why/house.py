"""A whole installation without its processes: real stores, live and deliver, a clock of its own."""

import asyncio
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import msgspec

from innesco.catalogue.product import Product
from innesco.channels.channel import Email, Receipt
from innesco.definitions import gallery
from innesco.definitions.workspace import Workspace
from innesco.events.event import Source
from innesco.main import Innesco, deliver_ports, make_live
from innesco.settings import Settings
from innesco.storage import catalogue, definitions, journal, workspaces
from innesco.storage.audit import PROGRAM
from innesco.storage.definitions import Name
from innesco.storage.engines import writing
from innesco.storage.journal import Entry
from innesco.storage.open import Stores, close, open_stores, opened
from innesco.storage.why import NOW, Asker, When, WhyJourney
from innesco.why.answer import Check, Passage
from innesco.workers import deliver

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
SHOP = "bottega"
BOTTEGA = Workspace(name="Bottega", shop_url="https://shop.example")
WAIT = {"type": "wait", "lasts": "PT1H", "then": "remind"}
REMIND = {"type": "message", "template": "cart-1", "products": "cart"}
CART = {
    "id": "cart",
    "name": {"en": "Cart"},
    "starts": [{"type": "event", "event": "Product Added"}],
    "key": "cart",
    "first": "quiet",
    "holdout": 0,
    "stops": [{"event": "Order Completed"}],
    "nodes": {"quiet": WAIT, "remind": REMIND},
}
PUBLIC, SERVER = Source.PUBLIC, Source.SERVER


class Mailbox(deliver.Nowhere):
    """Takes every mail, and remembers to whom it went."""

    def __init__(self) -> None:
        self.got: list[str] = []

    async def send(self, email: Email, raw: bytes) -> Receipt:
        self.got.append(email.to)
        return await super().send(email, raw)


class House:
    """`hears` what somebody does so many minutes after noon; `why` asks once live has read it."""

    def __init__(self, folder: Path, **settings: Any) -> None:
        self.now = NOON
        shutil.copytree(_built(), folder, dirs_exist_ok=True)
        stores = open_stores(Settings(data=folder))
        self.innesco = Innesco(Settings(data=folder), stores, lambda: self.now)
        self.live = make_live(self.innesco)
        self.mailbox = Mailbox()
        if settings:
            shop = msgspec.structs.replace(BOTTEGA, **settings)
            both = (stores.control, stores.journal)
            workspaces.save_settings(*both, SHOP, shop, PROGRAM, NOON, NOON)
        self._sender = deliver.sender(deliver_ports(self.innesco, lambda _: self.mailbox), NOON)
        self._said = 0

    # -- what happens ------------------------------------------------------------------------------

    def publishes(self, kind: str, document: dict[str, Any], at: float = 0) -> None:
        self._until(at)
        name = Name(SHOP, kind, str(document["id"]))
        _publish(self.innesco.stores, name, msgspec.json.encode(document), self.now)

    def pauses(self, journey: str, at: float = 0) -> None:
        self._until(at)
        stores, name = self.innesco.stores, Name(SHOP, "journey", journey)
        assert definitions.pause(stores.control, stores.journal, name, PROGRAM, self.now, self.now)

    def hears(
        self,
        event: str,
        at: float = 0,
        *,
        user: str | None = "anna",
        device: str | None = None,
        happened: float | None = None,
        kind: str = "events",
        agent: str | None = None,
        network: str | None = None,
        **properties: Any,
    ) -> None:
        """By the shop's server when it names a user, else by a browser."""
        self._until(at)
        self._said += 1
        moment = NOON + timedelta(minutes=at if happened is None else happened)
        said = {
            "type": "track",
            "event": event,
            "messageId": f"m{self._said}",
            "timestamp": moment.isoformat(),
            "properties": properties,
            **({"userId": user} if user else {}),
            **({"anonymousId": device} if device else {}),
        }
        if event == "Identified":
            said |= {"type": "identify", "traits": properties}
        if agent:
            said |= {"context": {"userAgent": agent}}
        source = SERVER if user else PUBLIC
        source = Source.IMPORT if kind == "import" else source
        body = msgspec.json.encode({"batch": [said]})
        self._last = Entry(SHOP, source, source.value, kind, body=body, network=network)
        journal.append(self.innesco.stores.journal, [self._last], self.now)

    def says_again(self, at: float = 0) -> None:
        """The client did not hear the answer, and sends its last request once more."""
        self._until(at)
        journal.append(self.innesco.stores.journal, [self._last], self.now)

    def is_mailed(self, at: float = 0, user: str = "anna", consent: bool = True) -> None:
        """She has an address, and allowed marketing for it or not."""
        self.hears("Identified", at, user=user, email=f"{user}@example.com")
        if consent:
            said = {"email": f"{user}@example.com", "purposes": ["marketing"]}
            self.hears("Consent Given", at, user=user, **said)

    def adds(self, at: float = 0, cart: str = "c1", **more: Any) -> None:
        self.hears("Product Added", at, product_id="MOKA-3", price=12, cart_id=cart, **more)

    def lives_until(self, at: float, deliver_too: bool = True) -> None:
        """The clock reaches this minute; live reads, deliver sends what is due."""
        self._until(at)
        while self.live.catch_up().rows or self.live.hear_clock():
            continue
        if deliver_too:
            asyncio.run(deliver.deliver_pass(self._sender, self.now))
            while self.live.catch_up().rows:
                continue

    # -- what is asked -----------------------------------------------------------------------------

    @property
    def asker(self) -> Asker:
        return Asker(self.innesco.stores, SHOP, self.now)

    def why(
        self, journey: str = "cart", user: str = "anna", when: When = NOW, run: str | None = None
    ) -> WhyJourney:
        return self.asker.about_journey(self.asker.who(user), journey, when, run)

    def _until(self, at: float) -> None:
        self.now = max(self.now, NOON + timedelta(minutes=at))


@cache
def _built() -> Path:
    """An empty shop with its templates and one product: made once, then copied."""
    folder = Path(_houses.name)
    with opened(Settings(data=folder)) as stores:
        both = (stores.control, stores.journal)
        workspaces.create(*both, SHOP, BOTTEGA, PROGRAM, NOON, NOON)
        moka = Product("MOKA-3", {"it": "Moka", "en": "Moka pot"}, 1200)
        with writing(stores.control).begin() as connection:
            catalogue.keep(connection, SHOP, [moka])
        for one in gallery.ready():
            if one.kind == "template":
                _publish(stores, Name(SHOP, one.kind, one.id), one.body, NOON)
    return folder


_houses = tempfile.TemporaryDirectory(prefix="innesco-tests-")


def _publish(stores: Stores, name: Name, body: bytes, now: datetime) -> None:
    with writing(stores.control).begin() as connection:
        definitions.save_draft(connection, name, body, PROGRAM, now)
    assert definitions.publish(stores.control, stores.journal, name, PROGRAM, now, now)


@contextmanager
def house(folder: Path, *journeys: dict[str, Any], **settings: Any) -> Iterator[House]:
    made = House(folder, **settings)
    for journey in journeys or (CART,):
        made.publishes("journey", journey)
    try:
        yield made
    finally:
        close(made.innesco.stores)


def minute(at: float) -> datetime:
    return NOON + timedelta(minutes=at)


def closed(told: WhyJourney) -> list[tuple[str, str]]:
    """The gates that were not passed, each with its reason."""
    return [(one.gate, one.because) for one in told.answer.gates if not one.passed]


def gate(told: WhyJourney, name: str) -> Check:
    return next(one for one in told.answer.gates if one.gate == name)


def passages(told: WhyJourney) -> tuple[Passage, ...]:
    assert told.answer.run is not None
    return told.answer.run.passages
