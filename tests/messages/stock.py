"""A small shop for the tests of messages: its settings, its products, its ready templates."""

from datetime import UTC, datetime
from pathlib import Path

import msgspec
import yaml

import innesco.definitions
from innesco.catalogue.product import Product
from innesco.definitions.workspace import Workspace
from innesco.messages.asked import Asked, Line
from innesco.messages.render import House
from innesco.messages.template import Template
from innesco.profiles.tokens import Secrets

NOON = datetime(2026, 3, 2, 11, tzinfo=UTC)  # noon in Rome
READY = Path(innesco.definitions.__file__).parent / "ready" / "templates"
TEMPLATES = {
    path.stem: msgspec.convert(yaml.safe_load(path.read_text()), Template)
    for path in sorted(READY.glob("*.yaml"))
}
PRODUCTS = {
    "moka": Product(
        id="moka",
        name={"it": "Moka da tre tazze", "en": "Three-cup moka pot"},
        price=3490,
        full_price=4490,
        url="https://shop.example/p/moka",
        image_url="https://shop.example/moka.png",
        stock=2,
    ),
    "moka-b": Product(
        id="moka-b",
        name={"it": "Moka da tre tazze", "en": "Three-cup moka pot"},
        variant={"it": "Blu", "en": "Blue"},
        price=3690,
        url="https://shop.example/p/moka?variant=moka-b",
        image_url="https://shop.example/moka-b.png",
    ),
    "cup": Product(
        id="cup",
        name={"it": "Tazza «Alba» & piattino", "en": "Cup “Alba” & saucer"},
        price=123456,
        url="https://shop.example/p/cup?c=<red>",
        image_url="https://shop.example/cup.png",
    ),
}
SHOP = Workspace(
    name="Bottega Aurora",
    postal_address="Via Roma 12, 10123 Torino",
    sender_name="Anna della Bottega",
    sender_email="ciao@shop.example",
    shop_url="https://shop.example/",
    cart_url="https://shop.example/cart?rebuild={items}",
)
SECRETS = Secrets((("k1", b"k" * 32),))
HOUSE = House(workspace=SHOP, secrets=SECRETS, base_url="https://mail.shop.example")


def ask(key="shop/run/remind/1", **other):
    """A cart mail for Anna, asked for at noon."""
    said = {
        "key": key,
        "workspace": "shop",
        "person": "p1",
        "channel": "email",
        "address": "anna@example.com",
        "template": "cart-1",
        "asked": NOON,
        "due": NOON,
        "lines": (Line("moka", 1), Line("cup", 2)),
        "cart": "c7",
        **other,
    }
    return Asked(**said)
