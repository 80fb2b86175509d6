"""Two shops to prove things on: a folder of their own, keys, and a journey that mails at once.

One mails to a server that is never touched, the other to the sandbox, which is a role like others.
"""

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
from innesco.storage.keys import Kind, Made, Scope, Wish
from innesco.storage.open import Stores

WORKSPACE = "proof"
SANDBOXED = "sandboxed"
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


class Keys(Struct, frozen=True):
    """A workspace, and how its shop speaks to it."""

    workspace: str
    public: str  #: the browser's key
    server: str  #: the shop server's key
    server_id: str  #: by which doubles are told apart
    reader: str  #: an admin key that may look at everything


class Shop(Struct, frozen=True):
    """An installation with its workspaces."""

    innesco: Innesco
    keys: tuple[Keys, ...]

    @property
    def settings(self) -> Settings:
        return self.innesco.settings

    @property
    def stores(self) -> Stores:
        return self.innesco.stores

    @property
    def public(self) -> str:
        return self.keys[0].public

    @property
    def server_id(self) -> str:
        return self.keys[0].server_id


@contextmanager
def shop(mail_port: int = 0, demo: bool = False) -> Iterator[Shop]:
    """In a temporary folder with free ports; the first shop mails to `mail_port`, when given."""
    with TemporaryDirectory(prefix="innesco-verify-") as folder:
        yield from opened(Path(folder), mail_port, demo)


@contextmanager
def shop_in(folder: Path, mail_port: int) -> Iterator[Shop]:
    """The same in a folder of the caller's, with a clock that can be moved."""
    yield from opened(folder, mail_port, demo=True)


def opened(folder: Path, mail_port: int = 0, demo: bool = False) -> Iterator[Shop]:
    """In a folder of the caller's; with `demo` the clock can be moved."""
    settings = Settings(data=folder, demo=demo, port=free_port(), sandbox_port=free_port())
    innesco = open_innesco(settings)
    try:
        yield Shop(innesco, (_made(innesco, WORKSPACE, mail_port), _made(innesco, SANDBOXED, 0)))
    finally:
        stores.close(innesco.stores)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return int(listening.getsockname()[1])


def _made(innesco: Innesco, workspace: str, mail_port: int) -> Keys:
    control, log = innesco.stores.control, innesco.stores.journal
    workspaces.create(control, log, workspace, _settings(mail_port), PROGRAM, wall(), wall())
    _publish(innesco, Name(workspace, "template", "proof"), TEMPLATE)
    _publish(innesco, Name(workspace, "journey", "proof"), JOURNEY)
    public, server = _key(innesco, workspace, Kind.PUBLIC), _key(innesco, workspace, Kind.SERVER)
    reader = _key(innesco, workspace, Kind.ADMIN, Scope.READ)
    return Keys(workspace, public.text, server.text, server.key.id, reader.text)


def _settings(mail_port: int) -> Workspace:
    """Without a server of its own a workspace mails to the sandbox."""
    server = Smtp(host="127.0.0.1", port=mail_port, security="none") if mail_port else Smtp()
    return Workspace(
        name="Proof",
        language="en",
        postal_address="1 Proof Road",
        shop_url="https://shop.example/",
        sender_name="Proof",
        sender_email="proof@shop.example",
        smtp=server,
        most_marketing_a_day=0,
    )


def _publish(innesco: Innesco, name: Name, document: dict[str, Any]) -> None:
    with writing(innesco.stores.control).begin() as connection:
        definitions.save_draft(connection, name, msgspec.json.encode(document), PROGRAM, wall())
    definitions.publish(
        innesco.stores.control, innesco.stores.journal, name, PROGRAM, wall(), wall()
    )


def _key(innesco: Innesco, workspace: str, kind: Kind, *scopes: Scope) -> Made:
    with writing(innesco.stores.control).begin() as connection:
        return keys.make(connection, workspace, Wish(kind, "proof", scopes), PROGRAM, wall())
