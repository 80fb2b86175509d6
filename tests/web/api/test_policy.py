"""Who may what: every route for every caller, at home and in somebody else's shop.

`ASKS` says for each route how to ask it so that it would work, and who must get through. A route
that is not in it fails the first test.
"""

from typing import Any, NamedTuple

import pytest
import sqlalchemy as sa
from httpx import Response
from litestar import Litestar
from litestar.handlers import HTTPRouteHandler
from litestar.testing import TestClient

from innesco.storage import audit, tables
from innesco.storage.engines import writing
from innesco.storage.stops import stop
from innesco.web.api.policy import SAFE, Needs
from tests.web.api.shop import MINE, NOON, PASSWORD, THEIRS, Shop, address

CALLERS = ("owner", "editor", "viewer", "stranger", "reading key", "writing key", "server key")
MAY = {
    Needs.VIEWER: {"owner", "editor", "viewer", "reading key", "writing key"},
    Needs.EDITOR: {"owner", "editor", "writing key"},
    Needs.OWNER: {"owner"},
    Needs.ACCOUNT: {"owner", "editor", "viewer", "stranger"},
}
OPEN = {
    "GET /",
    "GET /livez",
    "GET /metrics",
    "GET /readyz",
    "GET /{path}",
    "POST /api/invitation",
    "POST /api/invitation/taken",
    "POST /api/password",
    "POST /api/password/forgotten",
    "POST /api/session",
}
NAME = {"name": {"en": "Cart", "it": "Carrello"}}
JOURNEY = {
    "id": "cart",
    **NAME,
    "starts": [{"type": "event", "event": "Product Added"}],
    "first": "wait",
    "nodes": {"wait": {"type": "wait", "lasts": "PT1H"}},
}


class Ask(NamedTuple):
    """How to ask a route; `answers` what a caller who may gets, 404 where nothing is there."""

    needs: Needs
    body: dict[str, Any] | None = None
    answers: int = 200
    query: str = ""
    asks: bool = False  #: it changes nothing, though it is no GET
    exports: bool = False  #: it takes data away: a line is written, though it is a GET
    once: bool = False  #: it works for the first who may; for others it is done already


SEGMENT = {"id": "buyers", "when": {"kind": "did", "event": "Order Completed"}}
CONDITION = {"condition": {"kind": "did", "event": "Order Completed"}}
W = "/api/workspaces/{workspace}"
ASKS = {
    "GET /api/session": Ask(Needs.ACCOUNT),
    "DELETE /api/session": Ask(Needs.ACCOUNT, answers=204),
    "PUT /api/account": Ask(Needs.ACCOUNT, {"name": "Anna", "language": "it"}),
    "PUT /api/account/password": Ask(
        Needs.ACCOUNT, {"current": PASSWORD, "new": "another long password"}
    ),
    f"POST {W}/demo/clock": Ask(Needs.EDITOR, {"hours": 1}, 404),
    f"POST {W}/demo/visitor/{{anonymous}}": Ask(Needs.EDITOR, answers=404),
    f"GET {W}/members": Ask(Needs.OWNER),
    f"POST {W}/invitations": Ask(Needs.OWNER, {"email": "new@x.example", "role": "viewer"}, 201),
    f"DELETE {W}/invitations/{{account}}": Ask(Needs.OWNER, answers=404),
    f"PUT {W}/members/{{account}}": Ask(Needs.OWNER, {"role": "editor"}),
    f"DELETE {W}/members/{{account}}": Ask(Needs.OWNER, answers=204),
    f"GET {W}/keys": Ask(Needs.OWNER),
    f"POST {W}/keys": Ask(Needs.OWNER, {"kind": "server", "name": "shop"}, 201),
    f"POST {W}/keys/{{key}}/rotate": Ask(Needs.OWNER, answers=201),
    f"DELETE {W}/keys/{{key}}": Ask(Needs.OWNER, answers=204),
    f"GET {W}/settings": Ask(Needs.VIEWER),
    f"PUT {W}/settings": Ask(Needs.OWNER, {"name": "Bottega"}),
    f"PUT {W}/settings/smtp-password": Ask(Needs.OWNER, {"password": "s"}, 204),
    f"GET {W}/stops": Ask(Needs.VIEWER),
    f"PUT {W}/stops/{{what}}": Ask(Needs.EDITOR, {"reason": "a mistake in a mail"}),
    f"DELETE {W}/stops/{{what}}": Ask(Needs.EDITOR, answers=204, once=True),
    f"GET {W}/audit": Ask(Needs.OWNER),
    f"GET {W}/audit/seal": Ask(Needs.OWNER),
    f"GET {W}/night": Ask(Needs.OWNER),
    f"GET {W}/home": Ask(Needs.VIEWER),
    f"GET {W}/home/funnel": Ask(Needs.VIEWER),
    f"GET {W}/home/revenue": Ask(Needs.VIEWER),
    f"GET {W}/people": Ask(Needs.VIEWER),
    f"GET {W}/people/{{person}}": Ask(Needs.VIEWER, answers=404),
    f"GET {W}/people/{{person}}/timeline": Ask(Needs.VIEWER, answers=404),
    f"GET {W}/people/{{person}}/messages": Ask(Needs.VIEWER, answers=404),
    f"GET {W}/people/{{person}}/why": Ask(Needs.VIEWER, answers=404),
    f"GET {W}/people/{{person}}/why/journeys/{{journey}}": Ask(Needs.VIEWER, answers=404),
    f"GET {W}/journeys": Ask(Needs.VIEWER),
    f"GET {W}/journeys/{{journey}}": Ask(Needs.VIEWER),
    f"GET {W}/journeys/{{journey}}/nodes/{{node}}": Ask(Needs.VIEWER),
    f"PUT {W}/journeys/{{journey}}/draft": Ask(Needs.EDITOR, JOURNEY),
    f"POST {W}/journeys/{{journey}}/publish": Ask(Needs.EDITOR),
    f"POST {W}/journeys/{{journey}}/pause": Ask(Needs.EDITOR),
    f"POST {W}/journeys/{{journey}}/archive": Ask(Needs.EDITOR, once=True),
    f"POST {W}/journeys/{{journey}}/unarchive": Ask(Needs.EDITOR, answers=404),
    f"GET {W}/templates": Ask(Needs.VIEWER),
    f"POST {W}/templates/{{template}}/archive": Ask(Needs.EDITOR, once=True),
    f"POST {W}/templates/{{template}}/unarchive": Ask(Needs.EDITOR, answers=404),
    f"GET {W}/segments": Ask(Needs.VIEWER),
    f"GET {W}/ready-segments": Ask(Needs.VIEWER),
    f"GET {W}/segments/{{segment}}": Ask(Needs.VIEWER),
    f"PUT {W}/segments/{{segment}}/draft": Ask(Needs.EDITOR, SEGMENT),
    f"POST {W}/segments/{{segment}}/publish": Ask(Needs.EDITOR),
    f"POST {W}/segments/{{segment}}/archive": Ask(Needs.EDITOR, once=True),
    f"POST {W}/segments/{{segment}}/cancel": Ask(Needs.EDITOR, once=True),
    f"GET {W}/segments/{{segment}}/sizes": Ask(Needs.VIEWER),
    f"GET {W}/segments/{{segment}}/movements": Ask(Needs.VIEWER),
    f"GET {W}/segments/{{segment}}/people/{{person}}": Ask(Needs.VIEWER, answers=404),
    f"POST {W}/segments/{{segment}}/undo": Ask(Needs.EDITOR, answers=409),
    f"DELETE {W}/segments/{{segment}}": Ask(Needs.EDITOR, answers=409),
    f"GET {W}/segments/{{segment}}/people": Ask(Needs.VIEWER),
    f"GET {W}/segments/{{segment}}/people.csv": Ask(Needs.EDITOR, exports=True),
    f"GET {W}/conditions/schema": Ask(Needs.VIEWER),
    f"GET {W}/conditions/seen": Ask(Needs.VIEWER, query="?of=event"),
    f"GET {W}/conditions/people.csv": Ask(
        Needs.EDITOR,
        query="?condition=%7B%22kind%22:%22all%22,%22conditions%22:%5B%5D%7D",
        exports=True,
    ),
    f"POST {W}/conditions/read": Ask(Needs.VIEWER, CONDITION, asks=True),
    f"POST {W}/conditions/count": Ask(Needs.VIEWER, CONDITION, asks=True),
    f"POST {W}/conditions/people": Ask(Needs.VIEWER, CONDITION, asks=True),
    f"POST {W}/conditions/overlap": Ask(Needs.VIEWER, CONDITION, asks=True),
    f"POST {W}/conditions/explain": Ask(
        Needs.VIEWER, {**CONDITION, "person": "nobody"}, 404, asks=True
    ),
    f"GET {W}/messages": Ask(Needs.VIEWER),
    f"GET {W}/messages/counts": Ask(Needs.VIEWER),
    f"GET {W}/message": Ask(Needs.VIEWER, answers=404, query="?key=k"),
    f"GET {W}/message/preview": Ask(Needs.VIEWER, answers=404, query="?key=k"),
    f"GET {W}/sandbox": Ask(Needs.VIEWER),
    f"GET {W}/sandbox/{{mail}}": Ask(Needs.VIEWER, answers=404),
    f"GET {W}/sandbox/{{mail}}/preview": Ask(Needs.VIEWER, answers=404),
    f"GET {W}/quarantine": Ask(Needs.VIEWER),
}


def handlers(app: Litestar) -> dict[str, HTTPRouteHandler]:
    """Every route of the app but the description's and the automatic OPTIONS."""
    found = {}
    for route in app.routes:
        for method, (handler, _) in getattr(route, "route_handler_map", {}).items():
            described = route.path_format.startswith(("/api/openapi", "/api/{path"))
            if method != "OPTIONS" and not described and route.path_format != "/api":
                found[f"{method} {route.path_format}"] = handler
    return found


def ask(browser: TestClient[Litestar], shop: Shop, route: str, workspace: str) -> Response:
    method, _, path = route.partition(" ")
    wanted = ASKS[route]
    for name, value in {
        "workspace": workspace,
        "account": shop.ids["viewer"],
        "key": shop.ids["key"],
        "journey": "cart",
        "segment": "buyers",
        "template": "cart-1",
        "node": "wait",
        "what": "all",
        "mail": "1",
        "person": "nobody",
        "anonymous": "nobody",
    }.items():
        path = path.replace("{" + name + "}", value)
    return browser.request(method, path + wanted.query, json=wanted.body)


def caller(shop: Shop, who: str) -> TestClient[Litestar]:
    return shop.with_key(who) if who.endswith("key") else shop.signed_in(who)


def rows(shop: Shop) -> int:
    with shop.stores.control.connect() as connection:
        return connection.scalar(sa.select(sa.func.count()).select_from(tables.audit)) or 0


@pytest.fixture
def furnished(shop: Shop) -> Shop:
    """With a key, a journey in force, and sending stopped: each route has something to do."""
    owner = shop.signed_in("owner")
    made = owner.post(f"/api/workspaces/{MINE}/keys", json={"kind": "server", "name": "x"})
    shop.ids["key"] = made.json()["key"]["id"]
    for method, path, body in (
        ("PUT", "journeys/cart/draft", JOURNEY),
        ("POST", "journeys/cart/publish", None),
        ("PUT", "segments/buyers/draft", SEGMENT),
        ("POST", "segments/buyers/publish", None),
    ):
        path = f"/api/workspaces/{MINE}/{path}"
        assert owner.request(method, path, json=body).status_code == 200
    shop.has_ready("cart-1")
    with writing(shop.stores.control).begin() as connection:
        stop(connection, MINE, "all", "at first", audit.PROGRAM, NOON)
    return shop


def test_every_route_is_in_the_table_with_its_needs(shop: Shop) -> None:
    found = {name: one.opt.get("needs") for name, one in handlers(shop.app).items()}
    assert {name for name, needs in found.items() if needs is Needs.NOBODY} == OPEN
    assert {name: needs for name, needs in found.items() if name not in OPEN} == {
        name: one.needs for name, one in ASKS.items()
    }


@pytest.mark.parametrize("route", ASKS)
def test_who_may_gets_through_and_nobody_else(furnished: Shop, route: str) -> None:
    wanted, done = ASKS[route], False
    for who in sorted(CALLERS, key=lambda one: one in MAY[wanted.needs]):
        before = rows(furnished)
        browser = caller(furnished, who)
        signed = rows(furnished)
        answer = ask(browser, furnished, route, MINE)
        if who not in MAY[wanted.needs]:
            assert answer.status_code in (401, 403, 404), (who, answer.text)
            assert rows(furnished) == signed
            continue
        if wanted.once and answer.status_code in (404, 409) and done:
            continue
        done = answer.is_success
        assert answer.status_code == wanted.answers, (who, answer.text)
        written = int(route.split()[0] not in SAFE and answer.is_success and not wanted.asks)
        written += wanted.exports
        written += route == "PUT /api/account/password"  # this browser is signed in anew
        assert rows(furnished) - signed == written, (who, before)


@pytest.mark.parametrize("route", [one for one in ASKS if "{workspace}" in one])
def test_a_foreign_workspace_does_not_exist(furnished: Shop, route: str) -> None:
    for who in ("owner", "editor", "viewer", "reading key", "writing key"):
        answer = ask(caller(furnished, who), furnished, route, THEIRS)
        assert answer.status_code == 404, (who, answer.text)
    assert ask(caller(furnished, "stranger"), furnished, route, MINE).status_code == 404


@pytest.mark.parametrize("route", ASKS)
def test_nobody_gets_nothing(furnished: Shop, route: str) -> None:
    assert ask(furnished.nobody(), furnished, route, MINE).status_code == 401


@pytest.mark.parametrize("route", [one for one in ASKS if one.split()[0] not in SAFE])
def test_a_change_needs_the_pages_token(furnished: Shop, route: str) -> None:
    browser = furnished.signed_in("owner")
    token = browser.headers.pop("X-CSRF-Token")
    before = rows(furnished)
    for said in ({}, {"X-CSRF-Token": "x" * len(token)}):
        browser.headers.update(said)
        answer = ask(browser, furnished, route, MINE)
        assert (answer.status_code, rows(furnished)) == (403, before)


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:9999"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
def test_another_site_changes_nothing(furnished: Shop, headers: dict[str, str]) -> None:
    """Not even signing somebody in: she would work in the attacker's account."""
    path = f"/api/workspaces/{MINE}/stops/all"
    body = {"reason": "x"}
    browser = furnished.signed_in("owner")
    assert browser.put(path, json=body, headers=headers).status_code == 403
    said = {"email": address("owner"), "password": PASSWORD}
    assert furnished.nobody().post("/api/session", json=said, headers=headers).status_code == 403


def test_ones_own_page_may(furnished: Shop) -> None:
    headers = {"Origin": "http://127.0.0.1:8800", "Sec-Fetch-Site": "same-origin"}
    browser = furnished.signed_in("owner")
    path = f"/api/workspaces/{MINE}/stops/all"
    assert browser.put(path, json={"reason": "x"}, headers=headers).status_code == 200
