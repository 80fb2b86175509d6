"""The promise of the door: said to be kept is kept. And what it does when it cannot keep."""

import asyncio
import threading
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import pytest
import sqlalchemy as sa

from innesco.storage import journal as log_of
from innesco.storage.engines import writing
from innesco.storage.journal import Entry
from innesco.web.door.ports import Bounds
from tests.web.door.shop import Shop, opened

VIEWED = {"type": "track", "event": "Product Viewed", "anonymousId": "a-1"}


class Gate:
    """A journal whose commit waits at a gate, as behind a slow disk."""

    def __init__(self, engine: sa.Engine) -> None:
        self.engine = engine
        self.open = threading.Event()
        self.groups: list[int] = []

    def append(self, entries: Sequence[Entry], now: datetime) -> object:
        assert self.open.wait(20)
        self.groups.append(len(entries))
        return log_of.append(self.engine, entries, now)


async def test_nobody_is_told_before_the_commit(log: sa.Engine, tmp_path: Path) -> None:
    gate = Gate(log)
    async with opened(log, tmp_path, gate.append) as shop:
        asked = [asyncio.create_task(shop.post("/v1/t", VIEWED, shop.public)) for _ in range(20)]
        done, _ = await asyncio.wait(asked, timeout=0.3)
        assert (done, shop.rows()) == (set(), [])
        gate.open.set()
        assert {said.status_code for said in await asyncio.gather(*asked)} == {200}
        assert len(shop.rows()) == 20
        assert len(gate.groups) <= 2  # those who waited together were kept together


async def test_too_much_waiting_is_refused_at_once(log: sa.Engine, tmp_path: Path) -> None:
    gate = Gate(log)
    bounds = Bounds(waiting_requests=5)
    async with opened(log, tmp_path, gate.append, bounds) as shop:
        asked = [asyncio.create_task(shop.post("/v1/t", VIEWED, shop.public)) for _ in range(8)]
        done, _ = await asyncio.wait(asked, timeout=0.3)
        assert [task.result().status_code for task in done] == [429] * 3
        assert all(1 <= int(task.result().headers["retry-after"]) <= 5 for task in done)
        gate.open.set()
        await asyncio.gather(*asked)
        assert len(shop.rows()) == 5
        assert (await shop.post("/v1/t", VIEWED, shop.public)).status_code == 200


async def test_the_bound_is_on_bytes_too(log: sa.Engine, tmp_path: Path) -> None:
    gate = Gate(log)
    async with opened(log, tmp_path, gate.append, Bounds(waiting_bytes=100_000)) as shop:
        large = VIEWED | {"properties": {"text": "x" * 60_000}}
        first = asyncio.create_task(shop.post("/v1/t", large, shop.public))
        await asyncio.sleep(0.1)
        assert (await shop.post("/v1/t", large, shop.public)).status_code == 429
        gate.open.set()
        assert (await first).status_code == 200
        assert (await shop.post("/v1/t", large, shop.public)).status_code == 200


async def test_at_the_end_what_was_taken_in_is_kept(log: sa.Engine, tmp_path: Path) -> None:
    gate = Gate(log)
    async with opened(log, tmp_path, gate.append) as shop:
        early = asyncio.create_task(shop.post("/v1/t", VIEWED, shop.public))
        await asyncio.sleep(0.1)
        late = asyncio.create_task(said_while_closing(shop, gate))
    assert (await early).status_code == 200
    said = await late
    assert (said.status_code, said.json()["code"]) == (503, "draining")
    assert int(said.headers["retry-after"]) > 0
    assert len(shop.rows()) == 1


async def said_while_closing(shop: Shop, gate: Gate):  # type: ignore[no-untyped-def]
    said = await shop.client.post("/v1/t", json=VIEWED | {"writeKey": shop.public})
    gate.open.set()
    return said


async def test_a_full_disk_is_said_and_survived(log: sa.Engine, tmp_path: Path) -> None:
    """SQLite's own bound on pages stands for the disk: full, then freed."""
    with writing(log).begin() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()

    def append(entries: Sequence[Entry], now: datetime) -> object:
        with log.connect() as connection:
            connection.exec_driver_sql(f"PRAGMA max_page_count={most}")
        return log_of.append(log, entries, now)

    most = pages + 10
    large = VIEWED | {"properties": {"text": "x" * 30_000}}
    async with opened(log, tmp_path, append) as shop:
        answers = [await shop.post("/v1/t", large, shop.public) for _ in range(6)]
        kept = [said for said in answers if said.status_code == 200]
        full = [said for said in answers if said.status_code == 507]
        assert kept
        assert full
        assert len(kept) + len(full) == 6
        assert all(said.headers["retry-after"] for said in full)
        assert len(shop.rows()) == len(kept)
        most = pages + 10_000
        assert (await shop.post("/v1/t", large, shop.public)).status_code == 200
        assert len(shop.rows()) == len(kept) + 1


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (OSError(5, "Input/output error"), 503),
        (sa.exc.OperationalError("INSERT", {}, Exception("disk I/O error")), 503),
        (sa.exc.OperationalError("INSERT", {}, Exception("database or disk is full")), 507),
    ],
)
async def test_a_disk_that_fails_is_said_and_nothing_is_acknowledged(
    log: sa.Engine, tmp_path: Path, error: Exception, status: int
) -> None:
    broken = True

    def append(entries: Sequence[Entry], now: datetime) -> object:
        if broken:
            raise error
        return log_of.append(log, entries, now)

    async with opened(log, tmp_path, append) as shop:
        said = await shop.post("/v1/t", VIEWED, shop.public)
        assert (said.status_code, shop.rows()) == (status, [])
        broken = False
        assert (await shop.post("/v1/t", VIEWED, shop.public)).status_code == 200


async def test_at_the_end_a_slow_body_is_waited_for(log: sa.Engine, tmp_path: Path) -> None:
    async with opened(log, tmp_path) as shop:
        body = b'{"event":"A","writeKey":"%b"}' % shop.public.encode()
        parts = asyncio.Queue[dict[str, object]]()
        parts.put_nowait({"type": "http.request", "body": body[:9], "more_body": True})
        heard: list[dict[str, object]] = []
        asked = asyncio.create_task(shop.door(scope("/v1/t"), parts.get, into(heard)))
        await asyncio.sleep(0.05)
        asyncio.get_running_loop().call_later(
            0.2, parts.put_nowait, {"type": "http.request", "body": body[9:]}
        )
    await asyncio.wait_for(asked, 5)
    assert [message.get("status") for message in heard] == [200, None]
    assert len(shop.rows()) == 1


async def test_who_hangs_up_is_not_waited_for(log: sa.Engine, tmp_path: Path) -> None:
    async with opened(log, tmp_path) as shop:
        parts = asyncio.Queue[dict[str, object]]()
        parts.put_nowait({"type": "http.request", "body": b"{", "more_body": True})
        parts.put_nowait({"type": "http.disconnect"})
        heard: list[dict[str, object]] = []
        await shop.door(scope("/v1/t"), parts.get, into(heard))
        assert (heard, shop.rows()) == ([], [])
        assert (await shop.post("/v1/t", VIEWED, shop.public)).status_code == 200


def scope(path: str) -> dict[str, object]:
    asked = {"path": path, "query_string": b"", "headers": [], "client": ("93.41.7.8", 1)}
    return {"type": "http", "method": "POST"} | asked


def into(heard: list[dict[str, object]]):  # type: ignore[no-untyped-def]
    async def send(message: dict[str, object]) -> None:
        heard.append(message)

    return send
