"""Each row of the page's table that the door answers for, with its number and its code."""

import asyncio
import gzip
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import sqlalchemy as sa
from msgspec.structs import replace

from innesco.storage import journal as log_of
from innesco.storage.journal import Entry
from innesco.storage.keys import Kind
from innesco.web.door import intake
from innesco.web.door.ports import Bounds
from tests.web.door.refusals import GOOD, Row, codes, rows_of
from tests.web.door.shop import Shop, opened


class Ask(NamedTuple):
    """A request at a door, and how the door stands."""

    path: str = "/v1/t"
    body: bytes = GOOD
    kind: Kind | None = Kind.PUBLIC
    method: str = "POST"
    bounds: Bounds = Bounds()
    before: int = 0  #: as many good ones are said first
    behind: float = 0.0  #: seconds
    fails: Exception | None = None  #: what keeping it raises
    open: bool = True
    slow: bool = False
    key: str = ""


ROWS = rows_of("door")
PACKED = gzip.compress(GOOD, mtime=0)
FULL = sa.exc.OperationalError("INSERT", {}, Exception("database or disk is full"))
DOOR: dict[str, list[Ask]] = {
    "draining (we shut down)": [Ask(open=False)],
    "too much waits for the disk (4,000 requests or 64 MB)": [
        Ask(bounds=Bounds(waiting_requests=0)),
        Ask(bounds=Bounds(waiting_bytes=10)),
    ],
    "what came in is worked off too late (15 minutes)": [Ask(behind=901)],
    "public key: more than 1,000 requests or kB a second from one network, after the first "
    "20,000": [Ask(bounds=Bounds(rate=0.1, burst=2), before=2)],
    "more than 512 kB, unpacked, or more than 2,500 events": [
        Ask(body=GOOD.ljust(512 * 1024 + 1)),
        Ask(body=gzip.compress(GOOD.ljust(512 * 1024 + 1))),
        Ask("/v1/b", b"[%b]" % b",".join([b"{}"] * 2501)),
    ],
    "a body that takes longer than 30 s": [Ask(slow=True)],
    "gzip that is none, is cut, or has something behind it": [
        Ask(body=b"\x1f\x8bnot gzip"),
        Ask(body=PACKED[:-5]),
        Ask(body=PACKED + b"more"),
    ],
    "no JSON; no object; no `batch`; `batch` is no list": [
        Ask(body=b"hello"),
        Ask(body=b"[]"),
        Ask("/v1/batch", b"{}"),
        Ask("/v1/batch", b'{"batch":{}}'),
    ],
    "no key; a key unknown or revoked; an admin key": [
        Ask(kind=None),
        Ask(key="pk_somebody_elses"),
        Ask(kind=Kind.ADMIN),
    ],
    "history with the public key": [Ask("/v1/import", b"[%b]" % GOOD)],
    "an unknown path; a wrong method": [Ask("/v1/nothing"), Ask(method="PUT")],
    "`innesco.js` before it was built": [Ask("/innesco.js", b"", method="GET")],
    "the disk is full; the disk or the database fails": [
        Ask(fails=FULL),
        Ask(fails=OSError(5, "Input/output error")),
    ],
}


def test_each_row_has_its_story() -> None:
    assert {*DOOR} == {row.what for row in ROWS}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.what[:40])
async def test_the_door_answers_as_the_page_says(
    row: Row, log: sa.Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(intake, "SLOWEST_SECONDS", 0.05)
    heard = set()
    for n, ask in enumerate(DOOR[row.what]):
        said, kept = await told(ask, log, tmp_path / str(n))
        heard.add((said.status_code, said.json()["code"]))
        assert ("retry-after" in said.headers) == ("`Retry-After`" in row.happens)
        assert kept == ask.before
    assert heard == codes(row.happens)


async def told(ask: Ask, log: sa.Engine, folder: Path) -> tuple[Any, int]:
    """The door's answer, and how many rows the log has gained."""
    before = log_of.head(log)
    async with door(ask, log, folder) as shop:
        for n in range(ask.before):
            await shop.post("/v1/t", GOOD % b"%d" % n, shop.public)
        if not ask.open:
            shop.door._commits = None  # as at the end of `running`, with nobody waiting
        said = await ask_of(shop, ask)
    return said, len(log_of.read(log, before[0] if before else 0, 100))


@asynccontextmanager
async def door(ask: Ask, log: sa.Engine, folder: Path) -> AsyncIterator[Shop]:
    def append(entries: Sequence[Entry], now: datetime) -> object:
        if ask.fails:
            raise ask.fails
        return log_of.append(log, entries, now)

    folder.mkdir()
    late = lambda ports: replace(ports, lag=lambda: ask.behind)  # noqa: E731
    async with opened(log, folder, append, ask.bounds, late) as shop:
        await heard_of_lag(shop, ask.behind)
        yield shop


async def heard_of_lag(shop: Shop, seconds: float) -> None:
    """The door hears away from its loop how far live is behind."""
    for _ in range(200):
        if shop.door._lag == seconds:
            return
        await asyncio.sleep(0.01)


async def ask_of(shop: Shop, ask: Ask) -> Any:
    key = ask.key or (shop.keys[ask.kind] if ask.kind else "")
    headers = {"x-write-key": key} if key else {}
    content = slowly(ask.body) if ask.slow else ask.body
    return await shop.client.request(ask.method, ask.path, content=content, headers=headers)


async def slowly(body: bytes) -> AsyncIterator[bytes]:
    yield body[:9]
    await asyncio.sleep(1)
    yield body[9:]
