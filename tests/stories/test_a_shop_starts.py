"""A shop starts in an empty folder: its commands, its roles, and the first mail that it sends.

No part of the demo takes part, no clock is moved: the keeper makes the cart's wait a few seconds
long by a file of her own, as she may.
"""

import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import resources
from pathlib import Path
from typing import Any

import httpx
import pytest
import yaml
from typer.testing import CliRunner

from innesco.cli.commands import app
from tests.stories.conftest import PERSON, free_port, until

ANNA, OWNER, PASSWORD = "anna@example.com", "rosa@botteguccia.example", "a long enough password"
MOKA = "Moka da tre tazze"
PRODUCTS = f"""sku,product,name,url,image,price,availability
MK-3,MK,{MOKA},https://botteguccia.example/p/moka,,24.90,in_stock
MK-6,MK,Moka da sei tazze,https://botteguccia.example/p/moka?cups=6,,29.90,in_stock
"""
SHOP = (
    "--name=Botteguccia",
    "--url=https://botteguccia.example",
    "--sender-email=ciao@botteguccia.example",
    "--address=via dei Mille 12, 10123 Torino",
)


class Keeper:
    """Who runs the shop: a terminal in an empty folder, and later a browser."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        port = free_port()
        self.url = f"http://127.0.0.1:{port}"
        self.environ = {
            **{name: text for name, text in os.environ.items() if not name.startswith("INNESCO")},
            "INNESCO_DATA": str(folder / "data"),
            "INNESCO_PORT": str(port),
            "INNESCO_SANDBOX_PORT": str(free_port()),
        }
        self.browser = httpx.Client(base_url=self.url, timeout=30)

    def types(self, *words: str) -> Any:
        """What the command answers, read from its JSON."""
        done = CliRunner().invoke(app, [*words, "--json"], env=self.environ)
        assert done.exit_code == 0, done.output
        return json.loads(done.stdout.splitlines()[-1])

    @contextmanager
    def runs(self) -> Iterator[None]:
        with (self.folder / "log.txt").open("wb") as log:
            command = [sys.executable, "-m", "innesco.cli", "run"]
            process = subprocess.Popen(command, env=self.environ, stdout=log, stderr=log)
            try:
                until(self.is_ready, 120)
                yield
            finally:
                process.terminate()
                process.wait(30)
                print((self.folder / "log.txt").read_text()[-3000:])

    def is_ready(self) -> bool:
        try:
            return self.browser.get("/readyz").status_code == 200
        except httpx.HTTPError:
            return False

    def takes(self, link: str) -> None:
        """Opens the one-time link and chooses a password, which signs her in."""
        said = {"ticket": link.partition("#")[2], "name": "Rosa", "password": PASSWORD}
        answer = self.browser.post("/api/invitation/taken", json=said)
        assert answer.status_code == 201, answer.text

    def reads(self, path: str) -> Any:
        answer = self.browser.get(f"/api/workspaces/botteguccia/{path}")
        assert answer.status_code == 200, answer.text
        return answer.json()

    def mail(self, subject: str) -> Any:
        """The mail in the sandbox with this in its subject, as soon as it is there."""

        def arrived() -> Any:
            caught = [one["caught"] for one in self.reads("sandbox")["items"]]
            return next((one for one in caught if subject in one["subject"]), None)

        return self.reads(f"sandbox/{until(arrived)['id']}")


@pytest.fixture
def keeper(tmp_path: Path) -> Iterator[Keeper]:
    one = Keeper(tmp_path)
    yield one
    one.browser.close()


def test_a_shop_starts_with_nothing_and_sends_its_first_cart_mail(keeper: Keeper) -> None:
    opened = keeper.types("workspaces", "create", *SHOP)
    (keeper.folder / "products.csv").write_text(PRODUCTS)
    counts = keeper.types("catalogue", "import", str(keeper.folder / "products.csv"))["products"]
    assert counts == {"new": 3, "changed": 0, "same": 0}
    link = keeper.types("owner", "create", OWNER, "--link")["link"]

    with keeper.runs():
        keeper.takes(link)
        shopper = Shopper(keeper.url, opened["public_key"])
        shopper.adds_to_cart()
        shopper.subscribes()
        shopper.confirms(keeper.mail("Conferma"))
        until(lambda: keeper.reads("home")["behind_events"] == 0)
        assert all(one["entered"] == 0 for one in keeper.types("journeys", "list"))

        publishes_a_quick_reminder(keeper)
        shopper.adds_to_cart()
        reminder = keeper.mail("carrello")
        assert MOKA in reminder["text"]
        assert "24,90" in reminder["text"]

        journeys = {one["id"]: one for one in keeper.types("journeys", "list")}
        assert journeys["cart-recovery"]["entered"] == 1
        assert keeper.types("journeys", "pause", "cart-recovery")["state"] == "paused"

    acts = [(one["act"], one["about"]) for one in keeper_audit(keeper)]
    for act in (
        ("created", "workspace/botteguccia"),
        ("imported", "catalogue"),
        ("published", "journey/cart-recovery"),
        ("paused", "journey/cart-recovery"),
    ):
        assert act in acts


def publishes_a_quick_reminder(keeper: Keeper) -> None:
    """The ready journey with two seconds for its hour, and nobody held out."""
    place = resources.files("innesco.definitions") / "ready" / "journeys" / "cart-recovery.yaml"
    document = yaml.safe_load(place.read_text("utf-8"))
    document["holdout"] = 0
    document["nodes"]["quiet"]["lasts"] = "PT2S"
    mine = keeper.folder / "mine.yaml"
    mine.write_text(yaml.safe_dump(document))
    drafted = keeper.types("definitions", "apply", str(mine))
    assert (drafted["state"], drafted["changed"]) == ("draft", True)
    assert keeper.types("definitions", "apply", str(mine))["changed"] is False
    assert keeper.types("journeys", "publish", "cart-recovery")["state"] == "published"
    # live reads the log in order, so what she does from now on comes after it
    time.sleep(0.5)


def keeper_audit(keeper: Keeper) -> list[dict[str, Any]]:
    """Read from the file itself: nothing runs any more."""
    from innesco.settings import Settings
    from innesco.storage import audit
    from innesco.storage.open import opened

    with opened(Settings(data=keeper.folder / "data")) as stores, stores.control.connect() as c:
        assert audit.broken(c) is None
        found = audit.entries(c, "botteguccia")
    return [{"act": one.act, "about": one.about} for one in found]


class Shopper:
    """Anna's phone on the shop's pages, where a script speaks for it with the public key."""

    def __init__(self, url: str, key: str) -> None:
        self.url, self.key, self.token = url, key, ""
        self.n = 0

    def does(self, event: str, **properties: object) -> None:
        self.n += 1
        said = {
            "event": event,
            "anonymousId": "annas-phone",
            "messageId": f"m-{self.n}",
            "context": {"token": self.token} if self.token else {},
            "properties": properties,
        }
        headers = {"user-agent": PERSON}
        answer = httpx.post(f"{self.url}/v1/track", json=said, auth=(self.key, ""), headers=headers)
        assert answer.status_code == 200, answer.text

    def adds_to_cart(self) -> None:
        self.does("Product Viewed", product_id="MK", sku="MK-3", name=MOKA, price=24.9)
        self.does("Product Added", product_id="MK", sku="MK-3", name=MOKA, price=24.9, cart_id="c")

    def subscribes(self) -> None:
        purposes = ["marketing", "profiling"]
        self.does("Subscription Requested", email=ANNA, purposes=purposes, language="it")

    def confirms(self, mail: dict[str, Any]) -> None:
        """She presses the button of the page that the mail leads to, and goes back to the shop."""
        page = next(link["url"] for link in mail["links"] if "/c/" in link["url"])
        thanks = httpx.post(page, headers={"user-agent": PERSON, "accept-language": "it"})
        assert thanks.status_code == 200
        token = re.search(r"innesco_t=([^\"&]+)", thanks.text)
        assert token is not None
        self.token = token[1]
