"""The first story: a visitor leaves a cart behind, is reminded of it once, and is left alone.

Everything is real: the shop's pages in a browser, the door, the roles, the mail server. Only the
clock is moved.
"""

import re
from typing import Any

import httpx
from playwright.sync_api import BrowserContext, Page, expect

from innesco.storage import journal
from tests.stories.conftest import Running, until

ANNA = "anna.rossi@example.com"
MOKA = "Moka da tre tazze"
POT = "Casseruola in ghisa 24 cm"
REMINDED = "carrello"


def test_a_cart_is_recovered_and_an_unsubscribe_is_respected(
    running: Running, person: BrowserContext
) -> None:
    page = person.new_page()
    puts_into_the_cart(running, page, "moka-tre", "Argilla", pieces=2)
    puts_into_the_cart(running, page, "casseruola-ghisa", "Miele")
    subscribes(running, page)
    confirms(running, page)
    leaves(page)

    running.move_clock(2)
    reminder = running.mail(ANNA, REMINDED)
    shows_what_was_chosen(reminder, running, person)
    rebuilds_the_cart_elsewhere(running, person, reminder)
    who = known_as(running, ANNA)
    [sent] = reminders(running, who)
    assert sent["state"] == "sent"
    her_page_tells(running, person, who, "Cart recovery", "control group: no", "template: cart-1")
    her_page_tells(running, person, f"{who}?why=sent:{sent['key']}", "purpose: marketing",
                   "state: given")  # fmt: skip

    unsubscribes_while_the_next_one_waits(running, who, reminder)
    mails = len(running.mails(ANNA))

    leaves_a_second_cart(running, person)
    running.move_clock(2)
    skipped = until(lambda: reminders(running, who)[:-2])
    running.move_clock(30)
    until(lambda: not running.get("home")["behind_events"] and not running.get("home")["waiting"])
    assert {one["state"] for one in reminders(running, who)[:-1]} == {"skipped"}
    assert len(running.mails(ANNA)) == mails
    her_page_tells(running, person, f"{who}?why=sent:{skipped[0]['key']}", "exclusion list",
                   "reason: unsubscribed")  # fmt: skip


# -- in the shop -----------------------------------------------------------------------------------


def puts_into_the_cart(
    running: Running, page: Page, product: str, variant: str, pieces: int = 1
) -> None:
    page.goto(f"{running.shop}/it/p/{product}")
    if page.locator("[data-choice=accept]").is_visible():
        page.click("[data-choice=accept]")
    page.click(f"label:has-text('{variant}')")
    page.fill("[name=quantity]", str(pieces))
    with page.expect_response(lambda answer: "/v1/b" in answer.url and answer.status == 200):
        page.click("[data-add]")
        page.wait_for_selector("[data-toast]:has-text('Aggiunto')")


def subscribes(running: Running, page: Page) -> None:
    """The newsletter box, its consent ticked by hand."""
    page.goto(f"{running.shop}/it/")
    page.fill("#letters-email", ANNA)
    page.click("[data-newsletter] button")
    expect(page.locator("[data-newsletter] [data-said]")).to_contain_text("casella")
    page.check("[data-newsletter] [name=marketing]")
    with page.expect_response(lambda answer: "/v1/b" in answer.url and answer.status == 200):
        page.click("[data-newsletter] button")


def confirms(running: Running, page: Page) -> None:
    """The link of the double opt-in mail opens a page; only its button confirms."""
    mail = running.mail(ANNA, "Conferma")
    page.goto(link_in(mail, "/c/"))
    assert consent_of(running) == "pending"
    page.click("button")
    until(lambda: consent_of(running) == "given")
    page.click("a[href*='innesco_t=']")
    page.wait_for_selector("[data-cart-count]:has-text('3')")  # it is the same browser


def leaves(page: Page) -> None:
    page.close()


def leaves_a_second_cart(running: Running, person: BrowserContext) -> None:
    """Days later, another cart in the same browser."""
    page = person.new_page()
    page.goto(f"{running.shop}/it/")
    page.evaluate("localStorage.removeItem('shop.cart')")
    puts_into_the_cart(running, page, "moka-tre", "Alluminio")
    leaves(page)


def rebuilds_the_cart_elsewhere(
    running: Running, person: BrowserContext, reminder: dict[str, Any]
) -> None:
    """On another device, the button of the mail fills the cart with what was in it."""
    other = new_phone(person)
    page = other.new_page()
    page.goto(link_in(reminder, "/r/"))
    assert lines_of(page) == [(f"{MOKA} Argilla", "2"), (f"{POT} Miele", "1")]
    other.close()


def lines_of(page: Page) -> list[tuple[str, str]]:
    page.wait_for_selector("[data-line]")
    return [
        (
            f"{line.locator('h2').inner_text()} {line.locator('.small').first.inner_text()}",
            line.locator("output").inner_text(),
        )
        for line in page.locator("[data-line]").all()
    ]


def new_phone(person: BrowserContext) -> BrowserContext:
    browser = person.browser
    assert browser is not None
    return browser.new_context(user_agent="Mozilla/5.0 (iPhone) Safari/605", locale="it-IT")


# -- in the mailbox --------------------------------------------------------------------------------


def shows_what_was_chosen(
    reminder: dict[str, Any], running: Running, person: BrowserContext
) -> None:
    """Names, variants, pieces, prices and total, in words and in pictures that mails show."""
    words = " ".join(re.sub(r"https?://\S+", "", reminder["text"]).split())
    assert f"{MOKA}: Argilla · 2 × 34,90 €" in words
    assert f"{POT}: Miele · 119,00 €" in words
    assert "Totale: 188,80 €" in words
    letter = running.admin.get(f"/api/workspaces/fico/sandbox/{reminder['mail']['caught']['id']}"
                               "/preview").text  # fmt: skip
    pictures = re.findall(r'<img[^>]*src="([^"]+)"', letter)
    assert [one.rpartition("/")[2] for one in pictures] == ["CF101-B.png", "CU101-C.png"]
    assert {httpx.get(one).headers["content-type"] for one in pictures} == {"image/png"}
    other = new_phone(person)
    page = other.new_page()
    page.goto(link_in(reminder, "/l/", MOKA))
    expect(page.locator("[name=sku]:checked")).to_have_value("CF101-B")
    other.close()


def unsubscribes_while_the_next_one_waits(
    running: Running, who: str, reminder: dict[str, Any]
) -> None:
    """One POST, no cookie, no page (RFC 8058); it counts at once, also while live stands still."""
    deliver_goes_on = running.stop_role("deliver")
    running.move_clock(25)
    until(lambda: "template': 'cart-2" in str(running.get(f"people/{who}/why")))
    live_goes_on = running.stop_role("live")
    try:
        url = one_click(reminder)
        assert httpx.get(url).status_code == 200  # a page with a button; looking changes nothing
        assert not on_the_list(running)
        assert httpx.post(url, data={"List-Unsubscribe": "One-Click"}).status_code == 200
        assert on_the_list(running)
        deliver_goes_on()
        until(lambda: [one["state"] for one in reminders(running, who)] == ["skipped", "sent"])
        assert consent_of(running) == "given"  # as far as live has read
    finally:
        deliver_goes_on()
        live_goes_on()
    until(lambda: consent_of(running) == "withdrawn")


def one_click(mail: dict[str, Any]) -> str:
    headers = {one["name"].lower(): one["value"] for one in mail["headers"]}
    assert headers["list-unsubscribe-post"] == "List-Unsubscribe=One-Click"
    return str(re.findall(r"<(http[^>]+)>", headers["list-unsubscribe"])[0])


def on_the_list(running: Running) -> bool:
    """Whether the address is among those that are not written to any more, as the gate reads it."""
    with running.journal() as connection:
        return bool(journal.suppressed(connection, "fico", "email", ANNA))


def link_in(mail: dict[str, Any], path: str, words: str = "") -> str:
    found = [link["url"] for link in mail["links"] if path in link["url"] and words in link["text"]]
    assert found, f"no link to {path} in {mail['links']}"
    return str(found[0])


# -- in Innesco ------------------------------------------------------------------------------------


def her_page_tells(running: Running, person: BrowserContext, page_of: str, *words: str) -> None:
    """The person's page, as the shop's owner reads it."""
    browser = person.browser
    assert browser is not None
    context = browser.new_context(locale="en-GB")
    page = context.new_page()
    page.goto(running.url)
    page.get_by_label("E-mail").fill(running.access["email"])
    page.get_by_label("Password", exact=True).fill(running.access["password"])
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("link", name="People").first).to_be_visible()
    page.goto(f"{running.url}/w/fico/people/{page_of}")
    expect(page.get_by_role("heading", level=1)).to_contain_text(ANNA)
    for said in words:
        expect(page.get_by_text(said).first).to_be_visible()
    context.close()


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


def reminders(running: Running, who: str) -> list[Any]:
    """Her messages about carts, the newest first."""
    messages = running.get(f"people/{who}/messages")["items"]
    return [one for one in messages if one["journey"] == "cart-recovery"]
