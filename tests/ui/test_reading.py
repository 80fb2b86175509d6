"""What a marketer reads: choices stand in the address, nothing jumps, failures speak."""

import re
import time

from playwright.sync_api import Route, expect

from tests.ui.running import SHOP, Running, until
from tests.ui.visitor import Visitor

SHIFTS = """() => new Promise(done => {
  let sum = 0
  const add = list => list.getEntries()
    .filter(one => !one.hadRecentInput).forEach(one => { sum += one.value })
  new PerformanceObserver(add).observe({type: 'layout-shift', buffered: true})
  setTimeout(() => done(sum), 500)
})"""
LOADED = "performance.getEntriesByType('resource').map(one => one.name)"


def test_the_choice_of_messages_stands_in_the_address(visitor: Visitor, shop: Running) -> None:
    visitor.comes_in()
    visitor.goes("/messages", "Messages")
    page = visitor.page
    until(lambda: shop.look("messages/counts")["states"].get("sent"))
    page.get_by_role("link", name=re.compile("^Sent")).click()
    page.get_by_role("combobox", name="Journey").click()
    page.get_by_role("option", name="Cart recovery").click()
    expect(page).to_have_url(re.compile(r"state=sent.*journey=cart-recovery"))
    expect(
        page.get_by_role("main").get_by_role("link", name=re.compile("giulia"))
    ).not_to_have_count(0)
    page.get_by_role("combobox", name="Journey").click()
    page.get_by_role("option", name="Welcome").click()
    visitor.reads("No message")
    page.go_back()
    page.reload()
    expect(page.get_by_role("combobox", name="Journey")).to_have_value("Cart recovery")


def test_the_messages_of_one_person(visitor: Visitor, shop: Running) -> None:
    visitor.comes_in()
    person = shop.look("people", q="giulia3@")["items"][0]["id"]
    visitor.goes(f"/messages?person={person}", "Messages")
    visitor.reads("Person: Giulia")
    rows = visitor.page.get_by_role("main").get_by_role("link", name=re.compile("@esempio.it"))
    expect(rows.first).to_contain_text("giulia3@esempio.it")
    assert {one for one in rows.all_inner_texts() if "giulia3@" not in one} == set()
    visitor.page.get_by_role("button", name="Of everybody again").click()
    expect(rows).not_to_have_count(1)


def test_the_quarantine_says_what_is_wrong_most(visitor: Visitor, shop: Running) -> None:
    for _ in range(3):
        shop.happen({"type": "track", "userId": "odd", "event": "X", "timestamp": "soon"})
    until(lambda: len(shop.look("quarantine")["reasons"]) == 2)
    visitor.comes_in()
    visitor.goes("/quarantine", "Quarantine")
    visitor.reads("4 events were refused")
    first = visitor.page.get_by_role("main").get_by_role("link").first
    expect(first).to_contain_text("not a moment")
    expect(first).to_contain_text("75%")
    visitor.page.get_by_role("link", name=re.compile("a track call needs a name")).click()
    expect(visitor.page).to_have_url(re.compile("reason=a"))
    listed = visitor.page.get_by_role("main").get_by_role("button", expanded=False)
    expect(listed).to_have_count(1)


def test_people_are_chosen_by_level_and_the_way_back_remembers(visitor: Visitor) -> None:
    visitor.comes_in()
    visitor.goes("/people?q=giulia5", "People")
    page = visitor.page
    expect(page.get_by_role("searchbox")).to_have_value("giulia5")
    page.get_by_text("Anonymous", exact=True).click()
    visitor.reads("Nobody fits “giulia5”")
    page.go_back()
    expect(page.get_by_role("link", name=re.compile("giulia5@"))).to_be_visible()
    visitor.reads("10 people, known or not")


def test_nothing_jumps_while_a_slow_server_answers(visitor: Visitor) -> None:
    """Skeletons have the size of what follows: Google's measure of shifts stays below good."""
    visitor.comes_in()

    def slowly(route: Route) -> None:
        time.sleep(0.4)
        route.continue_()

    visitor.page.route("**/api/workspaces/**", slowly)
    found = {}
    for path, heading in (("/", "Home"), ("/people", "People"), ("/journeys", "Journeys")):
        visitor.goes(path, heading)
        found[path] = round(visitor.page.evaluate(SHIFTS), 3)
    assert max(found.values()) < 0.05, found


def test_by_keyboard_alone_one_skips_chooses_and_comes_back(visitor: Visitor) -> None:
    visitor.comes_in()
    visitor.goes("/journeys/welcome", "Welcome")
    page = visitor.page
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the page")).to_be_focused()
    pause = page.get_by_role("button", name="Pause")
    pause.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(pause).to_be_focused()


def test_the_door_loads_no_charts_and_no_drawings(visitor: Visitor, shop: Running) -> None:
    visitor.page.goto(shop.url)
    expect(visitor.page.get_by_role("button", name="Sign in")).to_be_visible()
    loaded = visitor.page.evaluate(LOADED)
    assert [one for one in loaded if re.search("echarts|Flow|Journey|Settings", one)] == []


def test_the_table_behind_a_chart_can_be_taken_along(visitor: Visitor) -> None:
    visitor.comes_in()
    visitor.goes("/", "Home")
    visitor.reads("people went no further")
    page = visitor.page
    page.get_by_role("button", name="Show the table").first.click()
    expect(page.get_by_role("table").first).to_contain_text("Put into the cart")
    with page.expect_download() as saved:
        page.get_by_role("button", name="Export (CSV)").first.click()
    text = saved.value.path().read_text()
    assert text.splitlines()[0] == "Step,People,Of the step before,Of all"
    assert "Put into the cart,10,1,1" in text


def test_home_says_when_nobody_counts(visitor: Visitor, shop: Running) -> None:
    visitor.comes_in()
    with shop.without("columns"):
        visitor.goes("/", "Home")
        visitor.reads("Nobody is counting just now")
        visitor.reads("innesco role columns")
        visitor.reads("In the shop now")
    counted = visitor.page.get_by_role("main")
    expect(counted).to_contain_text("people went no further", timeout=60_000)
    assert [note for note in visitor.notes() if "503" not in note] == []


def test_a_server_that_is_gone_is_said_and_what_was_read_stays(
    visitor: Visitor, shop: Running
) -> None:
    visitor.comes_in()
    visitor.goes("/people", "People")
    with shop.without("web"):
        page = visitor.page
        expect(page.get_by_role("status").first).to_have_text("No connection", timeout=30_000)
        visitor.reads("giulia3@esempio.it")
    expect(page.get_by_role("status").first).not_to_have_text("No connection", timeout=30_000)
    assert [note for note in visitor.notes() if "ERR_CONNECTION_REFUSED" not in note] == []


def test_a_page_or_person_that_does_not_exist_says_so(visitor: Visitor, shop: Running) -> None:
    visitor.comes_in()
    visitor.page.goto(f"{shop.url}/w/{SHOP}/people/nobody")
    expect(visitor.page.get_by_role("alert")).to_contain_text("does not exist")
    visitor.page.goto(f"{shop.url}/w/{SHOP}/nowhere")
    visitor.reads("There is no such page")
    assert [note for note in visitor.notes() if "404" not in note] == []
