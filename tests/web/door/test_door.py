"""What the door answers, and what it keeps: each refusal, each place of the key, each clock."""

import asyncio
import base64
import gzip
import json
import tracemalloc
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
import sqlalchemy as sa

from innesco.events import admit
from innesco.events.event import Source
from innesco.storage import journal as log_of
from innesco.storage.keys import Kind
from innesco.web.door.ports import Bounds
from tests.web.door.shop import NOW, Shop, opened

VIEWED = {"type": "track", "event": "Product Viewed", "anonymousId": "a-1", "messageId": "m-1"}


# -- the one good answer ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/v1/track", "track"),
        ("/v1/t", "track"),
        ("/v1/identify", "identify"),
        ("/v1/i", "identify"),
        ("/v1/page", "page"),
        ("/v1/p", "page"),
        ("/v1/screen", "screen"),
        ("/v1/s", "screen"),
        ("/v1/group", "group"),
        ("/v1/g", "group"),
        ("/v1/alias", "alias"),
        ("/v1/a", "alias"),
    ],
)
async def test_a_single_call_gets_the_type_that_its_path_says(
    shop: Shop, path: str, kind: str
) -> None:
    said = await shop.post(path, {"anonymousId": "a-1"}, shop.public)
    assert (said.status_code, said.text) == (200, '{"success":true}')
    assert shop.events() == [{"type": kind, "anonymousId": "a-1"}]


async def test_a_batch_is_kept_byte_for_byte(shop: Shop) -> None:
    body = b'{ "batch" : [ {"event":"A", "n": 1.50} ,{"event":"\\u0042"} ], "sentAt": null }'
    assert (await shop.post("/v1/batch", body, shop.server)).status_code == 200
    (row,) = shop.rows()
    assert (row.body, row.events, row.source) == (body, 2, Source.SERVER)


async def test_rows_take_as_many_places_as_they_have_events(shop: Shop) -> None:
    for _ in range(2):
        await shop.post("/v1/b", {"batch": [VIEWED] * 3}, shop.public)
    assert [row.seq for row in shop.rows()] == [1, 4]


async def test_history_is_told_by_the_server_and_starts_nothing(shop: Shop) -> None:
    said = await shop.post("/v1/import", {"batch": [VIEWED]}, shop.server)
    assert said.status_code == 200
    assert (await shop.post("/v1/import", {"batch": [VIEWED]}, shop.public)).status_code == 403
    assert [(row.kind, row.source) for row in shop.rows()] == [("import", Source.IMPORT)]


async def test_an_empty_batch_is_fine_and_leaves_nothing(shop: Shop) -> None:
    assert (await shop.post("/v1/batch", {"batch": []}, shop.public)).status_code == 200
    assert shop.rows() == []


# -- the key ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("place", ["basic", "header", "body", "query"])
async def test_the_key_is_found_where_the_client_put_it(shop: Shop, place: str) -> None:
    body: dict[str, Any] = {"batch": [VIEWED]}
    headers = {}
    query = ""
    match place:
        case "basic":
            word = base64.b64encode(f"{shop.public}:".encode()).decode()
            headers = {"authorization": f"Basic {word}"}
        case "header":
            headers = {"x-write-key": f"{shop.public}:secret"}
        case "body":
            body["writeKey"] = shop.public
        case "query":
            query = f"?writeKey={shop.public}"
    said = await shop.post(f"/v1/batch{query}", body, headers=headers)
    assert said.status_code == 200
    assert len(shop.events()) == 1


async def test_a_single_call_too_may_carry_the_key_in_its_body(shop: Shop) -> None:
    assert (await shop.post("/v1/t", VIEWED | {"writeKey": shop.public})).status_code == 200


@pytest.mark.parametrize("key", [None, "", "pk_unknown", "WK:***"])
async def test_without_a_known_key_nothing_is_kept(shop: Shop, key: str | None) -> None:
    said = await shop.post("/v1/t", VIEWED, key)
    assert (said.status_code, said.json()["success"]) == (401, False)
    assert shop.rows() == []


async def test_an_admin_key_opens_no_door(shop: Shop) -> None:
    assert (await shop.post("/v1/t", VIEWED, shop.keys[Kind.ADMIN])).status_code == 401


# -- for ever bad, too large -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "body", "reason"),
    [
        ("/v1/batch", b"", "Expecting value"),
        ("/v1/batch", b"hello", "Expecting value"),
        ("/v1/batch", b"5", "Expected `object`"),
        ("/v1/batch", b"{}", "`batch` is missing"),
        ("/v1/batch", b'{"batch":{}}', "Expected `array`"),
        ("/v1/batch", b'{"batch":null}', "Expected `array`"),
        ("/v1/batch", b'{"batch":[1,2,]}', "Expecting value"),
        ("/v1/batch", b'{"batch":[{"a":"\x00"}]}', "Invalid control character"),
        ("/v1/batch", b'{"batch":[', "Expecting value"),
        ("/v1/batch", b"[" * 5000, "brackets"),
        ("/v1/t", b"[]", "Expected `object`"),
        ("/v1/t", b'{"a":1', "Expecting"),
        ("/v1/t", b"\x1f\x8bnot gzip", "begins like gzip"),
        ("/v1/t", gzip.compress(b"{}", mtime=0)[:-5], "ends too early"),
        ("/v1/t", gzip.compress(b"{}", mtime=0) + b"more", "after the end"),
    ],
)
async def test_what_will_never_be_right_is_refused_with_its_reason(
    shop: Shop, path: str, body: bytes, reason: str
) -> None:
    said = await shop.post(path, body, shop.public)
    assert said.status_code == 400
    assert reason in said.json()["message"]
    assert "retry-after" not in said.headers
    assert shop.rows() == []


@pytest.mark.parametrize(
    "body",
    [
        b'{"event":"' + b"x" * 600_000 + b'"}',
        gzip.compress(b'{"event":"' + b"x" * 600_000 + b'"}'),
        gzip.compress(gzip.compress(b" " * 600_000) + b" " * 600_000),
    ],
)
async def test_too_large_is_too_large_packed_or_not(shop: Shop, body: bytes) -> None:
    said = await shop.post("/v1/t", body, shop.public)
    assert (said.status_code, said.json()["code"]) == (413, "too_large")


async def test_too_many_events_are_refused(shop: Shop) -> None:
    said = await shop.post("/v1/b", b'{"batch":[' + b"{}," * 2500 + b"{}]}", shop.public)
    assert (said.status_code, said.json()["code"]) == (413, "too_many")
    assert (
        await shop.post("/v1/b", b'{"batch":[' + b"{}," * 2499 + b"{}]}", shop.public)
    ).status_code == 200


async def test_a_bomb_is_never_unpacked(log: sa.Engine, tmp_path: Path) -> None:
    """300 MB of spaces in 300 kB: refused in less memory than a fiftieth of it."""
    bomb = gzip.compress(b" " * 300_000_000, 9)
    assert len(bomb) < Bounds().body
    async with opened(log, tmp_path) as shop:
        tracemalloc.start()
        try:
            said = await shop.post("/v1/t", bomb, shop.public)
            _, peak = tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()
    assert said.status_code == 413
    assert peak < 6_000_000


# -- clocks, networks, agents ----------------------------------------------------------------------


@pytest.mark.parametrize("header", [False, True])
async def test_the_row_tells_how_far_the_clients_clock_is_ahead(shop: Shop, header: bool) -> None:
    sent = (NOW + timedelta(hours=2)).isoformat()
    body = {"batch": [VIEWED]} | ({} if header else {"sentAt": sent})
    await shop.post("/v1/b", body, shop.public, headers={"sentat": sent} if header else {})
    assert shop.rows()[0].skew == 2 * 3600 * 1_000_000


@pytest.mark.parametrize("sent", ["yesterday", "", 1e300, {"a": 1}, True, "9999-99-99"])
async def test_a_clock_that_says_nonsense_says_nothing(shop: Shop, sent: object) -> None:
    assert (await shop.post("/v1/b", {"batch": [{}], "sentAt": sent}, shop.public)).is_success
    assert shop.rows()[0].skew == 0


async def test_of_a_network_only_a_salted_hash_of_its_prefix_is_kept(
    log: sa.Engine, tmp_path: Path
) -> None:
    seen = {}
    for client in ("93.41.7.8", "93.41.7.200", "93.41.8.8", "2001:db8::1", "2001:db8:0:ff::2"):
        async with opened(log, tmp_path / client, client=(client, 1)) as shop:
            await shop.post("/v1/t", VIEWED, shop.public, headers={"user-agent": "Firefox"})
            row = shop.rows()[-1]
            seen[client] = row.network
            assert row.agent == "Firefox"
            assert row.network
            assert "93" not in row.network or len(row.network) == 24
    assert seen["93.41.7.8"] == seen["93.41.7.200"] != seen["93.41.8.8"]
    assert seen["2001:db8::1"] == seen["2001:db8:0:ff::2"]


async def test_a_server_speaks_for_others(shop: Shop) -> None:
    """Its own agent looks like a robot's, its network is not the shopper's."""
    await shop.post("/v1/t", VIEWED, shop.server, headers={"user-agent": "python-requests/2"})
    assert (shop.rows()[0].agent, shop.rows()[0].network) == (None, None)


async def test_who_stands_behind_our_proxy_cannot_write_his_own_address(
    log: sa.Engine, tmp_path: Path
) -> None:
    said = {}
    async with opened(log, tmp_path, bounds=Bounds(proxies=1)) as shop:
        for forged in ("1.1.1.1, 93.41.7.9", "8.8.8.8, 93.41.7.9", "8.8.8.8, 5.5.5.5"):
            await shop.post("/v1/t", VIEWED, shop.public, headers={"x-forwarded-for": forged})
            said[forged] = shop.rows()[-1].network
    assert said["1.1.1.1, 93.41.7.9"] == said["8.8.8.8, 93.41.7.9"] != said["8.8.8.8, 5.5.5.5"]


# -- asked to wait ---------------------------------------------------------------------------------


async def test_one_network_is_asked_to_wait_and_others_are_not(
    log: sa.Engine, tmp_path: Path
) -> None:
    async with opened(log, tmp_path, bounds=Bounds(rate=1, burst=3)) as shop:
        answers = [await shop.post("/v1/t", VIEWED, shop.public) for _ in range(4)]
        assert [said.status_code for said in answers] == [200, 200, 200, 429]
        assert answers[-1].headers["retry-after"] == "1"
        assert (await shop.post("/v1/t", VIEWED, shop.server)).status_code == 200
        transport = httpx.ASGITransport(shop.door, client=("5.6.7.8", 1))
        shop.client = httpx.AsyncClient(transport=transport, base_url="http://door.test")
        assert (await shop.post("/v1/t", VIEWED, shop.public)).status_code == 200


async def test_when_live_is_far_behind_everybody_waits(log: sa.Engine, tmp_path: Path) -> None:
    async with opened(log, tmp_path, bounds=Bounds(lag=60)) as shop:
        await said_by_live(shop, 61)
        said = await shop.post("/v1/t", VIEWED, shop.server)
        assert (said.status_code, said.json()["code"]) == (429, "behind")
        assert 30 <= int(said.headers["retry-after"]) <= 90
        await said_by_live(shop, 59)
        assert (await shop.post("/v1/t", VIEWED, shop.server)).status_code == 200


async def said_by_live(shop: Shop, seconds: float) -> None:
    shop.behind = seconds
    await asyncio.sleep(1.2)  # the door asks once a second


# -- the shop's server says who left ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("events", "suppressed"),
    [
        ([("Unsubscribed", {})], True),
        ([("Consent Withdrawn", {"purposes": ["marketing"]})], True),
        ([("Consent Withdrawn", {"purposes": ["profiling"]})], False),
        ([("Unsubscribed", {}), ("Consent Given", {})], True),  # one moment: she left
        ([("Consent Given", {}), ("Unsubscribed", {})], True),
        ([("Consent Given", {})], False),
    ],
)
async def test_who_leaves_is_let_go_in_the_same_commit(
    shop: Shop, events: list[tuple[str, dict[str, Any]]], suppressed: bool
) -> None:
    batch = [
        {"type": "track", "event": name, "properties": {"email": "Anna@Example.IT"} | more}
        for name, more in events
    ]
    await shop.post("/v1/batch", {"batch": batch}, shop.server)
    assert is_suppressed(shop) is suppressed


async def test_the_public_key_unsubscribes_nobody(shop: Shop) -> None:
    left = {"type": "track", "event": "Unsubscribed", "properties": {"email": "anna@example.it"}}
    await shop.post("/v1/t", left, shop.public)
    assert not is_suppressed(shop)


async def test_history_suppresses_too(shop: Shop) -> None:
    address = {"email": "anna@example.it"}
    left = {"type": "track", "event": "Unsubscribed", "properties": address}
    await shop.post("/v1/import", {"batch": [left]}, shop.server)
    assert is_suppressed(shop)


async def test_one_event_that_admit_cannot_judge_costs_the_others_nothing(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As if an unforeseen fault lay in what every event goes through."""

    keep = admit._kept

    def fault(said: Any, name: str, properties: Any) -> bytes:
        return keep(said, name, properties | {"whole": 1 // (properties.get("odd") != 1)})

    monkeypatch.setattr(admit, "_kept", fault)
    address = {"email": "anna@example.it"}
    left = {"type": "track", "event": "Unsubscribed", "properties": address}
    odd = left | {"properties": address | {"odd": 1}}
    assert (await shop.post("/v1/batch", {"batch": [odd]}, shop.server)).status_code == 200
    assert not is_suppressed(shop)
    assert (await shop.post("/v1/batch", {"batch": [odd, left]}, shop.server)).status_code == 200
    assert is_suppressed(shop)


def is_suppressed(shop: Shop) -> bool:
    with shop.journal.connect() as connection:
        return bool(log_of.suppressed(connection, "shop", "email", "anna@example.it"))


# -- what is fetched before ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "asked", "allowed"),
    [
        ("/v1/t", "authorization", "authorization"),
        ("/v1/batch", "anonymousid,authorization,content-type,sentat", None),
        ("/v1/b", "authorization,x-tenant", None),
        ("/beacon/v1/batch", None, "x-write-key"),
        ("/v1/projects/pk_1/settings", "authorization", None),
        ("/sourceConfig/", "authorization", None),
    ],
)
async def test_a_browser_may_ask_whether_it_may(
    shop: Shop, path: str, asked: str | None, allowed: str | None
) -> None:
    headers = {"origin": "https://shop.example", "access-control-request-method": "POST"}
    if asked:
        headers["access-control-request-headers"] = asked
    said = await shop.client.options(path, headers=headers)
    assert said.status_code == 204
    assert said.headers["access-control-allow-origin"] == "https://shop.example"
    assert (allowed or asked or "") in said.headers["access-control-allow-headers"]
    assert int(said.headers["access-control-max-age"]) >= 600
    assert said.headers["vary"] == "origin"
    assert "access-control-allow-credentials" not in said.headers


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/v1/t", 405),
        ("POST", "/innesco.js", 405),
        ("POST", "/v1/nothing", 404),
        ("GET", "/v1/projects/pk_unknown/settings", 401),
        ("GET", "/v1/projects/a/b/settings", 404),
        ("GET", "/sourceConfig/", 401),
    ],
)
async def test_other_paths_and_methods(shop: Shop, method: str, path: str, status: int) -> None:
    said = await shop.client.request(method, path, headers={"origin": "https://shop.example"})
    assert said.status_code == status
    assert said.json()["success"] is False
    assert said.headers["access-control-allow-origin"] == "https://shop.example"


async def test_segments_library_is_told_to_send_to_us(shop: Shop) -> None:
    said = await shop.client.get(f"/v1/projects/{shop.public}/settings")
    segment = said.json()["integrations"]["Segment.io"]
    assert (segment["apiHost"], segment["protocol"]) == ("track.shop.example/v1", "https")


async def test_our_sdk_is_served_once_and_then_remembered(shop: Shop, tmp_path: Path) -> None:
    said = await shop.client.get("/innesco.js")
    assert (said.status_code, "npm run build" in said.json()["message"]) == (404, True)
    (tmp_path / "innesco.js").write_text("innesco = 1")
    first = await shop.client.get("/innesco.js")
    assert (first.text, first.headers["content-encoding"]) == ("innesco = 1", "gzip")
    assert "max-age" in first.headers["cache-control"]
    tag = {"if-none-match": first.headers["etag"]}
    assert (await shop.client.get("/innesco.js", headers=tag)).status_code == 304
    (tmp_path / "innesco.js").write_text("innesco = 2")
    assert (await shop.client.get("/innesco.js", headers=tag)).text == "innesco = 2"


def test_it_says_which_paths_are_its_own(shop: Shop) -> None:
    assert all(shop.door.handles(path) for path in ("/v1/batch", "/v1/projects/x/settings"))
    assert not any(shop.door.handles(path) for path in ("/", "/v1/", "/api/people", "/v1/batch/x"))


async def test_the_same_holds_on_postgresql(journal: sa.Engine, tmp_path: Path) -> None:
    """Odd bytes of a body, a NUL in a header: one database keeps them as the other."""
    bodies = [b'{"batch":[{"a":"\\u0000"},{"b":"\xff"}]}', json.dumps({"batch": [VIEWED]}).encode()]
    async with opened(journal, tmp_path) as shop:
        for body in bodies:
            said = await shop.post(
                "/v1/b", body, shop.public, headers={b"user-agent": b"\xff\xe9\0"}
            )
            assert said.status_code == 200
        assert [row.body for row in shop.rows()] == bodies
