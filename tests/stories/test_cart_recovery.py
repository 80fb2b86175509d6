"""The first story: a visitor leaves a cart behind, gets one mail too few or none too many."""

import re
from typing import Any

import httpx
from playwright.sync_api import BrowserContext, Page

from tests.stories.conftest import Running, until

ANNA = "anna.rossi@example.com"
PRODUCT = "Moka da tre tazze"
REMINDED = "carrello"


def test_a_cart_is_recovered_and_an_unsubscribe_is_respected(
    running: Running, person: BrowserContext
) -> None:
    page = person.new_page()
    visits(running, page)
    subscribes(page)
    confirms(running, page)
    page.close()

    running.move_clock(2)
    reminder = running.mail(ANNA, REMINDED)
    assert PRODUCT in reminder["text"]
    rebuilds_the_cart_elsewhere(running, person, reminder)

    who = known_as(running, ANNA)
    tells_why(running, who)

    go_on = running.stop_role("live")
    try:
        unsubscribes(reminder)
        messages_before = len(running.mails(ANNA))
    finally:
        go_on()

    second = person.new_page()
    adds_to_cart(running, second)
    second.close()
    until(lambda: "Product Added" in str(running.get(f"people/{who}/timeline")))
    running.move_clock(3)
    running.move_clock(30)
    until(lambda: not running.get("home")["behind_events"])
    assert len(running.mails(ANNA)) == messages_before


def visits(running: Running, page: Page) -> None:
    adds_to_cart(running, page)


def adds_to_cart(running: Running, page: Page) -> None:
    page.goto(running.shop)
    if page.locator("[data-choice=accept]").is_visible():
        page.click("[data-choice=accept]")
    page.click(f"main a:has-text('{PRODUCT}')")
    with page.expect_response(lambda answer: "/v1/b" in answer.url and answer.status == 200):
        page.click("[data-add]")
        page.wait_for_selector("[data-toast]:has-text('Aggiunto')")


def subscribes(page: Page) -> None:
    """The newsletter box, its consent ticked by hand."""
    page.goto(re.sub(r"/p/.*", "", page.url))
    page.fill("#letters-email", ANNA)
    page.check("[data-newsletter] [name=marketing]")
    with page.expect_response(lambda answer: "/v1/b" in answer.url and answer.status == 200):
        page.click("[data-newsletter] button")


def confirms(running: Running, page: Page) -> None:
    """The link of the double opt-in mail opens a page; its button confirms."""
    mail = running.mail(ANNA, "Conferma")
    page.goto(link_in(mail, "/c/"))
    page.click("button")
    page.wait_for_load_state()
    until(lambda: consent_of(running) == "given")
    back = page.locator("a[href*='innesco_t=']").first
    if back.count():
        back.click()
        page.wait_for_load_state("networkidle")


def consent_of(running: Running) -> str | None:
    who = known_as(running, ANNA)
    if who is None:
        return None
    given = running.get(f"people/{who}")["consents"]
    return next((one["state"] for one in given if one["purpose"] == "marketing"), None)


def known_as(running: Running, address: str) -> Any:
    """The id of the verified person with this address."""
    items = running.get(f"people?q={address}")["items"]
    verified = [one for one in items if one["level"] == "verified"]
    return (verified or items or [{"id": None}])[0]["id"]


def rebuilds_the_cart_elsewhere(
    running: Running, person: BrowserContext, reminder: dict[str, Any]
) -> None:
    """On another device, the button of the mail fills the cart."""
    browser = person.browser
    assert browser is not None
    other = browser.new_context(user_agent="Mozilla/5.0 (iPhone) Safari/605", locale="it-IT")
    page = other.new_page()
    page.goto(link_in(reminder, "/r/"))
    page.wait_for_selector("[data-line]")
    assert PRODUCT in page.inner_text("main")
    other.close()


def tells_why(running: Running, who: str) -> None:
    """Entered, asked, sent: with the gates that let it pass."""
    told = str(running.get(f"people/{who}/why"))
    assert "cart-recovery" in told
    assert "entered" in told
    messages = running.get(f"people/{who}/messages")["items"]
    sent = [one for one in messages if one["journey"] == "cart-recovery"]
    assert [one["state"] for one in sent] == ["sent"]


def unsubscribes(reminder: dict[str, Any]) -> None:
    """One POST to the address in the header, no cookie, no page (RFC 8058)."""
    headers = {one["name"].lower(): one["value"] for one in reminder["headers"]}
    header = headers["list-unsubscribe"]
    url = re.search(r"<(http[^>]+)>", header)
    assert url is not None
    answer = httpx.post(url[1], data={"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200


def link_in(mail: dict[str, Any], path: str) -> str:
    found = [link["url"] for link in mail["links"] if path in link["url"]]
    assert found, f"no link to {path} in {mail['links']}"
    return str(found[0])
