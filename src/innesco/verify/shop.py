"""A shop to prove things on: a folder of its own, keys, and a journey that mails at once."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import msgspec
from msgspec import Struct

from innesco.definitions.workspace import Smtp, Workspace
from innesco.main import Innesco, open_innesco
from innesco.settings import Settings
from innesco.storage import definitions, keys, open as stores, workspaces
from innesco.storage.audit import PROGRAM
from innesco.storage.clock import wall
from innesco.storage.definitions import Name
from innesco.storage.engines import writing
from innesco.storage.keys import Kind, Made, Wish

WORKSPACE = "proof"
ASKS = "Proof Asked"
"""The event that asks for a marketing message, with no wait and no control group."""

TEMPLATE = {
    "id": "proof",
    "name": {"en": "Proof"},
    "kind": "marketing",
    "mjml": "<mj-section><mj-column><mj-text>[[hello]]</mj-text></mj-column></mj-section>",
    "words": {"en": {"subject": "A proof", "says": {"hello": "One of these, and only one."}}},
}
JOURNEY = {
    "id": "proof",
    "name": {"en": "Proof"},
    "starts": [{"type": "event", "event": ASKS}],
    "holdout": 0,
    "kind": "marketing",
    "first": "mail",
    "nodes": {"mail": {"type": "message", "template": "proof"}},
}


class Shop(Struct, frozen=True):
    """An installation with one workspace, and how to speak to it."""

    innesco: Innesco
    public: str  #: the browser's key
    server: str  #: the shop server's key
    server_id: str  #: by which doubles are told apart

    @property
    def settings(self) -> Settings:
        return self.innesco.settings


@contextmanager
def shop(mail_port: int = 0) -> Iterator[Shop]:
    """In a temporary folder with free ports; mails go to `mail_port` of this machine."""
    with TemporaryDirectory(prefix="innesco-verify-") as folder:
        yield from opened(Path(folder), mail_port)


def opened(folder: Path, mail_port: int) -> Iterator[Shop]:
    innesco = open_innesco(Settings(data=folder, port=free_port(), sandbox_port=free_port()))
    try:
        yield _set_up(innesco, mail_port or innesco.settings.sandbox_port)
    finally:
        stores.close(innesco.stores)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return int(listening.getsockname()[1])


def _set_up(innesco: Innesco, mail_port: int) -> Shop:
    control, log = innesco.stores.control, innesco.stores.journal
    workspaces.create(control, log, WORKSPACE, _settings(mail_port), PROGRAM, wall(), wall())
    _publish(innesco, "template", TEMPLATE)
    _publish(innesco, "journey", JOURNEY)
    public, server = _key(innesco, Kind.PUBLIC), _key(innesco, Kind.SERVER)
    return Shop(innesco, public.text, server.text, server.key.id)


def _settings(mail_port: int) -> Workspace:
    return Workspace(
        name="Proof",
        language="en",
        postal_address="1 Proof Road",
        shop_url="https://shop.example/",
        sender_name="Proof",
        sender_email="proof@shop.example",
        smtp=Smtp(host="127.0.0.1", port=mail_port, security="none"),
        most_marketing_a_day=0,
    )


def _publish(innesco: Innesco, kind: str, document: dict[str, Any]) -> None:
    name = Name(WORKSPACE, kind, document["id"])
    with writing(innesco.stores.control).begin() as connection:
        definitions.save_draft(connection, name, msgspec.json.encode(document), PROGRAM, wall())
    definitions.publish(
        innesco.stores.control, innesco.stores.journal, name, PROGRAM, wall(), wall()
    )


def _key(innesco: Innesco, kind: Kind) -> Made:
    with writing(innesco.stores.control).begin() as connection:
        return keys.make(connection, WORKSPACE, Wish(kind, "proof"), PROGRAM, wall())
