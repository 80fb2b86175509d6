"""One visit in a real browser: look, put into the cart, buy; and what Innesco hears of it."""

import contextlib
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Page, sync_playwright

from tests.demo.shop_collector import Collector, collecting

CHROMIUM = Path("/usr/bin/chromium")
PORT = 18811


@contextmanager
def serving(innesco_url: str, data: Path) -> Iterator[str]:
    """The shop as its owner starts it: a process of its own on a free port."""
    port = free_port()
    options = ["--port", str(port), "--innesco", innesco_url, "--data", str(data)]
    command = [sys.executable, "-m", "innesco.demo.shop", *options, "--write-key", "pk_shop"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        url = f"http://127.0.0.1:{port}"
        wait_for(url, process)
        yield url
    finally:
        process.terminate()
        process.wait(10)


def free_port() -> int:
    with socket.socket() as some:
        some.bind(("127.0.0.1", 0))
        port: int = some.getsockname()[1]
        return port


def wait_for(url: str, process: subprocess.Popen[bytes]) -> None:
    for _ in range(150):
        assert process.poll() is None, "the shop has ended by itself"
        with contextlib.suppress(httpx.TransportError):
            httpx.get(url)
            return
        time.sleep(0.2)
    raise AssertionError(f"no shop at {url}")


@pytest.fixture
def visit(tmp_path: Path) -> Iterator[tuple[Page, str, Collector, list[str]]]:
    with collecting() as collector, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=str(CHROMIUM), args=["--no-sandbox", "--headless=new"]
        )
        page = browser.new_page(locale="it-IT", viewport={"width": 390, "height": 844})
        wrong: list[str] = []
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
        with serving(collector.url, tmp_path) as url:
            page.goto(url)
            yield page, url, collector, wrong
            browser.close()


def test_from_the_first_look_to_the_thanks(visit):
    page, url, collector, wrong = visit
    page.click("[data-choice=accept]")
    page.click("main a:has-text('Moka da tre tazze')")
    page.click("label:has-text('Argilla')")
    page.click("[data-add]")
    page.wait_for_selector("[data-toast]:has-text('Aggiunto')")
    page.goto(f"{url}/it/cart?rebuild=DI102:2")  # adds, and drops nothing
    page.wait_for_selector("[data-line=DI102]")
    assert page.locator("[data-line]").count() == 2
    assert "rebuild" not in page.url
    page.fill("#coupon", "NATALE")
    page.click(".coupon .button")
    page.wait_for_selector("text=Questo codice non esiste")
    page.fill("#coupon", "benvenuto10")
    page.click(".coupon .button")
    page.wait_for_selector(".sums .less")
    assert (
        page.inner_text("[data-total]") == "52,11\xa0€"
    )  # 34,90 + 2 × 11,50 − 5,79, delivered for nothing
    page.click("[data-to-checkout]")
    page.click(".step.open [data-next]")
    page.wait_for_selector(".wrong:has-text('Manca questo campo')")
    page.fill("[name=email]", "giulia@esempio.it")
    page.fill("[name=first_name]", "Giulia")
    page.fill("[name=last_name]", "Conti")
    page.check("[name=marketing]")
    page.click(".step.open [data-next]")
    page.fill("[name=street]", "Via del Fico 3")
    page.fill("[name=postal_code]", "40121")
    page.fill("[name=city]", "Bologna")
    page.click(".step.open [data-next]")
    page.click("[data-order]")
    page.wait_for_selector("h1:has-text('Grazie, Giulia')")
    page.wait_for_timeout(1500)
    assert page.locator("[data-cart-count]").is_hidden()
    assert wrong == []
    _heard(collector)


def _heard(collector: Collector) -> None:
    names = {one.get("event") for one in collector.heard}
    assert names >= {
        *("Product List Viewed", "Product Clicked", "Product Viewed", "Product Added"),
        *("Cart Viewed", "Coupon Entered", "Coupon Denied", "Coupon Applied"),
        *("Checkout Started", "Checkout Step Viewed", "Checkout Step Completed"),
        *("Payment Info Entered", "Subscription Requested", "Order Completed"),
    }
    [asked] = collector.named("Subscription Requested")
    assert asked["properties"]["purposes"] == ["marketing"]
    assert asked["properties"]["text"].startswith("Acconsento a ricevere per e-mail")
    server, *_ = [
        one
        for one in collector.named("Order Completed")
        if one["type"] == "track" and "channel" in one["context"]
    ]
    ids = {one["anonymousId"] for one in collector.heard if one["type"] == "track"}
    assert server["anonymousId"] in ids
    assert server["properties"]["total"] == 52.11
    [added] = collector.named("Product Added")
    assert added["properties"]["sku"] == "CF101-B"
    assert added["properties"]["cart_id"] == server["properties"]["cart_id"]
    claims = [one for one in collector.heard if one["type"] == "identify"]
    assert {"giulia@esempio.it"} == {one.get("traits", {}).get("email") for one in claims}


def test_search_filters_wishes_and_the_bench(visit):
    page, url, collector, _ = visit
    page.click("[data-choice=accept]")
    page.fill("#q", "tazza")
    page.press("#q", "Enter")
    page.wait_for_selector("h1:has-text('tazza')")
    page.click(".heart >> nth=0")
    page.wait_for_selector("[data-wish-count]:has-text('1')")
    page.goto(f"{url}/it/wishlist")
    page.wait_for_selector("[data-wishlist] [data-card]")
    page.goto(f"{url}/it/c/luce?sort=price")
    page.click("[data-bench-fold]")
    page.click("[data-bench-why]")
    page.wait_for_selector("[data-bench-said] .stop:has-text('Nessun consenso.')")
    said = page.inner_text("[data-bench-said]")
    assert "giulia@esempio.it · dichiarato" in said
    assert "Recupero carrello, fino a 2 mar 2026, 13:00" in said  # the shop's zone, not ours
    assert "Senza cookie" not in said
    page.click("[data-hours='24']")
    page.wait_for_selector("[data-bench-said]:has-text('Innesco non risponde')")
    before = page.inner_text("[data-bench-who]")
    page.click("[data-bench-new]")
    page.wait_for_selector("[data-banner]:visible")
    page.wait_for_timeout(1500)
    assert page.inner_text("[data-bench-who]") != before
    names = {one.get("event") for one in collector.heard}
    assert names >= {"Products Searched", "Product Added to Wishlist", "Product List Filtered"}
