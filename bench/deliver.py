"""How many mails a core renders and puts in envelopes, beside a loop that only makes envelopes.

`python bench/deliver.py [--quick]`. The mail is the ready cart reminder with three products, each
for another address; the reference is the same envelope made again and again from ready words. Both
take turns, and the best turn of each counts: on a shared machine the others' work is not ours.
"""

import argparse
import json
import time
from collections.abc import Callable
from datetime import UTC, datetime

import msgspec
from msgspec.structs import replace

from innesco.catalogue.product import Product
from innesco.channels.mime import mime
from innesco.definitions.gallery import ready
from innesco.definitions.workspace import Workspace
from innesco.messages.asked import Asked, Line
from innesco.messages.prepare import prepare
from innesco.messages.render import House, render
from innesco.messages.template import Template
from innesco.profiles.tokens import Secrets

TARGET = 700  # mails a second on one core
TURN_SECONDS = 0.7
NOW = datetime(2026, 3, 2, 11, tzinfo=UTC)
PRODUCTS = {
    name: Product(
        id=name,
        name={"it": f"Tazza in gres «{name}»"},
        price=1850,
        url=f"https://shop.example/p/{name}",
        image_url=f"https://shop.example/{name}.png",
    )
    for name in ("alba", "luna", "sole")
}
ASKED = Asked(
    key="shop/run/remind/1",
    workspace="shop",
    person="p1",
    channel="email",
    address="anna@example.com",
    template="cart-1",
    asked=NOW,
    due=NOW,
    lines=tuple(Line(name) for name in PRODUCTS),
)
SHOP = Workspace(
    name="Bottega Aurora", sender_email="ciao@shop.example", shop_url="https://shop.example/"
)
HOUSE = House(
    workspace=SHOP, secrets=Secrets((("k1", b"k" * 32),)), base_url="https://mail.shop.example"
)


def rate(work: Callable[[int], object], seconds: float) -> float:
    """Calls a second of CPU: a shared machine's other work does not count."""
    done, began = 0, time.process_time()
    while (spent := time.process_time() - began) < seconds:
        work(done)
        done += 1
    return done / spent


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument(
        "--quick", action="store_true", help="a few seconds instead of half a minute"
    )
    turns = 5 if arguments.parse_args().quick else 20

    document = next(one for one in ready() if one.kind == "template" and one.id == "cart-1")
    prepared = prepare(msgspec.json.decode(document.body, type=Template), "it")

    def letter(number: int) -> bytes:
        asked = replace(ASKED, key=f"shop/run/{number}", address=f"anna{number}@example.com")
        return mime(render(prepared, asked, HOUSE, PRODUCTS, NOW).email, NOW)

    finished = render(prepared, ASKED, HOUSE, PRODUCTS, NOW).email
    letter(0)
    rates = [
        (rate(letter, TURN_SECONDS), rate(lambda number: mime(finished, NOW), TURN_SECONDS))
        for _ in range(turns)
    ]
    whole, bare = (max(column) for column in zip(*rates, strict=True))
    print(f"{len(letter(0)):,} bytes a mail; rendered {whole:,.0f}/s, bare envelopes {bare:,.0f}/s")
    row = {
        "what": "mails rendered and put in envelopes, one core",
        "value": round(whole),
        "unit": "mails/s",
        "reference": round(bare),
        "ratio": round(whole / bare, 3),
        "target": f">= {TARGET}",
        "holds": whole >= TARGET,
    }
    print(json.dumps({"bench": "deliver", "rows": [row]}))


if __name__ == "__main__":
    main()
