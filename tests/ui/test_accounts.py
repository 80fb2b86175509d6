"""Who may come in, and as what: walked through in the browser, the mails really sent."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.ui.running import Running, until
from tests.ui.visitor import Visitor

LINK = re.compile(r"http://\S+#\S+")
NEW = "a new and longer password"


@pytest.fixture
def other(shop: Running, browser: Browser) -> Iterator[Visitor]:
    """A second browser, somewhere else."""
    one = Visitor(shop, browser)
    yield one
    one.leave()


def link_for(shop: Running, email: str) -> str:
    mail = until(lambda: shop.mailed(email))
    found = LINK.search(mail)
    assert found, mail
    return found[0]


def joins(host: Visitor, guest: Visitor, email: str, role: str) -> None:
    """The owner invites, the guest follows the link of the mail and chooses a password."""
    host.comes_in()
    host.goes("/settings?tab=team", "Settings")
    host.page.get_by_role("button", name="Invite").click()
    asked = host.page.get_by_role("dialog")
    asked.get_by_label("E-mail").fill(email)
    asked.get_by_role("combobox", name="Role").click()
    host.page.get_by_role("option", name=role).click()
    asked.get_by_role("button", name="Invite").click()
    expect(asked).to_contain_text("on its way")
    guest.page.goto(link_for(guest.shop, email))
    expect(guest.page.get_by_role("main")).to_contain_text("Botteguccia")
    guest.page.get_by_label("Your name").fill("Carla Neri")
    guest.page.get_by_label("Password", exact=True).fill(NEW)
    guest.page.get_by_role("button", name="Join").click()
    expect(guest.page.get_by_role("heading", level=1)).to_have_text("Home")


def tabs(visitor: Visitor) -> list[str]:
    visitor.goes("/settings", "Settings")
    return visitor.page.get_by_role("tab").all_inner_texts()


def test_a_viewer_is_offered_nothing_that_she_may_not(visitor: Visitor, other: Visitor) -> None:
    joins(visitor, other, "carla@botteguccia.example", "Viewer")
    assert tabs(other) == ["Workspace", "Sender", "Stop sending", "Your account"]
    other.reads("an owner can change it")
    expect(other.page.get_by_label("Name")).not_to_be_editable()
    other.goes("/settings?tab=keys", "Settings")
    expect(other.page.get_by_role("tab", name="Workspace")).to_have_attribute(
        "aria-selected", "true"
    )
    other.goes("/settings?tab=stop", "Settings")
    expect(other.page.get_by_role("button", name="Stop all sending")).to_have_count(0)
    other.goes("/journeys/welcome", "Welcome")
    expect(other.page.get_by_role("button", name="Pause")).to_have_count(0)


def test_an_editor_may_pause_and_stop_and_sees_no_keys(visitor: Visitor, other: Visitor) -> None:
    joins(visitor, other, "dario@botteguccia.example", "Editor")
    assert tabs(other) == ["Workspace", "Sender", "Stop sending", "Your account"]
    other.goes("/settings?tab=stop", "Settings")
    expect(other.page.get_by_role("button", name="Stop all sending")).to_be_visible()
    other.goes("/journeys/welcome", "Welcome")
    expect(other.page.get_by_role("button", name="Pause")).to_be_visible()


def test_a_forgotten_password_is_chosen_anew_by_mail(
    visitor: Visitor, other: Visitor, shop: Running
) -> None:
    joins(visitor, other, "elsa@botteguccia.example", "Viewer")
    page = visitor.page
    visitor.context.clear_cookies()
    page.goto(shop.url)
    page.get_by_role("button", name="Forgotten the password?").click()
    page.get_by_label("E-mail").fill("elsa@botteguccia.example")
    page.get_by_role("button", name="Send the link").click()
    expect(page.get_by_role("status")).to_contain_text("the mail is on its way")
    until(lambda: "/reset#" in shop.mailed("elsa@botteguccia.example"))
    page.goto(link_for(shop, "elsa@botteguccia.example"))
    page.get_by_label("Password", exact=True).fill("short")
    page.get_by_role("button", name="Keep this password").click()
    expect(page.get_by_role("main")).to_contain_text("At least 12 characters")
    page.get_by_label("Password", exact=True).fill("yet another long one")
    page.get_by_role("button", name="Keep this password").click()
    expect(page.get_by_role("main")).to_contain_text("Sign in with the new password")
    visitor.signs_in("elsa@botteguccia.example", "yet another long one")
    other.page.reload()
    expect(other.page.get_by_role("button", name="Sign in")).to_be_visible()


def test_a_changed_password_signs_the_other_browsers_out(
    visitor: Visitor, other: Visitor, shop: Running
) -> None:
    joins(visitor, other, "fabio@botteguccia.example", "Editor")
    visitor.context.clear_cookies()
    visitor.signs_in("fabio@botteguccia.example", NEW)
    other.goes("/settings?tab=account", "Settings")
    page = other.page
    page.get_by_label("Current password").fill("not this one, surely")
    page.get_by_label("A new password").fill("one more long password")
    page.get_by_role("button", name="Change the password").click()
    other.reads("The current password is another one")
    assert [note for note in other.notes() if "403" not in note] == []
    page.get_by_label("Current password").fill(NEW)
    page.get_by_role("button", name="Change the password").click()
    expect(page.get_by_text("other browsers are signed out")).to_be_visible()
    visitor.page.reload()
    expect(visitor.page.get_by_role("button", name="Sign in")).to_be_visible()
    page.get_by_label("Your name").fill("Fabio Verdi")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved", exact=True)).to_be_visible()
    page.reload()
    expect(page.get_by_label("Your name")).to_have_value("Fabio Verdi")


def test_a_rotated_key_has_a_successor_and_a_week(visitor: Visitor) -> None:
    visitor.comes_in()
    visitor.goes("/settings?tab=keys", "Settings")
    page = visitor.page
    page.get_by_role("button", name="Rotate").first.click()
    page.get_by_role("dialog").get_by_role("button", name="Rotate").click()
    expect(page.get_by_text("This is shown once")).to_be_visible()
    page.get_by_role("dialog").get_by_role("button", name="Close").last.click()
    visitor.reads("Ends in 6 days")
    visitor.goes("/settings?tab=audit", "Settings")
    visitor.reads("Anna Rossi rotated key")
    page.get_by_role("button", name="Check the chain").click()
    expect(page.get_by_text("Every row fits")).to_be_visible()
