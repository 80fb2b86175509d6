"""A shop in front of the door: its two keys, a client that posts, and a look into its log."""

import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import httpx
import sqlalchemy as sa

from innesco.events.body import events_of
from innesco.storage import journal as log
from innesco.storage.audit import Actor
from innesco.storage.engines import sqlite_engine
from innesco.storage.keys import Kind, Wish, keyring, make
from innesco.storage.migrate import migrate
from innesco.web.door.commit import Append
from innesco.web.door.door import Door, door
from innesco.web.door.ports import Bounds, Ports

USUAL = Bounds()
NOW = datetime(2026, 11, 23, 6, 19, 43, tzinfo=UTC)


@dataclass
class Shop:
    """The clock stands still at `now` until a test moves it."""

    door: Door
    client: httpx.AsyncClient
    journal: sa.Engine
    keys: dict[Kind, str]
    now: datetime = NOW
    behind: float = 0.0

    @property
    def public(self) -> str:
        return self.keys[Kind.PUBLIC]

    @property
    def server(self) -> str:
        return self.keys[Kind.SERVER]

    async def post(
        self, path: str, body: object, key: str | None = None, **more: Any
    ) -> httpx.Response:
        """As a shop's server would: JSON, the key as the user of Basic."""
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        auth = httpx.BasicAuth(key, "") if key else None
        return await self.client.post(path, content=content, auth=auth, **more)

    def rows(self) -> list[log.Row]:
        return log.read(self.journal, 0, 10_000)

    def events_of_the_last_row(self) -> list[Any]:
        return [json.loads(bytes(raw)) for raw in events_of(self.rows()[-1].body)]

    def events(self) -> list[Any]:
        """Every event of the log, decoded."""
        return [json.loads(bytes(raw)) for row in self.rows() for raw in events_of(row.body)]


@asynccontextmanager
async def opened(
    engine: sa.Engine,
    folder: Path,
    append: Append | None = None,
    bounds: Bounds = USUAL,
    ports: Callable[[Ports], Ports] = lambda ports: ports,
    client: tuple[str, int] = ("93.41.7.8", 5000),
) -> AsyncIterator[Shop]:
    """A running door; `append` and `ports` replace what a test wants to be different."""
    control = sqlite_engine(folder / "control.sqlite")
    migrate(control, "control")
    keys = made_keys(control)
    held: list[Shop] = []
    given = Ports(
        append=append or partial(log.append, engine),
        keys=keyring(control, lambda: NOW),
        now=lambda: held[0].now if held else NOW,
        lag=lambda: held[0].behind if held else 0.0,
        salt=b"salt of this installation",
        base_url="https://track.shop.example",
        bounds=bounds,
        sdk=folder / "innesco.js",
    )
    one = door(ports(given))
    transport = httpx.ASGITransport(one, client=client)
    async with (
        httpx.AsyncClient(transport=transport, base_url="http://door.test") as http,
        one.running(),
    ):
        held.append(Shop(one, http, engine, keys))
        yield held[0]
    control.dispose()


def made_keys(control: sa.Engine) -> dict[Kind, str]:
    by = Actor("test", "a test")
    with control.begin() as connection:
        return {
            kind: make(connection, "shop", Wish(kind, str(kind)), by, NOW - timedelta(days=1)).text
            for kind in Kind
        }
