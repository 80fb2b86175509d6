"""Whom a marketer means: segments built by mouse and keyboard, and people found by a condition."""

import base64
import json
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Locator, expect

from tests.ui.running import SHOP, Running, until
from tests.ui.shop import SHOPPERS
from tests.ui.visitor import Visitor

VIEWED = {"kind": "did", "event": "Product Viewed"}
BOUGHT = {"kind": "did", "event": "Order Completed"}
REACHED = {"kind": "reachable", "channel": "email"}


class Desk:
    """The builder as its visitor finds her way around in it."""

    def __init__(self, visitor: Visitor) -> None:
        self.page = visitor.page
        self.main = self.page.get_by_role("main")

    def whole(self) -> Locator:
        return self.main.get_by_role("group", name=re.compile("of these$")).first

    def add(self, kind: str, within: Locator | None = None) -> Locator:
        """By mouse; answers the new condition, in which the focus is."""
        button = (within or self.whole()).get_by_role("button", name="Condition", exact=True).last
        button.click()
        self.page.get_by_role("menuitem", name=kind, exact=True).click()
        return self.main.locator(".leaf:focus-within")

    def pick(self, within: Locator, field: str, value: str) -> None:
        """Typed, and chosen from what was really seen."""
        within.get_by_role("combobox", name=field, exact=True).last.fill(value)
        self.page.get_by_role("option", name=re.compile(re.escape(value), re.I)).first.click()

    def conditions(self) -> list[str]:
        """The events of the conditions, from top to bottom."""
        fields = self.main.get_by_role("combobox", name="Event", exact=True).all()
        return [field.input_value() for field in fields]

    def menu(self, place: int) -> Locator:
        return self.main.locator(".leaf").nth(place).get_by_role("button", name="Move or change")

    def walks_to(self, choice: str) -> None:
        """Down through an open menu until this one has the focus."""
        wanted = self.page.get_by_role("menuitem", name=choice, exact=True)
        expect(wanted).to_be_visible()
        for _ in self.page.get_by_role("menuitem").all():
            self.press("ArrowDown")
            if wanted.evaluate("item => item === document.activeElement"):
                return
        raise AssertionError(f"no arrow leads to {choice}")

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)


@pytest.fixture
def desk(visitor: Visitor) -> Desk:
    visitor.comes_in()
    return Desk(visitor)


@pytest.fixture
def made(shop: Running) -> Iterator[str]:
    """A published segment of everybody who looked at something, with two versions."""
    for when in (BOUGHT, VIEWED):
        document = {"id": "lookers", "name": {"en": "Lookers", "it": "Chi guarda"}, "when": when}
        _ask(shop, "put", "segments/lookers/draft", document)
        _ask(shop, "post", "segments/lookers/publish")
    yield "lookers"
    shop.admin.post(f"/api/workspaces/{SHOP}/segments/lookers/archive")


def _ask(shop: Running, how: str, path: str, body: Any = None) -> None:
    said = shop.admin.request(how, f"/api/workspaces/{SHOP}/{path}", json=body)
    assert said.is_success, said.text


def test_a_segment_of_three_levels_by_mouse_and_keyboard(
    visitor: Visitor, desk: Desk, shop: Running
) -> None:
    visitor.goes("/segments", "Segments")
    page = visitor.page
    page.get_by_role("link", name=re.compile("Build one|New segment")).click()
    page.get_by_label("Name").fill("Coffee in Torino")

    viewed = desk.add("did something")
    desk.pick(viewed, "Event", "Product Viewed")
    viewed.get_by_role("button", name="Filter", exact=True).click()
    page.get_by_role("menuitem", name="On the event itself").click()
    desk.pick(viewed, "Property", "category")
    desk.pick(viewed, "Text", "caffe")
    visitor.reads("Did “Product Viewed” where category is “caffe”")

    desk.main.get_by_role("button", name="Group", exact=True).press("Enter")
    page.keyboard.type("Order Completed")
    either = desk.main.get_by_role("group", name="any of these")
    either.get_by_role("button", name="Group", exact=True).press("Enter")
    page.keyboard.type("Product Added")
    inner = either.get_by_role("group", name="all of these")
    inner.get_by_role("button", name="Condition", exact=True).press("Enter")
    desk.walks_to("the cart's value or pieces")
    desk.press("Enter")
    expect(page.get_by_role("textbox", name="Number (€)")).to_be_focused()
    desk.press("Control+a")
    page.keyboard.type("60.5")

    visitor.reads(
        "Did “Product Viewed” where category is “caffe” and (did “Order Completed” or "
        "(did “Product Added” and the cart's value is at least €60.50))"
    )
    expect(desk.main).to_contain_text(f"{SHOPPERS} people")
    expect(desk.main.get_by_role("link", name="Giulia").first).to_be_visible()
    assert visitor.troubles() == []

    page.get_by_role("button", name="Publish").click()
    asked = page.get_by_role("dialog")
    expect(asked).to_contain_text(f"{SHOPPERS} people belong as of now")
    asked.get_by_role("button", name="Publish").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Coffee in Torino")
    kept = shop.look("segments/coffee-in-torino")["document"]["when"]
    assert kept["conditions"][1]["conditions"][1]["conditions"][1] == {
        "kind": "cart",
        "figure": "value",
        "is": {"operator": ">=", "number": 6050},
    }
    until(lambda: shop.look("segments/coffee-in-torino")["line"]["people"] == SHOPPERS)
    visitor.reads(f"From 0 to {SHOPPERS} people since yesterday")
    members = desk.main.get_by_role("region", name="Who is in it")
    expect(members.get_by_role("link", name="Giulia")).to_have_count(SHOPPERS)
    moved = desk.main.get_by_role("region", name="Who came and went")
    expect(moved).to_contain_text("because: the segment was changed")
    moved.get_by_role("button", name="Why?").first.click()
    expect(page.get_by_role("dialog")).to_contain_text("the cart's value is at least €60.50")
    desk.press("Escape")
    members.get_by_label("As of").fill("2026-01-01T10:00")
    visitor.reads("Nobody belonged then")
    page.get_by_role("button", name="Back to now").click()
    assert visitor.troubles() == []
    with page.expect_download() as saved:
        page.get_by_role("link", name="Export (CSV)").click()
    assert saved.value.path().read_text().count("@esempio.it") == SHOPPERS


def test_a_ready_segment_is_taken_over(visitor: Visitor, desk: Desk) -> None:
    """Counted where one looks, and a draft of the shop's own with its names once taken."""
    visitor.goes("/segments/ready", "Ready segments")
    card = desk.main.get_by_role("article").filter(has_text="Never bought")
    card.scroll_into_view_if_needed()
    expect(card.get_by_text(re.compile(r"^[0-9]+$"))).to_be_visible()
    card.get_by_role("link", name="Take over “Never bought”").click()
    page = visitor.page
    expect(page.get_by_label("Name").first).to_have_value("Never bought")
    expect(page.get_by_label("Name in Italian")).to_have_value("Non ha mai comprato")
    visitor.reads("Can be reached by email and not (did “Order Completed”)")
    assert desk.conditions() == ["Order Completed"]


def test_a_condition_is_moved_by_keys_and_by_mouse_and_all_is_undone(
    visitor: Visitor, desk: Desk
) -> None:
    visitor.goes("/segments/new", "A new segment")
    for event in ("One", "Two", "Three"):
        desk.add("did something")
        visitor.page.keyboard.type(event)
    assert desk.conditions() == ["One", "Two", "Three"]

    desk.menu(2).focus()
    desk.press("Alt+ArrowUp", "Alt+ArrowUp")
    assert desk.conditions() == ["Three", "One", "Two"]
    expect(desk.menu(0)).to_be_focused()
    said = desk.main.get_by_role("status").filter(has_text="It is now 1 of 3 in “all of these”")
    expect(said).to_have_count(1)

    desk.press("Enter")
    visitor.page.get_by_role("menuitem", name="Put into a group").press("Enter")
    expect(desk.menu(0)).to_be_focused()
    desk.menu(1).focus()
    desk.press("Alt+ArrowRight")
    inner = desk.main.get_by_role("group", name="any of these")
    expect(inner.locator(".leaf")).to_have_count(2)

    grip = desk.main.locator(".leaf").nth(2).locator(".grip")
    grip.drag_to(inner.locator(".gap").nth(1))
    assert desk.conditions() == ["Three", "Two", "One"]
    expect(inner.locator(".leaf")).to_have_count(3)

    desk.menu(1).focus()
    desk.press("Delete")
    assert desk.conditions() == ["Three", "One"]
    expect(desk.menu(1)).to_be_focused()

    desk.press(*["Control+z"] * 4)
    expect(desk.main.locator(".group")).to_have_count(1)
    assert desk.conditions() == ["Three", "One", "Two"]
    desk.press(*["Control+Shift+z"] * 4)
    assert desk.conditions() == ["Three", "One"]


def test_what_is_missing_is_said_at_its_place(visitor: Visitor, desk: Desk) -> None:
    visitor.goes("/segments/new", "A new segment")
    leaf = desk.add("attribute")
    visitor.reads("2 places are still to be filled in")
    expect(leaf).not_to_contain_text("Which attribute?")  # not before it was left
    desk.press("Tab")
    expect(leaf).to_contain_text("Which attribute?")
    visitor.page.get_by_role("button", name="Publish").click()
    expect(leaf).to_contain_text("Which text?")
    visitor.reads("What is it called?")
    expect(leaf.get_by_role("combobox", name="Attribute")).to_be_focused()
    assert visitor.troubles() == []


def test_what_only_the_server_knows_is_said_at_its_place(visitor: Visitor, desk: Desk) -> None:
    visitor.goes("/segments/new", "A new segment")
    desk.add("did something")
    visitor.page.keyboard.type("One")
    wrong = {"kind": "did", "event": "Two", "of": {"figure": "median", "property": "price"}}
    visitor.goes(
        f"/segments/new?who={_packed({'kind': 'any', 'conditions': [VIEWED, wrong]})}",
        "A new segment",
    )
    second = desk.main.locator(".leaf").nth(1)
    expect(second.get_by_role("alert")).to_contain_text("median")
    second.get_by_role("button", name="JSON").click()
    second.get_by_role("textbox", name="The condition as JSON").fill(
        '{"kind": "reachable", "channel": "sms"}'
    )
    visitor.reads("Did “Product Viewed” or can be reached by sms")
    assert [note for note in visitor.notes() if "400" not in note] == []


def test_the_same_product_twice_and_then_not_bought(visitor: Visitor, desk: Desk) -> None:
    visitor.goes("/segments/new", "A new segment")
    desk.add("did one thing after the other")
    page = visitor.page
    steps = desk.main.get_by_role("combobox", name="Event", exact=True)
    for at, event in enumerate(("Product Viewed", "Product Added")):
        steps.nth(at).fill(event)
        desk.press("Escape")
    desk.main.get_by_role("button", name="Filter", exact=True).last.click()
    page.get_by_role("menuitem", name="Within a time of the step before").click()
    same = desk.main.get_by_role("combobox", name="Properties with the same value")
    same.fill("product")
    desk.press("Enter")
    desk.main.get_by_role("button", name="Not afterwards").click()
    desk.main.get_by_role("combobox", name="Event", exact=True).last.fill("Order Completed")
    visitor.reads(
        "Did “Product Viewed”, then “Product Added” within 1 day, all of the same product, "
        "and no “Order Completed” in the 1 day after that"
    )
    expect(desk.main).to_contain_text("0 people")  # the day after that is not over
    desk.main.get_by_role("button", name="Remove the filter").last.click()  # up to now
    expect(desk.main).to_contain_text(f"{SHOPPERS} people")
    assert visitor.troubles() == []


def test_work_that_was_not_saved_outlives_a_reload(visitor: Visitor, desk: Desk, made: str) -> None:
    visitor.goes(f"/segments/{made}/edit", "Edit Lookers")
    visitor.reads("As it is in force")
    desk.add("can be reached")
    visitor.page.get_by_label("What it is for", exact=True).fill("For spring")
    visitor.reads("Not saved yet")
    visitor.page.reload()
    visitor.reads("Work that was not saved was brought back")
    visitor.reads("Did “Product Viewed” and can be reached by email")
    expect(visitor.page.get_by_label("What it is for", exact=True)).to_have_value("For spring")
    visitor.page.get_by_role("button", name="Go on without it").click()
    visitor.reads("As it is in force")
    visitor.page.reload()
    visitor.reads("As it is in force")
    expect(desk.main.locator(".leaf")).to_have_count(1)


def test_a_segment_goes_back_to_the_version_before_and_is_archived_by_name(
    visitor: Visitor, desk: Desk, shop: Running, made: str
) -> None:
    visitor.goes(f"/segments/{made}", "Lookers")
    page = visitor.page
    visitor.reads("Did “Product Viewed”")
    page.get_by_role("button", name="More", exact=True).click()
    page.get_by_role("menuitem", name="Back to the version before").click()
    page.get_by_role("dialog").get_by_role("button", name="Back to the version before").click()
    visitor.reads("Did “Order Completed”")
    page.get_by_role("button", name="More", exact=True).click()
    page.get_by_role("menuitem", name="Archive").click()
    asked = page.get_by_role("dialog")
    expect(asked.get_by_role("button", name="Archive")).to_be_disabled()
    asked.get_by_label("Type Lookers to confirm").fill("Lookers")
    asked.get_by_role("button", name="Archive").click()
    expect(asked).to_have_count(0)
    assert shop.look(f"segments/{made}")["line"]["state"] == "archived"


def test_the_choice_of_segments_stands_in_the_address(
    visitor: Visitor, desk: Desk, made: str
) -> None:
    visitor.goes("/segments?q=looke&state=published", "Segments")
    page = visitor.page
    expect(page.get_by_role("searchbox")).to_have_value("looke")
    expect(desk.main.get_by_role("link", name="Lookers")).to_be_visible()
    page.get_by_text("Archived", exact=True).click()
    visitor.reads("No segment fits")
    page.go_back()
    expect(desk.main.get_by_role("link", name="Lookers")).to_be_visible()


def test_people_are_found_by_a_condition_that_stands_in_the_address(
    visitor: Visitor, desk: Desk
) -> None:
    visitor.goes("/people", "People")
    page = visitor.page
    page.get_by_role("button", name="Who …").click()
    drawer = page.get_by_role("dialog")
    drawer.get_by_role("button", name="Condition", exact=True).click()
    page.get_by_role("menuitem", name="attribute", exact=True).click()
    desk.pick(drawer, "Attribute", "city")
    desk.pick(drawer, "Text", "torino")
    expect(drawer).to_contain_text("City is “torino”")
    expect(drawer).to_contain_text(f"{SHOPPERS} people")
    assert visitor.troubles() == []
    drawer.get_by_role("button", name="Show these people").click()
    visitor.reads("City is “torino”")
    visitor.reads(f"{SHOPPERS} people")
    expect(desk.main.get_by_role("link", name="giulia3@esempio.it")).to_be_visible()
    page.reload()
    visitor.reads("City is “torino”")
    with page.expect_download() as saved:
        page.get_by_role("link", name="Export (CSV)").click()
    assert saved.value.path().read_text().count("@esempio.it") == SHOPPERS
    page.get_by_role("link", name="Save as a segment").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("A new segment")
    visitor.reads("City is “torino”")
    page.go_back()
    page.get_by_role("button", name="Everybody again").click()
    assert urlsplit(page.url).query == ""


def _packed(condition: dict[str, Any]) -> str:

    return base64.urlsafe_b64encode(json.dumps(condition).encode()).decode().rstrip("=")
