"""Town: all of Innesco in one process on a virtual clock, for months that pass in minutes.

Nothing is played: the same door, live, gates, rendering and hosted pages as in `innesco run`, on
real files. Only the clock is moved by hand, and mails go into the shoppers' own mailboxes.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

import httpx
from msgspec import Struct

from innesco.channels.channel import Email, Receipt
from innesco.demo.doorstep import Doorstep, NotTaken
from innesco.demo.reply import Mail, links_of
from innesco.demo.setup import Access
from innesco.events.event import moment_of
from innesco.main import Innesco, deliver_ports, make_live, web
from innesco.storage import outbox, people
from innesco.web.ports import ASGI
from innesco.workers.deliver import Nowhere, Sender, deliver_pass, sender
from innesco.workers.live import Live


class VirtualClock:
    """Stands still until it is moved, and never goes back."""

    def __init__(self, start: datetime) -> None:
        self._now = start

    def __call__(self) -> datetime:
        return self._now

    def move_to(self, moment: datetime) -> None:
        self._now = max(self._now, moment)


class Mailboxes:
    """A transport that sends nothing: what is handed over lies here until it is fetched."""

    def __init__(self, clock: VirtualClock) -> None:
        self._clock = clock
        self._new: list[Mail] = []

    async def send(self, email: Email, raw: bytes) -> Receipt:
        template = email.feedback_id[0] if email.feedback_id else ""
        links = links_of(email.text)
        if email.unsubscribe:
            links["u"] = urlsplit(email.unsubscribe).path
        self._new.append(Mail(email.to, template, self._clock(), links))
        return await Nowhere().send(email, raw)

    def fetch(self) -> list[Mail]:
        """What came since the last time, by address and template: `deliver` sends side by side."""
        new, self._new = self._new, []
        return sorted(new, key=lambda mail: (mail.came, mail.to, mail.template))


class Town(Struct):
    """The parts of one installation, and the doorstep where shoppers meet it."""

    innesco: Innesco
    clock: VirtualClock
    doorstep: Doorstep
    live: Live
    sender: Sender
    mailboxes: Mailboxes
    batch: int  #: rows of the log that live reads at once

    async def settle(self) -> None:
        """Let live and deliver do all that is to be done as of now."""
        while True:
            self._catch_up()
            counts = await deliver_pass(self.sender, self.clock())
            if counts is None:
                raise NotTaken("another sender works in this folder")
            if counts.idle and not self._catch_up():
                return

    def _catch_up(self) -> int:
        """Live reads the log to its end, and hears the clock when somebody is due."""
        rows = 0
        while read := self.live.catch_up(self.batch).rows or self.live.hear_clock():
            rows += read
        return rows

    def next_due(self) -> datetime | None:
        """When time alone will next change something: a wait that ends, a message to send."""
        with self.innesco.stores.people.connect() as connection:
            wait = people.next_due(connection)
        message = outbox.oldest_due(self.innesco.stores.outbox)
        due = [moment_of(wait)] if wait is not None else []
        return min([*due, *([message] if message else [])], default=None)


@asynccontextmanager
async def town(
    innesco: Innesco, clock: VirtualClock, access: Access, batch: int
) -> AsyncIterator[Town]:
    """The installation with its door open."""
    mailboxes = Mailboxes(clock)
    ports = deliver_ports(innesco, lambda workspace: mailboxes)
    app = web(innesco)
    async with (
        _running(app),
        httpx.AsyncClient(
            transport=_Homes(app), base_url=innesco.settings.base_url, trust_env=False
        ) as client,
    ):
        yield Town(
            innesco,
            clock,
            Doorstep(client, access.write_key, access.server_key, clock),
            make_live(innesco),
            sender(ports, clock()),
            mailboxes,
            batch,
        )


class _Homes(httpx.AsyncBaseTransport):
    """Calls the web role in this process; each shopper comes from a network of their own."""

    def __init__(self, app: ASGI) -> None:
        self._app: Any = app
        self._homes: dict[str, httpx.ASGITransport] = {}

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        home = request.extensions["home"]
        if home not in self._homes:
            self._homes[home] = httpx.ASGITransport(self._app, client=(home, 50_000))
        return await self._homes[home].handle_async_request(request)


@asynccontextmanager
async def _running(app: ASGI) -> AsyncIterator[None]:
    """What a server does around an application: its start and its end (ASGI's lifespan)."""
    said: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
    heard: asyncio.Queue[Any] = asyncio.Queue()
    scope = {"type": "lifespan", "asgi": {"version": "3.0"}, "state": {}}
    life = asyncio.ensure_future(app(scope, said.get, heard.put))
    await said.put({"type": "lifespan.startup"})
    started = await heard.get()
    if started["type"] != "lifespan.startup.complete":
        raise NotTaken(f"the web role did not start: {started.get('message')}")
    try:
        yield
    finally:
        await said.put({"type": "lifespan.shutdown"})
        await life
