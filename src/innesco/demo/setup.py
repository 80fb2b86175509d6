"""Setting up the demo: a workspace with its keys, catalogue, journeys and an owner to sign in."""

import os
import secrets
from pathlib import Path

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from innesco.catalogue.product import Product
from innesco.definitions.gallery import ready
from innesco.definitions.workspace import Workspace
from innesco.demo.shop import catalogue as shop_catalogue
from innesco.main import Innesco
from innesco.storage import accounts, catalogue, definitions, keys, passwords, workspaces
from innesco.storage.accounts import Role
from innesco.storage.audit import PROGRAM
from innesco.storage.clock import wall
from innesco.storage.definitions import Name
from innesco.storage.engines import writing
from innesco.storage.keys import Kind, Scope, Wish

WORKSPACE = "fico"
OWNER = "demo@innesco.test"


class Access(Struct, frozen=True):
    """What the demo shop needs to speak to Innesco, and a person to sign in; kept for restarts."""

    write_key: str
    server_key: str
    api_key: str
    email: str
    password: str


def is_new(innesco: Innesco) -> bool:
    """Whether no demo was ever set up in this folder."""
    return not (innesco.settings.data / "demo.json").exists()


def set_up(innesco: Innesco, shop_url: str, language: str = "it") -> Access:
    """Make what lacks; a demo that was started before goes on with what it has.

    `language` is that of the person who will sign in; the shop speaks both.
    """
    kept = innesco.settings.data / "demo.json"
    if kept.exists():
        _move(innesco, shop_url)
        return msgspec.json.decode(kept.read_bytes(), type=Access)
    control, log = innesco.stores.control, innesco.stores.journal
    workspaces.create(
        control, log, WORKSPACE, demo_settings(shop_url), PROGRAM, wall(), innesco.now()
    )
    with writing(control).begin() as connection:
        catalogue.keep(connection, WORKSPACE, products(shop_url))
    publish_ready(innesco, WORKSPACE)
    access = _access(innesco, language)
    _keep(kept, access)
    return access


def _move(innesco: Innesco, shop_url: str) -> None:
    """A demo that was started on another port before: its mails must lead to this one."""
    control, log, moved = innesco.stores.control, innesco.stores.journal, demo_settings(shop_url)
    with control.connect() as connection:
        now = workspaces.settings(connection, WORKSPACE)
    if now.shop_url == moved.shop_url:
        return
    new = replace(
        now, shop_url=moved.shop_url, cart_url=moved.cart_url, link_hosts=moved.link_hosts
    )
    workspaces.save_settings(control, log, WORKSPACE, new, PROGRAM, wall(), innesco.now())
    with writing(control).begin() as connection:
        catalogue.keep(connection, WORKSPACE, products(shop_url))


def demo_settings(shop_url: str) -> Workspace:
    """Fico & Ginepro, as its owner would have filled in the settings page."""
    return Workspace(
        name="Fico & Ginepro",
        color="#6b3a5b",
        postal_address="via dei Mille 12, 10123 Torino",
        shop_url=f"{shop_url}/",
        cart_url=f"{shop_url}/cart?rebuild={{items}}",
        link_hosts=(shop_url.split("//", 1)[1],),
        sender_name="Fico & Ginepro",
        sender_email="ciao@fico.test",
        reply_to="ciao@fico.test",
    )


def products(shop_url: str) -> list[Product]:
    """The shop's feed as Innesco's catalogue."""
    return [
        Product(
            id=row.sku,
            name=row.name,
            price=row.price,
            currency=row.currency,
            full_price=row.was,
            category=row.category,
            brand=row.brand,
            url=row.link,
            image_url=row.image_url,
            stock=row.stock,
            description=row.description,
            variant=row.variant,
        )
        for row in shop_catalogue.feed(shop_url)
    ]


def publish_ready(innesco: Innesco, workspace: str) -> None:
    """Put every ready template and journey in force."""
    control, log = innesco.stores.control, innesco.stores.journal
    for one in ready():
        name = Name(workspace, one.kind, one.id)
        with writing(control).begin() as connection:
            definitions.save_draft(connection, name, one.body, PROGRAM, wall())
        definitions.publish(control, log, name, PROGRAM, wall(), innesco.now())


def _access(innesco: Innesco, language: str) -> Access:
    password = secrets.token_urlsafe(9)
    with writing(innesco.stores.control).begin() as connection:
        account = accounts.create(connection, OWNER, "Demo", language, wall())
        accounts.set_password(connection, account.id, passwords.hashed(password))
        accounts.admit(connection, account.id, WORKSPACE, Role.OWNER, PROGRAM, wall())
        made = [
            keys.make(connection, WORKSPACE, wish, PROGRAM, wall()).text
            for wish in (
                Wish(Kind.PUBLIC, "The demo shop's pages"),
                Wish(Kind.SERVER, "The demo shop's server"),
                Wish(Kind.ADMIN, "The demo bar", (Scope.READ, Scope.WRITE)),
            )
        ]
    return Access(made[0], made[1], made[2], OWNER, password)


def _keep(path: Path, access: Access) -> None:
    """Readable by the owner of the machine's account only: it holds keys."""
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(msgspec.json.encode(access))
