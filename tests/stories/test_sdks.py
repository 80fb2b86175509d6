"""Libraries that a shop has already, against a running door: everything arrives once."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.sync_api import Browser, Request, sync_playwright
from segment.analytics.client import Client

from innesco.events.body import events_of, sums_of
from innesco.events.event import Source
from innesco.settings import Settings
from innesco.storage import journal
from innesco.storage.audit import PROGRAM
from innesco.storage.keys import Kind, Wish, make
from innesco.storage.open import opened
from tests.sdk.origins import reply, serving

ROOT = Path(__file__).parents[2]
LIBRARY = Path(__file__).parent / "sdks/node_modules/@segment/analytics-next/dist/umd"
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
PAGE = """<!doctype html><title>A shoe</title><script src="/umd/index.js"></script><script>
const analytics = AnalyticsNext.AnalyticsBrowser.load({writeKey: "%(key)s", cdnURL: "%(door)s"});
analytics.page("Catalogue", "Shoes");
analytics.identify("u-1", {email: "anna@example.it"});
for (let n = 0; n < 20; n++) analytics.track("Product Viewed", {product_id: "P-" + n});
</script>"""


class Running:
    """A door in a process of its own."""

    def __init__(self, folder: Path, port: int) -> None:
        self.url = f"http://127.0.0.1:{port}"
        self.folder = folder
        with opened(Settings(data=folder)) as stores, stores.control.begin() as connection:
            now = datetime.now(UTC)
            keys = {kind: make(connection, "shop", Wish(kind, kind), PROGRAM, now) for kind in Kind}
        self.public, self.server = keys[Kind.PUBLIC].text, keys[Kind.SERVER].text

    def rows(self) -> list[journal.Row]:
        with opened(Settings(data=self.folder)) as stores:
            return journal.read(stores.journal, 0, 10_000)

    def events(self) -> list[dict[str, Any]]:
        return [json.loads(bytes(raw)) for row in self.rows() for raw in events_of(row.body)]


@pytest.fixture
def door(tmp_path: Path) -> Iterator[Running]:
    port = free_port()
    running = Running(tmp_path, port)
    command = [sys.executable, "-m", "granian", "--interface", "asgi", "--factory"]
    command += ["--host", "127.0.0.1", "--port", str(port), "--loop", "uvloop"]
    command += ["tests.stories.door_app:application"]
    environ = os.environ | {"INNESCO_DATA": str(tmp_path), "INNESCO_PORT": str(port)}
    process = subprocess.Popen(command, cwd=ROOT, env=environ)
    try:
        wait_for(running.url, process)
        yield running
    finally:
        process.send_signal(signal.SIGTERM)
        assert process.wait(30) == 0


@pytest.fixture
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.mark.parametrize("gzip", [False, True])
def test_segments_python_library(door: Running, gzip: bool) -> None:
    """A shop's server tells of 500 orders; the library makes batches of a hundred."""
    failed: list[object] = []
    client = Client(
        door.server,
        host=door.url,
        gzip=gzip,
        upload_size=100,
        upload_interval=0.2,
        on_error=lambda error, items: failed.append(error),
    )
    client.identify("u-1", {"email": "anna@example.it"})
    for n in range(500):
        client.track("u-1", "Order Completed", {"order_id": f"O-{n}", "total": 9.9})
    client.shutdown()
    assert failed == []
    assert {row.source for row in door.rows()} == {Source.SERVER}
    orders = Counter(e["properties"]["order_id"] for e in door.events() if e["type"] == "track")
    assert orders == Counter(f"O-{n}" for n in range(500))
    everything_is_whole(door)


def test_segments_browser_library(door: Running, browser: Browser) -> None:
    """A page of another origin, in a real browser: settings, preflights, and each event once."""
    assert LIBRARY.exists(), f"get it first: cd {LIBRARY.parents[4].relative_to(ROOT)} && npm ci"
    asked: list[Request] = []
    with serving("localhost", shop_page(door)) as shop:
        page = browser.new_page()
        page.on("request", lambda request: asked.append(request))
        page.goto(shop)
        wait_until(lambda: len(door.events()) >= 22, page.wait_for_timeout)
        page.close()
    sent = Counter(event["type"] for event in door.events())
    assert sent == {"page": 1, "identify": 1, "track": 20}
    products = [e["properties"]["product_id"] for e in door.events() if e["type"] == "track"]
    assert sorted(products) == sorted(f"P-{n}" for n in range(20))
    assert {urls(request) for request in asked} == {shop, door.url}, "nobody else was asked"
    assert {row.source for row in door.rows()} == {Source.PUBLIC}
    everything_is_whole(door)


def everything_is_whole(door: Running) -> None:
    messages = [event["messageId"] for event in door.events()]
    assert len(set(messages)) == len(messages)
    for row in door.rows():
        assert sums_of(events_of(row.body)) == row.sums
        assert abs(row.skew) < 60_000_000


def shop_page(door: Running) -> Any:
    def answer(request: BaseHTTPRequestHandler) -> None:
        file = LIBRARY / Path(request.path).name
        if request.path.startswith("/umd/") and file.is_file():
            return reply(request, 200, file.read_bytes(), {"Content-Type": "text/javascript"})
        page = PAGE % {"key": door.public, "door": door.url}
        return reply(request, 200, page.encode(), {"Content-Type": "text/html; charset=utf-8"})

    return answer


def urls(request: Request) -> str:
    return "/".join(request.url.split("/")[:3])


def free_port() -> int:
    with closing(socket.socket()) as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def wait_for(url: str, process: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + 30
    while process.poll() is None and time.monotonic() < deadline:
        try:
            httpx.get(f"{url}/sourceConfig/")
            return
        except httpx.TransportError:
            time.sleep(0.1)
    raise RuntimeError("the door did not open")


def wait_until(holds: Any, pause: Any) -> None:
    deadline = time.monotonic() + 20
    while not holds():
        assert time.monotonic() < deadline, "it did not come in time"
        pause(200)
