"""A whole Innesco for the browser stories: real roles, real files, seeded through the real API."""

import contextlib
import os
import secrets
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from typing import Any

import httpx
import sqlalchemy as sa

from innesco.catalogue.product import Product
from innesco.definitions import gallery
from innesco.definitions.workspace import Workspace
from innesco.settings import Settings
from innesco.storage import accounts, catalogue, definitions, keys, passwords, tables, workspaces
from innesco.storage.accounts import Role
from innesco.storage.audit import PROGRAM
from innesco.storage.definitions import Name
from innesco.storage.engines import sqlite_engine, writing
from innesco.storage.keys import Kind, Wish
from innesco.storage.open import Stores, opened

ROLES = ("sandbox", "columns", "live", "deliver", "web")
SHOP, OWNER, PASSWORD = "botteguccia", "anna@botteguccia.example", "correct horse battery"
SOON = 90.0


class Running:
    """Addresses and keys of a running installation; `admin` is signed in as the owner."""

    def __init__(self, settings: Settings, key: str) -> None:
        self.url, self.key = settings.base_url, key
        self.roles: dict[str, subprocess.Popen[bytes]] = {}
        self.start: Callable[[str], subprocess.Popen[bytes]] = lambda role: self.roles[role]
        self.sandbox = settings.data / "sandbox.sqlite"
        self.admin = httpx.Client(base_url=self.url, timeout=20)

    def sign_in(self) -> None:
        answer = self.admin.post("/api/session", json={"email": OWNER, "password": PASSWORD})
        answer.raise_for_status()
        self.admin.headers["X-CSRF-Token"] = answer.json()["csrf"]

    def look(self, path: str, **query: str) -> Any:
        answer = self.admin.get(f"/api/workspaces/{SHOP}/{path}", params=query)
        answer.raise_for_status()
        return answer.json()

    def happen(self, *events: dict[str, Any]) -> None:
        """Events as the shop's own server sends them."""
        batch = [{"messageId": secrets.token_hex(8), **event} for event in events]
        answer = self.admin.post("/v1/batch", json={"batch": batch}, auth=(self.key, ""))
        answer.raise_for_status()

    def mailed(self, to: str) -> str:
        """The newest mail that really went to this address, as the sandbox's server took it."""
        query = sa.select(tables.mails).order_by(tables.mails.c.id.desc())
        engine = sqlite_engine(self.sandbox)
        try:
            with engine.connect() as connection:
                for mail in connection.execute(query):
                    if to in mail.recipients:
                        said = message_from_bytes(mail.raw, policy=default)
                        return str(said.get_content())
        finally:
            engine.dispose()
        return ""

    @contextlib.contextmanager
    def without(self, role: str) -> Iterator[None]:
        """One role stopped meanwhile, and started again."""
        self.roles[role].terminate()
        self.roles[role].wait(timeout=20)
        try:
            yield
        finally:
            self.roles[role] = self.start(role)
            until(lambda: self.admin.get("/readyz").is_success)

    def later(self, hours: float) -> None:
        moved = self.admin.post(f"/api/workspaces/{SHOP}/demo/clock", json={"hours": hours})
        moved.raise_for_status()


def until(said: Callable[[], Any]) -> Any:
    """Ask again and again until there is an answer; fails after a while."""
    end = time.monotonic() + SOON
    while time.monotonic() < end:
        with contextlib.suppress(httpx.TransportError):
            if answer := said():
                return answer
        time.sleep(0.1)
    raise AssertionError("it did not happen in time")


@contextlib.contextmanager
def running(folder: Path) -> Iterator[Running]:
    """Everything started on free ports, and stopped at the end."""
    port, mail_port = _free_ports()
    settings = Settings(data=folder, port=port, sandbox_port=mail_port, demo=True)
    with opened(settings) as stores:
        key = _settle(stores)
    environ = os.environ | {
        "INNESCO_DATA": str(folder),
        "INNESCO_PORT": str(port),
        "INNESCO_SANDBOX_PORT": str(mail_port),
        "INNESCO_DEMO": "1",
    }
    with (folder / "roles.log").open("wb") as log:
        made = Running(settings, key)
        made.start = lambda role: _start(role, environ, log)
        made.roles = {role: made.start(role) for role in ROLES}
        try:
            until(lambda: made.admin.get("/readyz").is_success)
            made.sign_in()
            yield made
            made.admin.close()
        finally:
            for role in reversed(made.roles.values()):
                role.terminate()
            for role in made.roles.values():
                role.wait(timeout=20)


def _start(role: str, environ: dict[str, str], log: Any) -> "subprocess.Popen[bytes]":
    command = [sys.executable, "-m", "innesco.cli", "role", role]
    return subprocess.Popen(command, env=environ, stdout=log, stderr=log)


def _free_ports() -> tuple[int, int]:
    with socket.socket() as one, socket.socket() as other:
        one.bind(("127.0.0.1", 0))
        other.bind(("127.0.0.1", 0))
        return one.getsockname()[1], other.getsockname()[1]


def _settle(stores: Stores) -> str:
    """One shop with its owner, its ready journeys and a key for its server."""
    now = datetime.now(UTC)
    shop = Workspace(
        name="Botteguccia",
        sender_name="Botteguccia",
        sender_email="ciao@botteguccia.example",
        postal_address="Via Roma 1, 10121 Torino",
        shop_url="http://127.0.0.1:9",
        cart_url="http://127.0.0.1:9/cart?rebuild={items}",
    )
    both = (stores.control, stores.journal)
    workspaces.create(*both, SHOP, shop, PROGRAM, now, now)
    with writing(stores.control).begin() as connection:
        owner = accounts.create(connection, OWNER, "Anna Rossi", "it", now)
        accounts.set_password(connection, owner.id, passwords.hashed(PASSWORD))
        accounts.admit(connection, owner.id, SHOP, Role.OWNER, PROGRAM, now)
        moka = Product("MK-1", {"it": "Moka Luna", "en": "Luna moka pot"}, 3490, category="Caffè")
        catalogue.keep(connection, SHOP, [moka])
        keys.make(connection, SHOP, Wish(Kind.PUBLIC, "Pagine del negozio"), PROGRAM, now)
        key = keys.make(connection, SHOP, Wish(Kind.SERVER, "Server"), PROGRAM, now).text
    for one in gallery.ready():
        name = Name(SHOP, one.kind, one.id)
        with writing(stores.control).begin() as connection:
            definitions.save_draft(connection, name, one.body, PROGRAM, now)
        definitions.publish(*both, name, PROGRAM, now, now)
    return key
