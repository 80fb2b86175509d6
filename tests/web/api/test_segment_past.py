"""A segment while people come and go: built with progress, given up, and its past told."""

from typing import Any

import pytest

from innesco.storage import editions
from tests.web.api.shop import MINE, Shop
from tests.web.api.test_segments import BOUGHT, SAW, Desk, W, inside, segment
from tests.web.api.visited import Visited

WEEK = {"window": "last", "length": {"days": 7}}


class Town(Visited):
    """Anna and Bruno look at something on the first day, each the day that follows the other's."""

    def identifies(self, *names: str) -> None:
        for name in names:
            self.does(type="identify", userId=name, anonymousId=name, traits={"firstName": name})

    def looks(self, name: str) -> None:
        self.does(event="Product Viewed", userId=name, anonymousId=name)

    def buys(self, name: str) -> None:
        order = {"order_id": f"o{self.sent}", "total": 9}
        self.does(event="Order Completed", userId=name, anonymousId=name, properties=order)


@pytest.fixture
def desk(shop: Shop) -> Desk:
    return Desk(shop)


@pytest.fixture
def town(shop: Shop) -> Town:
    town = Town(shop)
    town.identifies("anna", "bruno")
    town.looks("anna")
    town.catch_up()
    return town


def line(desk: Desk, id: str = "lookers") -> Any:
    return desk.page(id)["line"]


def names(desk: Desk, **query: str) -> list[str]:
    answer = desk.browser.get(f"{W}/segments/lookers/people", params=query)
    assert answer.status_code == 200, answer.text
    return [one["name"] for one in answer.json()["people"]]


def moved(desk: Desk) -> list[tuple[str, bool, str]]:
    items = desk.browser.get(f"{W}/segments/lookers/movements").json()["items"]
    return [(one["who"]["name"], one["entered"], one["because"]) for one in items]


def test_a_segment_is_built_behind_the_one_that_serves(town: Town, desk: Desk) -> None:
    desk.publish(segment("lookers", SAW))
    assert line(desk)["building"] == {"phase": "waiting", "done": 0, "of": 0}
    assert line(desk)["people"] is None  # nobody knows yet
    town.catch_up()
    assert line(desk)["building"]["phase"] == "asking"
    town.asks_everybody()
    town.live.catch_up()
    assert line(desk)["building"] == {"phase": "applying", "done": 0, "of": 1}
    town.catch_up()
    assert (line(desk)["building"], line(desk)["people"]) == (None, 1)
    assert names(desk) == ["anna"]
    desk.publish(segment("lookers", {"kind": "not", "condition": SAW}))
    town.catch_up()
    assert line(desk)["building"]["phase"] == "asking"
    assert names(desk) == ["anna"]  # the one before serves
    town.builds()
    assert (line(desk)["building"], names(desk)) == (None, ["bruno"])


def test_what_is_being_built_is_given_up(town: Town, desk: Desk, shop: Shop) -> None:
    desk.publish(segment("lookers", SAW))
    town.builds()
    assert desk.does("cancel", "lookers").status_code == 409
    changed = segment("lookers", {"kind": "not", "condition": SAW})
    desk.publish(changed)
    town.catch_up()
    assert desk.does("cancel", "lookers").json()["state"] == "draft"
    assert desk.acts(shop)[0] == ("cancelled", "segment/lookers")
    page = desk.page("lookers")
    assert (page["document"]["when"], page["draft"]) == (SAW, changed)
    town.builds()
    assert (line(desk)["building"], names(desk)) == (None, ["anna"])
    with shop.stores.people.connect() as connection:
        ended = [one.because for one in editions.every(connection, MINE)]
    assert ended == [None, "cancelled"]
    assert desk.does("undo", "lookers").status_code == 409  # it was never in force whole
    assert desk.does("publish", "lookers").status_code == 200
    town.builds()
    assert names(desk) == ["bruno"]


def test_a_first_publication_that_is_given_up_leaves_nothing(town: Town, desk: Desk) -> None:
    desk.publish(segment("lookers", SAW))
    assert desk.does("cancel", "lookers").json()["state"] == "draft"
    town.builds()
    assert (line(desk)["state"], line(desk)["building"], names(desk)) == ("draft", None, [])
    assert desk.does("publish", "lookers").status_code == 200
    town.builds()
    assert names(desk) == ["anna"]
    assert desk.does("cancel", "nobody").status_code == 404


def test_a_draft_that_waits_is_kept_when_what_is_built_is_given_up(town: Town, desk: Desk) -> None:
    desk.publish(segment("lookers", SAW))
    town.builds()
    desk.publish(segment("lookers", BOUGHT))
    newer = segment("lookers", {"kind": "not", "condition": BOUGHT})
    desk.draft(newer)
    assert desk.does("cancel", "lookers").json()["state"] == "archived"
    assert desk.page("lookers")["draft"] == newer
    assert desk.page("lookers")["document"]["when"] == SAW
    town.builds()
    assert names(desk) == ["anna"]


def test_size_over_time_and_who_came_and_went_and_why(town: Town, desk: Desk, shop: Shop) -> None:
    recent = segment("lookers", {**SAW, "window": WEEK})
    desk.publish(recent)
    town.builds()
    shop.later(days=1)
    town.looks("bruno")
    town.catch_up()
    shop.later(days=7, minutes=1)
    town.catch_up()
    assert moved(desk) == [
        ("bruno", False, "time"),
        ("anna", False, "time"),
        ("bruno", True, "Product Viewed"),
        ("anna", True, "published"),
    ]
    days = desk.browser.get(f"{W}/segments/lookers/sizes", params={"days": 10}).json()["days"]
    assert [one["people"] for one in days] == [0, 1, 2, 2, 2, 2, 2, 2, 1, 0]
    assert [(one["day"], one["entered"], one["left"]) for one in days if one["entered"]] == [
        ("2026-03-02", 1, 0),
        ("2026-03-03", 1, 0),
    ]
    assert sum(one["left"] for one in days) == 2
    assert line(desk)["trend"][-10:] == [one["people"] for one in days]
    assert len(line(desk)["trend"]) == 30
    assert names(desk) == []
    assert sorted(names(desk, at="2026-03-05")) == ["anna", "bruno"]
    assert names(desk, at="2026-03-02T23:00") == ["anna"]
    assert names(desk, at="2026-03-01") == []
    assert desk.browser.get(f"{W}/segments/lookers/people?at=noon").status_code == 400
    sheet = desk.browser.get(f"{W}/segments/lookers/people.csv?at=2026-03-05")
    assert len(sheet.text.splitlines()) == 3
    page = desk.browser.get(f"{W}/segments/lookers/people?at=2026-03-05&most=1").json()
    more = {"at": "2026-03-05", "most": "1", "cursor": page["next"]}
    assert [one["name"] for one in page["people"]] != names(desk, **more)
    assert len(names(desk, **more)) == 1
    [audited] = [
        one
        for one in shop.signed_in("owner").get(f"{W}/audit").json()["items"]
        if one["act"] == "exported"
    ]
    assert audited["detail"]["people"] == 2


def test_pages_of_movements_follow_each_other(town: Town, desk: Desk) -> None:
    desk.publish(segment("lookers", SAW))
    town.builds()
    town.looks("bruno")
    town.catch_up()
    path, found, cursor = f"{W}/segments/lookers/movements", [], None
    for _ in range(4):
        query = {"most": 1, **({"cursor": cursor} if cursor else {})}
        page = desk.browser.get(path, params=query).json()
        found += [one["who"]["name"] for one in page["items"]]
        cursor = page["next"]
        if cursor is None:
            break
    assert found == ["bruno", "anna"]


def test_why_one_person_belongs(town: Town, desk: Desk, shop: Shop) -> None:
    desk.publish(segment("lookers", SAW))
    desk.publish(segment("fans", inside("lookers")))
    town.builds()
    town.builds()
    shop.later(hours=1)
    town.looks("bruno")
    town.catch_up()
    for name, because, moment in (
        ("anna", "published", "2026-03-02T12:00:00Z"),
        ("bruno", "Product Viewed", "2026-03-02T13:00:00Z"),
    ):
        [person] = desk.browser.get(f"{W}/people", params={"q": name}).json()["items"]
        for id in ("lookers", "fans"):
            said = desk.browser.get(f"{W}/segments/{id}/people/{person['id']}").json()
            assert (said["belongs"], said["since"]) == (True, moment)
            assert [one["entered"] for one in said["movements"]] == [True]
            assert said["explained"]["en"]["holds"]
            assert set(said["explained"]) == {"it", "en"}
        assert said["movements"][0]["because"] == because
    gone = desk.browser.get(f"{W}/segments/lookers/people/nobody")
    assert gone.status_code == 404
