"""Each row of the page's table that admit and live refuse: by itself, through the real log.

Two good neighbours stand around what is bad and must be kept, and the next request is read as if
nothing had been.
"""

from pathlib import Path

import pytest
import sqlalchemy as sa

from innesco.storage import tables
from tests.way import shop as ways
from tests.web.door.refusals import GOOD, rows_of
from tests.web.door.shop import NOW, Shop, opened

TRACK = b'{"type":"track","event":"A","anonymousId":"a-1","properties":{"x":%b}}'
ADMIT: dict[str, dict[bytes, str]] = {
    "an event larger than 32 kB": {TRACK % (b'"%b"' % (b"x" * 33_000)): "larger than 32768 bytes"},
    '`NaN`, `Infinity`, half a surrogate pair (`"\\ud83d"`), bytes that are no UTF-8': {
        TRACK % b"NaN": "NaN and Infinity",
        TRACK % b"[1,-Infinity]": "NaN and Infinity",
        TRACK % b'"\\ud83d"': "half a surrogate pair",
        TRACK % b'"\xff\xfe"': "no UTF-8",
    },
    "a NUL character, a number beyond 2^53, more than 32 levels deep": {
        TRACK % b'"a\\u0000b"': "NUL",
        TRACK % b"9007199254740993": "beyond 2^53",
        TRACK % b"-1e300": "beyond 2^53",
        TRACK % (b"9" * 5000): "beyond 2^53",
        TRACK % (b"[" * 33 + b"]" * 33): "deeper than 32",
        TRACK % (b"[" * 5000 + b"]" * 5000): "deeper than 32",
    },
    "an event that is no object; a track call without a name; an unknown type": {
        b"5": "Expected `object`",
        b'{"type":"track","anonymousId":"a-1"}': "needs a name",
        b'{"type":"eat","anonymousId":"a-1"}': "unknown type",
    },
    "a moment that is none, or before 2000": {
        b'{"type":"page","anonymousId":"a-1","timestamp":"2026-02-30T25:61Z"}': "not a moment",
        b'{"type":"page","anonymousId":"a-1","timestamp":"1999-12-31T00:00:00Z"}': "before",
    },
}
LIVE = "a checksum that does not hold"
POISON = [(what, poison) for what, of_row in ADMIT.items() for poison in of_row]


def test_each_row_has_its_story() -> None:
    assert {*ADMIT} == {row.what for row in rows_of("admit")}
    assert [row.what for row in rows_of("live")] == [LIVE]


@pytest.mark.parametrize(("what", "poison"), POISON, ids=[f"{n}" for n in range(len(POISON))])
async def test_admit_refuses_it_by_itself(what: str, poison: bytes, tmp_path: Path) -> None:
    way = ways.Shop(tmp_path / "way")
    async with opened(way.journal, tmp_path) as shop:
        batch = b'{"batch":[%b,%b,%b]}' % (GOOD % b"before", poison, GOOD % b"after")
        assert (await shop.post("/v1/batch", batch, shop.server)).status_code == 200
        way.now = NOW
        way.read()
        ((reason, body),) = quarantined(way)
        assert ADMIT[what][poison] in reason
        assert body == poison[: 32 * 1024]
        assert len(way.kept()["history"]) == 2
        await gone_on(shop, way)
    way.close()


async def test_live_refuses_what_was_damaged_on_disk(tmp_path: Path) -> None:
    way = ways.Shop(tmp_path / "way")
    async with opened(way.journal, tmp_path) as shop:
        batch = b'{"batch":[%b,%b,%b]}' % (GOOD % b"before", GOOD % b"m-3", GOOD % b"after")
        assert (await shop.post("/v1/batch", batch, shop.server)).status_code == 200
        with way.journal.begin() as connection:
            flipped = sa.update(tables.log).values(body=batch.replace(b"m-3", b"m-2"))
            connection.execute(flipped.where(tables.log.c.kind == "events"))
        way.read()
        ((reason, body),) = quarantined(way)
        assert "checksum differs" in reason
        assert body == GOOD % b"m-2"
        assert len(way.kept()["history"]) == 2
        await gone_on(shop, way)
    way.close()


async def gone_on(shop: Shop, way: ways.Shop) -> None:
    """A request after it is read as if nothing had been."""
    assert (await shop.post("/v1/t", GOOD % b"later", shop.server)).status_code == 200
    way.read()
    assert len(way.kept()["history"]) == 3


def quarantined(way: ways.Shop) -> list[tuple[str, bytes]]:
    held = tables.quarantine.c
    with way.people.connect() as connection:
        return [
            (why, bytes(body))
            for why, body in connection.execute(sa.select(held.reason, held.body))
        ]
