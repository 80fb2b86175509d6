"""What the pages read, after a real visit went the whole way: log, live, outbox, API."""

import contextlib
from datetime import timedelta
from typing import Any

import msgspec
import pytest
import sqlalchemy as sa
from litestar import Litestar
from litestar.testing import TestClient

from innesco.catalogue.product import Product
from innesco.channels.channel import Email
from innesco.events.event import Source, micros
from innesco.messages.asked import Outcome
from innesco.messages.render import Rendered
from innesco.storage import catalogue, definitions, journal, outbox, tables
from innesco.storage.engines import writing
from innesco.storage.journal import Entry
from tests.web.api.shop import MINE, NOON, Shop
from tests.web.api.visited import Visited

W = f"/api/workspaces/{MINE}"
JOURNEY = {
    "id": "cart-recovery",
    "name": {"en": "Cart recovery", "it": "Carrello"},
    "starts": [{"type": "event", "event": "Product Added"}],
    "key": "cart",
    "first": "quiet",
    "holdout": 0,
    "nodes": {
        "quiet": {"type": "wait", "lasts": "PT1H", "then": "remind"},
        "remind": {"type": "message", "template": "cart-1", "products": "cart", "then": "a day"},
        "a day": {"type": "wait", "lasts": "P1D"},
    },
}
MOKA = {"product_id": "MOKA-3", "name": "Moka", "price": 29.5, "quantity": 2, "currency": "EUR"}


@pytest.fixture
def anna(shop: Shop) -> Visited:
    owner = shop.signed_in("owner")
    assert owner.put(f"{W}/journeys/cart-recovery/draft", json=JOURNEY).status_code == 200
    unmet = owner.post(f"{W}/journeys/cart-recovery/publish")
    assert (unmet.status_code, "template/cart-1" in unmet.json()["detail"]) == (409, True)
    shop.has_ready("cart-1")
    assert owner.post(f"{W}/journeys/cart-recovery/publish").status_code == 200
    visited = Visited(shop)
    visited.does(event="Product Viewed", properties=MOKA)
    shop.later(minutes=1)
    visited.does(
        type="identify", userId="7", traits={"email": "anna@x.example", "firstName": "Anna"}
    )
    visited.does(
        userId="7",
        event="Consent Given",
        properties={"email": "anna@x.example", "purposes": ["marketing", "profiling"]},
    )
    visited.does(userId="7", event="Product Added", properties={**MOKA, "cart_id": "c1"})
    visited.catch_up()
    return visited


@pytest.fixture
def browser(anna: Visited) -> TestClient[Litestar]:
    return anna.shop.signed_in("viewer")


def only(browser: TestClient[Litestar]) -> dict[str, Any]:
    [person] = browser.get(f"{W}/people").json()["items"]
    return dict(person)


def test_people_are_found_by_name_and_address_whatever_the_case(
    browser: TestClient[Litestar],
) -> None:
    person = only(browser)
    for text in ("ANNA", "x.example", "7"):
        assert browser.get(f"{W}/people", params={"q": text}).json()["items"] == [person]
    for text in ("bruno", "%", "_nna"):
        assert browser.get(f"{W}/people", params={"q": text}).json()["items"] == []
    assert browser.get(f"{W}/people", params={"level": "verified"}).json()["items"] == [person]
    assert browser.get(f"{W}/people", params={"level": "anonymous"}).json()["items"] == []


def test_one_person_with_cart_consents_and_runs(
    anna: Visited, browser: TestClient[Litestar]
) -> None:
    person = browser.get(f"{W}/people/{only(browser)['id']}").json()
    assert (person["email"], person["level"]) == ("anna@x.example", "verified")
    [moka] = person["cart"]["items"]
    assert moka == {"product": "MOKA-3", "variant": None, "name": {}, "quantity": 2, "price": 2950}
    sold = Product("MOKA-3", {"it": "Moka", "en": "Moka pot"}, 2950, variant={"it": "blu"})
    with writing(anna.shop.stores.control).begin() as connection:
        catalogue.keep(connection, MINE, [sold])
    [moka] = browser.get(f"{W}/people/{person['id']}").json()["cart"]["items"]
    assert moka["name"] == {"it": "Moka, blu", "en": "Moka pot"}
    assert person["cart"]["value"] == 5900
    assert {one["purpose"]: one["state"] for one in person["consents"]} == {
        "marketing": "given",
        "profiling": "given",
    }
    assert {one["purpose"] for one in person["proofs"]} == {"marketing", "profiling"}
    [run] = person["runs"]
    assert (run["journey"], run["node"], run["key"]) == ("cart-recovery", "quiet", "c1")
    assert {"firstname", "firstName"} & {one["name"] for one in person["attributes"]}


def test_why_is_told_gate_by_gate_as_of_now_and_of_then(
    anna: Visited, browser: TestClient[Litestar]
) -> None:
    asked = f"{W}/people/{only(browser)['id']}/why/journeys/cart-recovery"
    now = browser.get(asked).json()
    assert now["answer"]["verdict"] == "inside"
    assert [one["gate"] for one in now["answer"]["gates"] if not one["passed"]] == []
    assert [one["node"] for one in now["answer"]["run"]["passages"]] == ["quiet"]
    seq = now["answer"]["tried"]["seq"]
    before = browser.get(asked, params={"seq": seq - 1}).json()
    assert before["answer"]["verdict"] == "not started"
    then = browser.get(asked, params={"at": "2026-03-02T12:30", "language": "it"}).json()
    assert then["answer"]["verdict"] == "not published"  # 12:30 in Rome is before noon in UTC
    anna.shop.later(hours=2)
    anna.catch_up()
    [message] = browser.get(asked).json()["messages"]
    assert (message["state"], message["as_of"]) == ("waiting", "now")
    story = browser.get(f"{W}/message", params={"key": message["key"]}).json()
    assert (story["as_of"], story["gates"]) == ("now", message["gates"])


def test_what_why_does_not_know_it_says_with_a_mend(browser: TestClient[Litestar]) -> None:
    person = only(browser)["id"]
    for path in ("nobody/why/journeys/cart-recovery", f"{person}/why/journeys/nix"):
        answer = browser.get(f"{W}/people/{path}")
        assert answer.status_code == 404
        assert answer.json()["mend"]
    late = browser.get(
        f"{W}/people/{person}/why/journeys/cart-recovery", params={"seq": 10**9}
    ).json()
    assert "live has read the log up to" in late["detail"]


def test_the_timeline_goes_back_page_by_page_without_a_gap(
    anna: Visited, browser: TestClient[Litestar]
) -> None:
    for n in range(120):
        anna.shop.later(seconds=1)
        anna.does(userId="7", event="Product Viewed", properties={"product_id": f"P{n}"})
    anna.catch_up()
    path, seen, cursor = f"{W}/people/{only(browser)['id']}/timeline", [], None
    for _ in range(5):
        page = browser.get(path, params={"cursor": cursor} if cursor else {}).json()
        seen += [one["seq"] for one in page["items"]]
        cursor = page["next"]
        if cursor is None:
            break
    assert seen == sorted(seen, reverse=True)
    assert len(seen) == len(set(seen)) == 124


def test_journeys_tell_who_stands_where(anna: Visited, browser: TestClient[Litestar]) -> None:
    page = browser.get(f"{W}/journeys/cart-recovery").json()
    assert page["line"]["counts"]["entered"] == page["line"]["counts"]["inside"] == 1
    assert page["nodes"]["quiet"] == {"came": 1, "waiting": 1, "ways": {}, "messages": {}}
    assert page["ways_since"] is None
    assert browser.get(f"{W}/journeys/cart-recovery/nodes/quiet").json()["runs"]
    anna.shop.later(hours=2)
    anna.catch_up()
    nodes = browser.get(f"{W}/journeys/cart-recovery").json()["nodes"]
    went = {"came": 1, "waiting": 0, "ways": {"then": 1}, "messages": {}}
    assert nodes["quiet"] == went
    assert nodes["remind"] == {**went, "messages": {"waiting": 1}}
    assert nodes["a day"] == {**went, "waiting": 1, "ways": {}}
    anna.shop.later(days=2)
    anna.catch_up()
    nodes = browser.get(f"{W}/journeys/cart-recovery").json()["nodes"]
    assert nodes["a day"] == went


def test_a_message_with_its_words_and_its_reason(
    anna: Visited, browser: TestClient[Litestar]
) -> None:
    anna.shop.later(hours=2)
    anna.catch_up()
    [message] = browser.get(f"{W}/messages").json()["items"]
    assert (message["template"], message["state"]) == ("cart-1", "waiting")
    assert browser.get(f"{W}/messages", params={"outcome": "sent"}).json()["items"] == []
    assert browser.get(f"{W}/messages/counts").json() == {"states": {"waiting": 1}, "gates": {}}
    key = {"key": message["key"]}
    story = browser.get(f"{W}/message", params=key).json()
    assert story["products"] == [{"product": "MOKA-3", "quantity": 2}]
    assert browser.get(f"{W}/message/preview", params=key).status_code == 404
    _write(anna.shop, message["key"], "<p>Ciao <script>alert(1)</script></p>")
    shown = browser.get(f"{W}/message/preview", params=key)
    policy = shown.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert policy.endswith("sandbox ")
    assert "allow-scripts" not in policy
    person = only(browser)["id"]
    assert browser.get(f"{W}/people/{person}/messages").json()["items"] == [
        {**message, "subject": "Ciao"}
    ]
    why = browser.get(f"{W}/people/{person}/why", params={"about": "journey/cart-recovery"}).json()
    assert {one["kind"] for one in why["decisions"]} >= {"entered", "asked"}


def test_messages_are_found_by_journey_channel_gate_and_person(
    anna: Visited, browser: TestClient[Litestar]
) -> None:
    anna.shop.later(hours=2)
    anna.catch_up()
    with writing(anna.shop.stores.outbox).begin() as connection:
        reason = "consent: marketing consent of this address is absent"
        connection.execute(sa.update(tables.messages).values(state="skipped", reason=reason))
    person = only(browser)["id"]
    for asked, many in (
        ({"gate": "consent"}, 1),
        ({"gate": "late"}, 0),
        ({"gate": "con"}, 0),
        ({"journey": "cart-recovery", "channel": "email"}, 1),
        ({"journey": "welcome"}, 0),
        ({"channel": "sms"}, 0),
        ({"person": person, "outcome": "skipped"}, 1),
        ({"person": "nobody"}, 0),
    ):
        found = browser.get(f"{W}/messages", params=asked).json()["items"]
        assert len(found) == many, asked
    counts = browser.get(f"{W}/messages/counts").json()
    assert counts == {"states": {"skipped": 1}, "gates": {"skipped": {"consent": 1}}}


def test_a_draft_that_waits_is_told_on_home_and_in_the_list(
    anna: Visited, browser: TestClient[Litestar]
) -> None:
    assert browser.get(f"{W}/home").json()["drafts"] == 0
    owner = anna.shop.signed_in("owner")
    changed = JOURNEY | {"holdout": 0.2}
    assert owner.put(f"{W}/journeys/cart-recovery/draft", json=changed).status_code == 200
    assert browser.get(f"{W}/home").json()["drafts"] == 1
    [line] = browser.get(f"{W}/journeys").json()["journeys"]
    assert (line["state"], line["has_draft"]) == ("published", True)


def test_a_failure_of_last_month_needs_nobody_any_more(
    anna: Visited, browser: TestClient[Litestar]
) -> None:
    anna.shop.later(hours=2)
    anna.catch_up()
    for state in ("failed", "uncertain"):
        with writing(anna.shop.stores.outbox).begin() as connection:
            connection.execute(sa.update(tables.messages).values(state=state))
        assert browser.get(f"{W}/home").json()[state] == 1
    anna.shop.later(days=8)
    assert browser.get(f"{W}/home").json()["uncertain"] == 0


def _write(shop: Shop, key: str, html: str) -> None:
    """As `deliver` does it when the words are written."""
    looked = outbox.asked_as(shop.stores.outbox, MINE, key)
    assert looked is not None
    words = Email(
        key=key, sender="a@x.example", to="b@x.example", subject="Ciao", html=html, text="Ciao"
    )
    outbox.keep_words(shop.stores.outbox, [(looked[0], Rendered(email=words, links={}))])


def test_home_counts_and_says_how_far_live_is_behind(
    anna: Visited, browser: TestClient[Litestar]
) -> None:
    home = browser.get(f"{W}/home").json()
    assert (home["events_last_minute"], home["events_last_hour"]) == (4, 4)
    assert (home["visitors_now"], home["behind_events"], home["behind_seconds"]) == (1, 0, 0.0)
    anna.does(userId="7", event="Product Viewed", properties=MOKA)
    anna.shop.later(minutes=10)
    home = browser.get(f"{W}/home").json()
    assert (home["behind_events"], home["behind_seconds"]) == (1, 600.0)
    assert (home["visitors_now"], home["events_last_minute"]) == (0, 0)


def test_home_counts_the_runs_that_a_person_must_look_at(
    anna: Visited, browser: TestClient[Litestar]
) -> None:
    assert browser.get(f"{W}/home").json()["held"] == 0
    with writing(anna.shop.stores.people).begin() as connection:
        connection.execute(sa.update(tables.runs).values(because="went round 1000 times"))
    assert browser.get(f"{W}/home").json()["held"] == 1


def test_the_funnel_counts_each_person_once(anna: Visited, browser: TestClient[Litestar]) -> None:
    anna.does(userId="7", event="Product Viewed", properties=MOKA)
    anna.shop.later(days=1)
    anna.does(anonymousId="bruno", event="Product Viewed", properties=MOKA)
    anna.catch_up()
    funnel = browser.get(f"{W}/home/funnel").json()
    steps = {one["event"]: one for one in funnel["steps"]}
    assert [one["people"] for one in funnel["steps"]] == [2, 2, 1, 0, 0]
    assert steps["Product Viewed"]["days"] == [0, 0, 0, 0, 0, 1, 1]
    assert funnel["days"][-1] == (NOON + timedelta(days=1)).date().isoformat()
    assert funnel["behind_seconds"] == 0


def test_what_our_own_roles_say_of_her_is_no_visit(
    anna: Visited, browser: TestClient[Litestar]
) -> None:
    """Days after her visit we note that a mail went out: nobody was here."""
    anna.shop.later(days=8)
    sent = {"type": "track", "event": "Message Sent", "userId": "7"}
    body = msgspec.json.encode({"batch": [sent | {"messageId": "sent-1"}]})
    entry = Entry(MINE, Source.INNESCO, "innesco", body=body)
    journal.append(anna.shop.stores.journal, [entry], anna.shop.now)
    anna.catch_up()
    funnel = browser.get(f"{W}/home/funnel").json()
    assert [one["people"] for one in funnel["steps"]] == [0, 0, 0, 0, 0]


def test_the_revenue_is_told_by_day_and_against_the_week_before(
    anna: Visited, browser: TestClient[Litestar]
) -> None:
    def orders(name: str, total: float, **more: Any) -> None:
        properties = {"order_id": name, "total": total, "currency": "EUR", **more}
        anna.does(userId="7", event="Order Completed", properties=properties)

    orders("o1", 100)
    anna.shop.later(days=7)
    orders("o2", 50)
    orders("o2", 50)  # told twice, counted once
    anna.does(userId="7", event="Order Refunded", properties={"order_id": "o2", "total": 20})
    anna.shop.later(days=1)
    orders("o3", 30)
    orders("o4", 7)
    anna.does(userId="7", event="Order Cancelled", properties={"order_id": "o4"})
    anna.catch_up()
    revenue = browser.get(f"{W}/home/revenue").json()
    assert (revenue["sold"]["orders"], revenue["sold"]["value"]) == (2, 6000)
    assert (revenue["before"]["orders"], revenue["before"]["value"]) == (1, 10000)
    assert [(day["orders"], day["value"]) for day in revenue["days"][-2:]] == [(1, 3000), (1, 3000)]
    assert revenue["currency"] == "EUR"


def test_an_order_that_only_a_browser_claims_stands_beside_until_it_is_trusted(
    anna: Visited, browser: TestClient[Litestar]
) -> None:
    claimed = {"order_id": "o9", "total": 40, "currency": "EUR"}
    anna.does(Source.PUBLIC, event="Order Completed", properties=claimed)
    anna.catch_up()
    sold = browser.get(f"{W}/home/revenue").json()["sold"]
    assert (sold["orders"], sold["claimed"], sold["value_claimed"]) == (0, 1, 4000)
    settings = browser.get(f"{W}/settings").json()["settings"]
    owner = anna.shop.signed_in("owner")
    changed = owner.put(f"{W}/settings", json=settings | {"trust_browser_orders": True})
    assert changed.status_code == 200
    sold = browser.get(f"{W}/home/revenue").json()["sold"]
    assert (sold["orders"], sold["value"], sold["claimed"]) == (1, 4000, 0)


def test_an_order_soon_after_a_click_is_put_down_to_the_message(
    anna: Visited, browser: TestClient[Litestar]
) -> None:
    anna.does(Source.INNESCO, userId="7", event="Message Clicked")
    anna.shop.later(hours=71)
    anna.does(userId="7", event="Order Completed", properties={"order_id": "o1", "total": 12})
    anna.shop.later(hours=2)
    anna.does(userId="7", event="Order Completed", properties={"order_id": "o2", "total": 99})
    anna.catch_up()
    sold = browser.get(f"{W}/home/revenue").json()["sold"]
    assert (sold["orders"], sold["after_click"], sold["value_after_click"]) == (2, 1, 1200)


def test_without_the_columns_role_home_says_so_and_what_to_do(
    anna: Visited, browser: TestClient[Litestar]
) -> None:
    assert anna.shop.columns is not None
    anna.shop.columns.close()
    anna.shop.columns = None
    for path in ("funnel", "revenue"):
        answer = browser.get(f"{W}/home/{path}")
        assert answer.status_code == 503
        assert "columns role" in answer.json()["detail"]
        assert "innesco role columns" in answer.json()["mend"]
    assert browser.get(f"{W}/home").status_code == 200


def test_what_columns_have_not_read_yet_is_said(
    anna: Visited, browser: TestClient[Litestar], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert browser.get(f"{W}/home/funnel").json()["behind_seconds"] == 0
    assert anna.shop.columns is not None
    monkeypatch.setattr(anna.shop.columns, "follow", lambda: 0)
    anna.does(userId="7", event="Product Viewed", properties=MOKA)
    anna.catch_up()
    anna.shop.later(minutes=3)
    assert browser.get(f"{W}/home/funnel").json()["behind_seconds"] == 180


def test_what_never_became_an_event_is_seen_with_its_reason(
    anna: Visited, browser: TestClient[Litestar]
) -> None:
    anna.does(event="Product Viewed", properties={"price": 2**60})
    anna.catch_up()
    quarantine = browser.get(f"{W}/quarantine").json()
    [held] = quarantine["items"]
    assert "price" in held["place"]
    [reason] = quarantine["reasons"]
    assert (reason["reason"], reason["events"]) == (held["reason"], 1)
    for said, many in ((held["reason"], 1), ("another one", 0)):
        found = browser.get(f"{W}/quarantine", params={"reason": said}).json()
        assert len(found["items"]) == many
        assert found["reasons"] == [reason]
    assert browser.get(f"{W}/home").json()["quarantined"] == 1
    anna.shop.later(days=8)
    assert browser.get(f"{W}/home").json()["quarantined"] == 0


def test_the_sandbox_shows_ones_own_mails_only(
    anna: Visited, browser: TestClient[Litestar]
) -> None:
    anna.shop.later(hours=2)
    anna.catch_up()
    raw = (
        "From: a@x\r\nTo: b@x\r\nSubject: {}\r\nMessage-ID: <{}>\r\nContent-Type: text/html\r\n\r\n"
        '<a href="https://shop.example/c?x=1&amp;y=2">Back to the <b>cart</b></a>'
    )
    with writing(anna.shop.stores.sandbox).begin() as connection:
        for name, subject in (("mine@x", "Your cart"), ("reset@x", "A new password")):
            connection.execute(
                sa.insert(tables.mails).values(
                    received=micros(NOON),
                    sender="a@x",
                    recipients='["b@x"]',
                    subject=subject,
                    message=name,
                    raw=raw.format(subject, name).encode(),
                )
            )
    assert browser.get(f"{W}/sandbox").json()["items"] == []
    with writing(anna.shop.stores.outbox).begin() as connection:
        done = {"provider": "mine@x", "state": Outcome.SENT.value}
        connection.execute(sa.update(tables.messages).values(done))
    [mail] = browser.get(f"{W}/sandbox").json()["items"]
    assert mail["caught"]["subject"] == "Your cart"
    opened = browser.get(f"{W}/sandbox/{mail['caught']['id']}").json()
    assert opened["links"] == [
        {"text": "Back to the cart", "url": "https://shop.example/c?x=1&y=2"}
    ]
    assert browser.get(f"{W}/sandbox/{mail['caught']['id'] + 1}").status_code == 404
    with contextlib.closing(browser.get(f"{W}/sandbox/{mail['caught']['id']}/preview")) as shown:
        assert "allow-popups" in shown.headers["content-security-policy"]


def test_settings_are_kept_for_the_pages_and_for_the_log(anna: Visited) -> None:
    owner = anna.shop.signed_in("owner")
    said = {"name": "Bottega", "zone": "Europe/Rome", "most_marketing_a_day": 1}
    assert owner.put(f"{W}/settings", json=said).status_code == 200
    assert owner.get(f"{W}/settings").json()["settings"]["name"] == "Bottega"
    words = [
        msgspec.json.decode(row.body, type=definitions.Word)
        for row in journal.read(anna.shop.stores.journal, 0)
        if row.kind == "published"
    ]
    with anna.shop.stores.control.connect() as connection:
        document = msgspec.json.decode(definitions.document(connection, words[-1].hash))
    assert (words[-1].kind, document["name"]) == ("workspace", "Bottega")


@pytest.mark.parametrize(
    ("place", "value"),
    [
        ("zone", "Europe/Roma"),
        ("currency", "euro"),
        ("logo_url", "javascript:alert(1)"),
        ("cart_url", "https://shop.example/cart"),
        ("sender_email", "not an address"),
        ("name", " "),
    ],
)
def test_a_setting_that_cannot_be_is_refused_with_its_place(
    shop: Shop, place: str, value: str
) -> None:
    answer = shop.signed_in("owner").put(f"{W}/settings", json={"name": "B", place: value})
    assert answer.status_code == 400
    assert [one["place"] for one in answer.json()["wrong"]] == [place]


def test_stopping_and_going_on(shop: Shop) -> None:
    editor = shop.signed_in("editor")
    for scope in ("all", "channel:email", "journey:cart-recovery"):
        answer = editor.put(f"{W}/stops/{scope}", json={"reason": "wrong price"})
        assert answer.status_code == 200
    assert len(editor.get(f"{W}/stops").json()["stops"]) == 3
    assert editor.put(f"{W}/stops/everything", json={"reason": "x"}).status_code == 400
    assert editor.delete(f"{W}/stops/all").status_code == 204
    assert editor.delete(f"{W}/stops/all").status_code == 404
