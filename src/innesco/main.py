"""The composition root: one value with everything opened, and each role wired from it.

What only one role needs is imported where it is wired: five processes start together, and loading
what they do not use would be most of the time.
"""

import hashlib
import time
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from functools import lru_cache
from typing import TYPE_CHECKING, Any, cast

import msgspec
from msgspec import Struct

from innesco.definitions.workspace import Workspace
from innesco.profiles.tokens import Secrets
from innesco.settings import Settings
from innesco.storage import journal, workspaces
from innesco.storage.clock import Clock, movable, wall
from innesco.storage.open import Stores, open_stores

if TYPE_CHECKING:
    import pyarrow as pa

    from innesco.channels.channel import Transport
    from innesco.columns.questions import Question
    from innesco.connectors.smtp import Server
    from innesco.messages.asked import Asked
    from innesco.messages.template import Template
    from innesco.web.ports import ASGI
    from innesco.workers import asking, columns, deliver, live

REMEMBERED_SECONDS = 2.0
"""Settings and keys are looked at again after so long."""


class Innesco(Struct, frozen=True):
    """An installation, opened: what every role is made from."""

    settings: Settings
    stores: Stores
    now: Clock


def open_innesco(settings: Settings) -> Innesco:
    """Open and migrate everything in `settings.data`."""
    stores = open_stores(settings)
    return Innesco(settings, stores, movable(stores.control) if settings.demo else wall)


# -- what several roles ask -----------------------------------------------------------------------


def shop_settings(innesco: Innesco) -> Callable[[str], Workspace]:
    """A workspace's settings, a few seconds old at most."""

    @lru_cache(maxsize=1000)
    def read(workspace: str, _: int) -> Workspace:
        with innesco.stores.control.connect() as connection:
            return workspaces.settings(connection, workspace)

    return lambda workspace: read(workspace, _tick())


def signing_keys(innesco: Innesco) -> Callable[[str], Secrets]:
    """A workspace's signing keys, a few seconds old at most."""

    @lru_cache(maxsize=1000)
    def read(workspace: str, _: int) -> Secrets:
        with innesco.stores.control.connect() as connection:
            return workspaces.signing(connection, workspace)

    return lambda workspace: read(workspace, _tick())


def _tick() -> int:
    return int(time.monotonic() / REMEMBERED_SECONDS)


# -- roles ----------------------------------------------------------------------------------------


def make_live(innesco: Innesco) -> "live.Live":
    """The one writer of people."""
    from innesco.storage import definitions
    from innesco.workers import live
    from innesco.workers.stages import watch

    stores = innesco.stores
    return live.Live(
        live.Ports(
            journal=stores.journal,
            people=stores.people,
            secrets=signing_keys(innesco),
            document=definitions.documents(stores.control),
            clock=innesco.now,
            data=innesco.settings.data,
            watch=watch,
        )
    )


def make_columns(innesco: Innesco) -> "tuple[columns.Columns, asking.Asking]":
    """The owner of DuckDB, who follows live, and who asks everybody by what is published."""
    from innesco.storage import definitions
    from innesco.workers import asking, columns

    stores, data = innesco.stores, innesco.settings.data
    follower = columns.Columns(stores.people, data)
    document = definitions.documents(stores.control)
    ports = asking.Ports(stores.people, stores.journal, document, innesco.now, data)
    return follower, asking.Asking(follower.owner, ports)


def deliver_ports(
    innesco: Innesco, transport: "Callable[[str], Transport] | None" = None
) -> "deliver.Ports":
    """Mails go to the workspace's server, or to the sandbox while it has none."""
    from innesco.messages.render import House
    from innesco.messages.template import Template
    from innesco.storage import catalogue, definitions, stops
    from innesco.workers import claim, deliver

    stores, shop = innesco.stores, shop_settings(innesco)
    secrets, document = signing_keys(innesco), definitions.documents(stores.control)

    def stopped(workspace: str) -> Mapping[str, str]:
        with stores.control.connect() as connection:
            return {one.scope: one.reason for one in stops.of_workspace(connection, workspace)}

    def template(asked: "Asked") -> "Template | None":
        if not asked.template_hash:
            return None
        return msgspec.json.decode(document(asked.template_hash), type=Template)

    return deliver.Ports(
        facts=claim.Facts(
            outbox=stores.outbox,
            people=stores.people,
            journal=stores.journal,
            settings=shop,
            stops=stopped,
        ),
        house=lambda workspace: House(
            workspace=shop(workspace),
            secrets=secrets(workspace),
            base_url=innesco.settings.base_url,
        ),
        template=template,
        products=lambda workspace, ids: catalogue.find(stores.control, workspace, ids),
        transport=transport or mail_servers(innesco),
    )


def mail_servers(innesco: Innesco) -> "Callable[[str], Transport]":
    """One pool of connections for each server that a workspace names."""
    from innesco.connectors.smtp import Smtp

    pools: dict[Server, Smtp] = {}
    shop = shop_settings(innesco)

    def of_workspace(workspace: str) -> "Transport":
        server = _server(innesco, workspace, shop(workspace))
        return pools.setdefault(server, Smtp(server))

    return of_workspace


def _server(innesco: Innesco, workspace: str, shop: Workspace) -> "Server":
    from innesco.connectors.smtp import Server

    smtp = shop.smtp
    if not smtp.host:
        return Server(host="127.0.0.1", port=innesco.settings.sandbox_port, security="none")
    with innesco.stores.control.connect() as connection:
        password = workspaces.password(connection, workspace, "smtp")
    return Server(
        host=smtp.host,
        port=smtp.port,
        user=smtp.user,
        password=password,
        security=smtp.security,
    )


def web(innesco: Innesco) -> "ASGI":
    """The web role: the door and the hosted pages in front of the admin API and its UI."""
    from innesco.connectors.house_mail import Post, house
    from innesco.storage import keys, lag
    from innesco.web import app as web_app
    from innesco.web.door.door import door
    from innesco.web.door.network import client_of, networks
    from innesco.web.door.ports import Bounds, Ports as DoorPorts
    from innesco.web.hosted.app import hosted, is_hosted
    from innesco.web.hosted.visitor import Desk
    from innesco.web.ports import Ports as WebPorts

    stores, settings = innesco.stores, innesco.settings

    def seconds_behind() -> float:
        """A clock that was moved by days makes nobody late, so the demo does not count."""
        if settings.demo:
            return 0.0
        return lag.behind(stores.journal, stores.people, innesco.now()).seconds

    salt = installation_salt(innesco)
    tracking = door(
        DoorPorts(
            append=lambda entries, now: journal.append(stores.journal, entries, now),
            keys=keys.keyring(stores.control, wall),
            now=innesco.now,
            lag=seconds_behind,
            salt=salt,
            base_url=settings.base_url,
            bounds=Bounds(proxies=settings.proxies),
        )
    )
    desk = Desk(
        control=stores.control, journal=stores.journal, outbox=stores.outbox, now=innesco.now
    )
    network = networks(salt)
    pages = hosted(
        desk, lambda scope: network(client_of(scope, dict(scope["headers"]), settings.proxies))
    )

    @asynccontextmanager
    async def door_open(_: Any) -> AsyncIterator[None]:
        async with tracking.running():
            yield

    post = Post(house(settings.mail_url, settings.mail_from, settings.sandbox_port))

    async def asking(workspace: str, question: "Question") -> "pa.Table":
        from innesco.columns.socket import ask

        return await ask(settings.data, workspace, question)

    ports = WebPorts(settings=settings, stores=stores, now=innesco.now, mail=post, ask=asking)
    fronts = [
        web_app.Front(tracking.handles, cast("ASGI", tracking)),
        web_app.Front(is_hosted, pages),
    ]
    return web_app.app(ports, fronts, [door_open])


def installation_salt(innesco: Innesco) -> bytes:
    """Made of the signing keys of the first workspace: the same after a restart, never shown."""
    with innesco.stores.control.connect() as connection:
        names = workspaces.ids(connection)
        key = workspaces.signing(connection, names[0]).keys[-1][1] if names else b"no workspace yet"
    return hashlib.sha256(b"networks" + key).digest()
