"""An order is told to Innesco exactly once, by the server, however long Innesco was away."""

import time

import pytest
from litestar.testing import TestClient

from innesco.demo.shop import events
from innesco.demo.shop.app import shop
from innesco.demo.shop.settings import ShopSettings
from tests.demo.shop_collector import collecting

BUYER = {
    "email": "giulia@esempio.it",
    "first_name": "Giulia",
    "last_name": "Conti",
    "street": "Via del Fico 3",
    "postal_code": "40121",
    "city": "Bologna",
}


@pytest.fixture(autouse=True)
def _hasty(monkeypatch):
    monkeypatch.setattr(events, "FIRST_PAUSE", 0.02)


def settings_of(url, folder):
    return ShopSettings(url, "pk_shop", "sk_shop", folder)


def buy(client, cart_id="cart1", anonymous="anon1", **buyer):
    client.put(
        f"/it/api/cart/{cart_id}",
        json={"lines": {"CF101": 2, "LU104-B": 1}, "coupon": "BENVENUTO10"},
    )
    said = {"cart_id": cart_id, "anonymous_id": anonymous, "buyer": {**BUYER, **buyer}}
    return client.post("/it/api/order", json=said)


def wait_for(true):
    for _ in range(200):
        if true():
            return
        time.sleep(0.02)
    raise AssertionError("waited 4 s in vain")


@pytest.mark.parametrize("away", [0, 3])
def test_one_order_completed_of_the_right_shape(tmp_path, away):
    with (
        collecting(away) as collector,
        TestClient(shop(settings_of(collector.url, tmp_path))) as client,
    ):
        order_id = buy(client).json()["order_id"]
        wait_for(lambda: collector.named("Order Completed"))
        time.sleep(0.15)  # what comes twice comes soon
    [told] = collector.named("Order Completed")
    facts = told["properties"]
    assert told["messageId"] == f"order-{order_id}"
    assert told["anonymousId"] == "anon1"
    assert told["context"]["traits"]["email"] == "giulia@esempio.it"
    assert (facts["subtotal"], facts["discount"], facts["shipping"]) == (89.8, 8.98, 0)
    assert facts["total"] == facts["revenue"] == 80.82
    assert (facts["order_id"], facts["cart_id"], facts["currency"]) == (order_id, "cart1", "EUR")
    assert facts["coupon"] == "BENVENUTO10"
    assert [
        (one["sku"], one["product_id"], one["quantity"], one["price"]) for one in facts["products"]
    ] == [
        ("CF101", "CF101", 2, 32.9),
        ("LU104-B", "LU104", 1, 24.0),
    ]
    assert {key for _, key, _ in collector.posts} == {"sk_shop"}
    assert len({body["messageId"] for _, _, body in collector.posts}) == 2
    assert [one["type"] for one in collector.heard] == ["identify", "track"]
    assert len(collector.posts) == 2 + away


def test_the_shopper_does_not_wait_for_innesco(tmp_path):
    with TestClient(shop(settings_of("http://127.0.0.1:9", tmp_path))) as client:
        before = time.monotonic()
        answer = buy(client)
        assert time.monotonic() - before < 1
        assert "Grazie, Giulia" in client.get(answer.json()["url"]).text


def test_what_was_not_heard_is_told_after_a_restart(tmp_path):
    with TestClient(shop(settings_of("http://127.0.0.1:9", tmp_path))) as client:
        order_id = buy(client).json()["order_id"]
    with collecting() as collector, TestClient(shop(settings_of(collector.url, tmp_path))):
        wait_for(lambda: collector.named("Order Completed"))
    assert [one["messageId"] for one in collector.heard] == [
        f"buyer-{order_id}",
        f"order-{order_id}",
    ]


def test_what_was_heard_is_not_told_again_after_a_restart(tmp_path):
    with collecting() as collector:
        with TestClient(shop(settings_of(collector.url, tmp_path))) as client:
            buy(client)
            wait_for(lambda: collector.named("Order Completed"))
            time.sleep(0.15)
        with TestClient(shop(settings_of(collector.url, tmp_path))):
            time.sleep(0.3)
    assert len(collector.posts) == 2


def test_pressing_twice_buys_once(tmp_path):
    with (
        collecting() as collector,
        TestClient(shop(settings_of(collector.url, tmp_path))) as client,
    ):
        first, second = buy(client).json(), buy(client).json()
        wait_for(lambda: collector.named("Order Completed"))
        time.sleep(0.15)
    assert first == second
    assert len(collector.posts) == 2
    assert len(collector.named("Order Completed")) == 1


def test_the_browser_cannot_name_the_price(tmp_path):
    with TestClient(shop(settings_of("http://127.0.0.1:9", tmp_path))) as client:
        client.put("/it/api/cart/c", json={"lines": {"CU101": 1}, "coupon": "", "total": 1})
        said = {"cart_id": "c", "buyer": BUYER, "total": 1}
        url = client.post("/it/api/order", json=said).json()["url"]
        assert "119,00\xa0€" in client.get(url).text


@pytest.mark.parametrize(
    "wrong", [{"email": "not an address"}, {"city": " "}, {"street": "x" * 121}]
)
def test_a_form_that_is_wrong_is_refused(tmp_path, wrong):
    with TestClient(shop(settings_of("http://127.0.0.1:9", tmp_path))) as client:
        assert buy(client, **wrong).status_code == 400
        assert (
            client.post("/it/api/order", json={"cart_id": "none", "buyer": BUYER}).status_code
            == 400
        )
