"""What a marketer does in the admin UI, in a real browser against the real program."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from tests.ui.running import Running
from tests.ui.visitor import Visitor

PAGES = {
    "/": ("Home", "Inizio"),
    "/people": ("People", "Persone"),
    "/people/{person}": ("Giulia", "Giulia"),
    "/people/{person}?why=journey/cart-recovery": ("Giulia", "Giulia"),
    "/people/{person}?why=journey/welcome&at=2026-01-01T10:00": ("Giulia", "Giulia"),
    "/journeys": ("Journeys", "Percorsi"),
    "/journeys/cart-recovery": ("Cart recovery", "Recupero carrello"),
    "/messages": ("Messages", "Messaggi"),
    "/messages/story?key={message}": ("Hai lasciato", "Hai lasciato"),
    "/sandbox?mail=1": ("Sandbox inbox", "Posta di prova"),
    "/segments": ("Segments", "Segmenti"),
    "/segments/new": ("A new segment", "Un nuovo segmento"),
    "/segments/ready": ("Ready segments", "Segmenti pronti"),
    "/quarantine": ("Quarantine", "Quarantena"),
    "/settings": ("Settings", "Impostazioni"),
    "/settings?tab=sender": ("Settings", "Impostazioni"),
    "/settings?tab=team": ("Settings", "Impostazioni"),
    "/settings?tab=keys": ("Settings", "Impostazioni"),
    "/settings?tab=stop": ("Settings", "Impostazioni"),
    "/settings?tab=audit": ("Settings", "Impostazioni"),
}
SIGHTS: dict[str, dict[str, Any]] = {
    "desk, light, English": {},
    "phone, dark, Italian": {
        "viewport": {"width": 390, "height": 844},
        "color_scheme": "dark",
        "language": "it",
    },
}
WIDER = "document.documentElement.scrollWidth > innerWidth + 1"


def test_why_a_shopper_got_the_mail(visitor: Visitor) -> None:
    visitor.signs_in()
    page = visitor.page
    page.get_by_role("link", name="People").first.click()
    page.get_by_role("searchbox").fill("giulia3@")
    expect(page).to_have_url(re.compile("q=giulia3"))
    page.get_by_role("link", name="giulia3@esempio.it").click()
    visitor.reads("Put Moka Luna × 2 into the cart")
    visitor.reads("Message asked for · Cart recovery")
    page.get_by_role("combobox", name="Journey or message").click()
    page.get_by_role("option", name=re.compile("Hai lasciato")).click()
    visitor.reads("Marketing consent is given")
    visitor.reads("purpose: marketing · state: given")


def test_why_she_is_not_in_a_journey_and_why_then(visitor: Visitor, shop: Running) -> None:
    visitor.comes_in()
    person = shop.look("people", q="giulia3@")["items"][0]["id"]
    visitor.goes(f"/people/{person}", "Giulia")
    page = visitor.page
    page.get_by_role("combobox", name="Journey or message").click()
    page.get_by_role("option", name="Browse abandonment").click()
    visitor.reads("Did not enter")
    visitor.reads("The start condition does not hold")
    visitor.reads("at least 2 times “Product Viewed” in the last 1 day")
    visitor.reads("once, last on")
    page.get_by_role("combobox", name="Journey or message").click()
    page.get_by_role("option", name="Cart recovery").click()
    visitor.reads("Stands at “a day”")
    page.get_by_role("button", name="Its gates at the claim").click()
    visitor.reads("The frequency cap is not reached")
    page.get_by_role("button", name="Why then?").last.click()
    expect(page).to_have_url(re.compile(r"seq=\d+"))
    visitor.reads("Never entered: nothing came that starts it")
    page.get_by_role("button", name="Back to now").click()
    visitor.reads("Stands at “a day”")


def test_a_page_is_found_by_the_keyboard_alone(visitor: Visitor) -> None:
    visitor.comes_in()
    visitor.goes("/", "Home")
    visitor.page.keyboard.press("Control+k")
    expect(visitor.page.get_by_role("textbox", name="Search")).to_be_focused()
    visitor.page.keyboard.type("giulia5")
    expect(visitor.page.get_by_role("dialog")).to_contain_text("giulia5@esempio.it")
    visitor.page.keyboard.press("ArrowDown")
    visitor.page.keyboard.press("Enter")
    expect(visitor.page.get_by_role("heading", level=1)).to_have_text("Giulia")


def test_sending_is_stopped_by_name_and_goes_on(visitor: Visitor, shop: Running) -> None:
    visitor.comes_in()
    visitor.goes("/settings?tab=stop", "Settings")
    page = visitor.page
    page.get_by_label("Reason, for the others").fill("wrong prices")
    page.get_by_role("button", name="Stop all sending").click()
    asked = page.get_by_role("dialog")
    act = asked.get_by_role("button", name="Stop all sending")
    expect(act).to_be_disabled()
    asked.get_by_label("Type Botteguccia to confirm").fill("Botteguccia")
    act.click()
    visitor.reads("Stopped by Anna Rossi: wrong prices")
    assert [one["scope"] for one in shop.look("stops")["stops"]] == ["all"]
    expect(page.get_by_role("status").first).to_have_text("Sending is stopped")
    page.get_by_role("button", name="Let it go on").click()
    page.get_by_role("dialog").get_by_role("button", name="Let it go on").click()
    visitor.reads("Sending goes on")
    assert shop.look("stops")["stops"] == []


def test_a_journey_is_paused_and_published_again(visitor: Visitor, shop: Running) -> None:
    visitor.comes_in()
    visitor.goes("/journeys/welcome", "Welcome")
    for act, state in (("Pause", "paused"), ("Publish", "published")):
        visitor.page.get_by_role("button", name=act).click()
        visitor.page.get_by_role("dialog").get_by_role("button", name=act).click()
        expect(visitor.page.get_by_role("dialog")).to_have_count(0)
        assert shop.look("journeys/welcome")["line"]["state"] == state


def test_a_new_secret_key_is_shown_once(visitor: Visitor) -> None:
    visitor.comes_in()
    visitor.goes("/settings?tab=keys", "Settings")
    page = visitor.page
    page.get_by_role("button", name="New key").click()
    page.get_by_role("dialog").get_by_label("Name").fill("Magazzino")
    page.get_by_role("dialog").get_by_role("button", name="New key").click()
    shown = page.get_by_text(re.compile(r"^sk_\w{40,}$"))
    secret = shown.inner_text()
    page.get_by_role("dialog").get_by_role("button", name="Close").last.click()
    page.reload()
    visitor.reads("Magazzino")
    assert secret not in page.content()


def test_a_wrong_password_is_said_and_what_was_typed_stays(visitor: Visitor) -> None:
    page = visitor.page
    page.goto(visitor.shop.url)
    page.get_by_label("E-mail").fill("anna@botteguccia.example")
    page.get_by_label("Password", exact=True).fill("not this one, surely")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("alert")).to_contain_text("do not fit together")
    expect(page.get_by_label("E-mail")).to_have_value("anna@botteguccia.example")


@pytest.fixture(scope="module", params=SIGHTS.values(), ids=SIGHTS)
def sight(request: pytest.FixtureRequest, shop: Running, browser: Browser) -> Iterator[Visitor]:
    one = Visitor(shop, browser, **request.param)
    one.comes_in()
    yield one
    one.leave()


@pytest.mark.parametrize("path", PAGES)
def test_every_page_is_sound(sight: Visitor, shop: Running, path: str) -> None:
    """No serious finding of axe, nothing wider than the screen, nothing asked of another origin."""
    person = shop.look("people", q="giulia3@")["items"][0]["id"]
    message = shop.look("messages")["items"][0]["key"]
    english, italian = PAGES[path]
    phone = sight.page.viewport_size == SIGHTS["phone, dark, Italian"]["viewport"]
    heading = re.compile(f"^{italian if phone else english}")
    sight.goes(path.format(person=person, message=message), heading)
    assert sight.notes() == []
    assert sight.troubles() == []
    assert not sight.page.evaluate(WIDER)
