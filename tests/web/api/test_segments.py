"""Segments over the API: drafted, published, gone back to, taken out of use; and what forbids."""

from typing import Any

import pytest
from httpx import Response
from litestar import Litestar
from litestar.testing import TestClient

from tests.web.api.shop import MINE, Shop
from tests.web.api.visited import Visited

W = f"/api/workspaces/{MINE}"
BOUGHT = {"kind": "did", "event": "Order Completed"}
SAW = {"kind": "did", "event": "Product Viewed"}


def inside(segment: str) -> dict[str, Any]:
    return {"kind": "in segment", "segment": segment}


def segment(id: str, when: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"id": id, "when": when, "name": {"en": id.title(), "it": f"{id} it"}, **more}


JOURNEY = {
    "id": "thanks",
    "name": {"en": "Thanks"},
    "starts": [{"type": "segment", "segment": "buyers"}],
    "first": "wait",
    "nodes": {
        "wait": {"type": "wait", "lasts": "PT1H", "then": "mail"},
        "mail": {"type": "message", "template": "cart-1", "products": "cart"},
    },
}


class Desk:
    """An editor at work."""

    def __init__(self, shop: Shop) -> None:
        self.browser: TestClient[Litestar] = shop.signed_in("editor")

    def draft(self, document: dict[str, Any], kind: str = "segments") -> Response:
        return self.browser.put(f"{W}/{kind}/{document['id']}/draft", json=document)

    def does(self, what: str, id: str, kind: str = "segments") -> Response:
        return self.browser.post(f"{W}/{kind}/{id}/{what}")

    def publish(self, document: dict[str, Any], kind: str = "segments") -> None:
        assert self.draft(document, kind).status_code == 200
        done = self.does("publish", document["id"], kind)
        assert done.status_code == 200, done.text

    def page(self, id: str) -> Any:
        return self.browser.get(f"{W}/segments/{id}").json()

    def listed(self, **query: str) -> list[Any]:
        found: list[Any] = self.browser.get(f"{W}/segments", params=query).json()["segments"]
        return found

    def acts(self, shop: Shop) -> list[tuple[str, str]]:
        lines = shop.signed_in("owner").get(f"{W}/audit").json()["items"]
        return [(one["act"], one["about"]) for one in lines if "/" in one["about"]]


@pytest.fixture
def desk(shop: Shop) -> Desk:
    return Desk(shop)


def test_a_segment_is_drafted_published_and_has_people(shop: Shop, desk: Desk) -> None:
    desk.publish(segment("buyers", BOUGHT, tags=["best"], about={"en": "Who paid"}))
    visited = Visited(shop)
    for name in ("anna", "bruno"):
        visited.does(type="identify", userId=name, anonymousId=name, traits={"firstName": name})
    visited.does(event="Order Completed", userId="anna", properties={"order_id": "1", "total": 9})
    visited.catch_up()
    [line] = desk.listed()
    assert line["sentence"] == {
        "en": "did “Order Completed”",
        "it": "ha fatto “Order Completed”",
    }
    figures = ("state", "version", "by", "has_draft", "people", "all", "static", "used_by")
    assert [line[one] for one in figures] == ["published", 1, "Editor", False, 1, 2, False, []]
    people = desk.browser.get(f"{W}/segments/buyers/people").json()
    assert [one["name"] for one in people["people"]] == ["anna"]
    sheet = desk.browser.get(f"{W}/segments/buyers/people.csv")
    assert sheet.headers["content-disposition"] == 'attachment; filename="buyers-2026-03-02.csv"'
    assert [row.count(",") for row in sheet.text.splitlines()] == [8, 8]
    assert desk.acts(shop)[0] == ("exported", "segment/buyers")
    for path in ("", "/people", "/people.csv"):
        assert desk.browser.get(f"{W}/segments/nobody{path}").status_code == 404


def test_the_list_is_searched_by_words_tag_and_state(shop: Shop, desk: Desk) -> None:
    desk.publish(segment("buyers", BOUGHT, tags=["best", "paid"]))
    desk.draft(segment("lookers", SAW, tags=["best"], about={"it": "Passeggia, però non compra"}))

    def found(**query: str) -> list[str]:
        return [one["id"] for one in desk.listed(**query)]

    assert found() == ["buyers", "lookers"]
    assert found(search="PERO passeggia") == ["lookers"]
    assert found(search="buyers lookers") == []
    assert (found(tag="paid"), found(tag="pai")) == (["buyers"], [])
    assert (found(state="draft"), found(state="published")) == (["lookers"], ["buyers"])
    assert desk.browser.get(f"{W}/segments").json()["tags"] == ["best", "paid"]
    assert desk.listed(state="draft")[0]["people"] is None
    assert shop.columns is not None
    shop.columns.close()
    shop.columns = None
    assert [one["people"] for one in desk.listed()] == [None, None]


@pytest.mark.parametrize(
    ("document", "place"),
    [
        (segment("buyers", {"kind": "not", "condition": {"kind": "x"}}), "when.condition.kind"),
        (segment("buyers", BOUGHT, tags=7), "tags"),
        (segment("buyers", BOUGHT, wenn=7), ""),
        ({"id": "buyers"}, ""),
        (segment("others", BOUGHT), "id"),
    ],
)
def test_what_is_no_segment_is_refused_with_its_place(
    desk: Desk, document: dict[str, Any], place: str
) -> None:
    answer = desk.browser.put(f"{W}/segments/buyers/draft", json=document)
    assert answer.status_code == 400
    assert [one["place"] for one in answer.json()["wrong"]] == [place]
    assert desk.listed() == []


@pytest.mark.parametrize("id", ["vip@8", "VIP", "vip people", "-vip", "v" * 101])
def test_an_id_is_one_plain_word(desk: Desk, id: str) -> None:
    assert desk.draft(segment(id, BOUGHT)).status_code == 400


def test_circles_and_missing_segments_are_refused_with_their_place(desk: Desk) -> None:
    desk.draft(segment("a", {"kind": "not", "condition": inside("b")}))
    missing = desk.does("publish", "a")
    assert missing.status_code == 409
    assert missing.json()["wrong"] == [{"place": "when.condition", "says": "names segment/b"}]
    desk.publish(segment("b", BOUGHT))
    assert desk.does("publish", "a").status_code == 200
    desk.draft(segment("b", {"kind": "any", "conditions": [BOUGHT, inside("a")]}))
    circle = desk.does("publish", "b")
    assert circle.status_code == 409
    assert "circle" in circle.json()["detail"]
    assert circle.json()["wrong"] == [{"place": "when.conditions[1]", "says": "names segment/a"}]
    desk.draft(segment("c", inside("c")))
    assert desk.does("publish", "c").status_code == 409
    assert desk.page("b")["line"]["state"] == "published"
    assert desk.page("b")["draft"]["when"]["kind"] == "any"


def test_what_is_in_use_stays_and_who_uses_it_is_named(shop: Shop, desk: Desk) -> None:
    desk.publish(segment("buyers", BOUGHT))
    shop.has_ready("cart-1")
    assert desk.draft(JOURNEY, "journeys").status_code == 200
    desk.draft(segment("fans", inside("buyers")))
    used = {(one["kind"], one["id"], one["in_force"]) for one in desk.listed()[0]["used_by"]}
    assert used == {("journey", "thanks", False), ("segment", "fans", False)}
    refused = desk.does("archive", "buyers")
    assert refused.status_code == 409
    assert {one["place"] for one in refused.json()["wrong"]} == {"journey/thanks", "segment/fans"}
    assert desk.browser.delete(f"{W}/segments/fans").status_code == 204
    desk.draft({**JOURNEY, "starts": [{"type": "event", "event": "Product Added"}]}, "journeys")
    assert desk.does("archive", "buyers").json()["state"] == "archived"
    assert [one["state"] for one in desk.listed()] == ["archived"]
    assert desk.acts(shop)[0] == ("archived", "segment/buyers")


def test_going_back_publishes_the_version_before_and_keeps_the_draft(
    shop: Shop, desk: Desk
) -> None:
    desk.publish(segment("buyers", BOUGHT))
    assert desk.does("undo", "buyers").status_code == 409
    desk.publish(segment("buyers", SAW))
    waits = segment("buyers", {"kind": "not", "condition": SAW})
    desk.draft(waits)
    assert desk.does("undo", "buyers").json()["version"] == 3
    page = desk.page("buyers")
    assert (page["document"]["when"], page["draft"]) == (BOUGHT, waits)
    assert page["draft_sentence"]["en"] == "not (did “Product Viewed”)"
    states = {one["version"]: one["state"] for one in page["versions"]}
    assert states == {1: "archived", 2: "archived", 3: "published", 4: "draft"}
    assert desk.does("undo", "buyers").status_code == 200
    assert desk.page("buyers")["document"]["when"] == SAW
    assert desk.page("buyers")["draft"] == waits
    assert desk.does("undo", "nobody").status_code == 404


def test_going_back_to_what_names_a_segment_that_is_gone_is_refused(desk: Desk) -> None:
    desk.publish(segment("buyers", BOUGHT))
    desk.publish(segment("fans", inside("buyers")))
    desk.publish(segment("fans", SAW))
    desk.does("archive", "buyers")
    before = desk.page("fans")
    assert desk.does("undo", "fans").status_code == 409
    assert desk.page("fans") == before


def test_only_a_draft_that_nobody_ever_saw_is_dropped(shop: Shop, desk: Desk) -> None:
    desk.draft(segment("buyers", BOUGHT))
    desk.draft(segment("fans", inside("buyers")))
    assert desk.browser.delete(f"{W}/segments/buyers").status_code == 409
    assert desk.browser.delete(f"{W}/segments/fans").status_code == 204
    assert desk.browser.delete(f"{W}/segments/buyers").status_code == 204
    assert desk.acts(shop)[0] == ("discarded", "segment/buyers")
    assert desk.listed() == []
    desk.publish(segment("buyers", BOUGHT))
    assert desk.browser.delete(f"{W}/segments/buyers").status_code == 409
    desk.draft(segment("buyers", SAW))
    assert desk.browser.delete(f"{W}/segments/buyers").status_code == 409
    assert desk.browser.delete(f"{W}/segments/nobody").status_code == 404


def test_a_journey_comes_back_paused_and_its_template_stays(shop: Shop, desk: Desk) -> None:
    desk.publish(segment("buyers", BOUGHT))
    shop.has_ready("cart-1")
    shop.has_ready("confirm")
    desk.publish(JOURNEY, "journeys")
    held = desk.does("archive", "cart-1", "templates")
    assert held.status_code == 409
    assert held.json()["wrong"] == [{"place": "journey/thanks", "says": "names template/cart-1"}]
    assert desk.does("unarchive", "thanks", "journeys").status_code == 404
    assert desk.does("archive", "thanks", "journeys").json()["state"] == "archived"
    assert desk.does("archive", "cart-1", "templates").json()["state"] == "archived"
    assert desk.does("unarchive", "thanks", "journeys").status_code == 409  # its mail is missing
    assert desk.does("unarchive", "cart-1", "templates").json()["state"] == "published"
    assert desk.does("unarchive", "thanks", "journeys").json()["state"] == "paused"
    assert desk.does("archive", "confirm", "templates").status_code == 409
    lines = desk.browser.get(f"{W}/templates").json()["templates"]
    assert {(one["id"], one["state"], len(one["used_by"])) for one in lines} == {
        ("cart-1", "published", 1),
        ("confirm", "published", 0),
    }


def test_a_journey_that_a_segment_asks_about_is_in_use(shop: Shop, desk: Desk) -> None:
    desk.publish(segment("buyers", BOUGHT))
    shop.has_ready("cart-1")
    desk.publish(JOURNEY, "journeys")
    desk.publish(segment("thanked", {"kind": "in journey", "journey": "thanks"}))
    refused = desk.does("archive", "thanks", "journeys")
    assert [one["place"] for one in refused.json()["wrong"]] == ["segment/thanked"]
