"""1,500 odd requests: always an answer, never a 5xx, and the door goes on."""

import asyncio
from collections import Counter
from pathlib import Path

import sqlalchemy as sa
from hypothesis import HealthCheck, Phase, given, settings

from innesco.events.admit import Customs, Letter, admit
from innesco.events.body import events_of
from innesco.web.door.ports import Bounds
from tests.web.door.odd import Odd, odd_requests
from tests.web.door.shop import Shop, opened

VIEWED = {"type": "track", "event": "Product Viewed", "messageId": "the last"}


async def test_odd_requests_get_an_answer_and_harm_nobody(log: sa.Engine, tmp_path: Path) -> None:
    async with opened(log, tmp_path, bounds=Bounds(rate=1e9, burst=1e9)) as shop:
        seen = await asyncio.to_thread(send_many, shop, asyncio.get_running_loop())
        said = await shop.post("/v1/t", VIEWED, shop.public)
        assert said.status_code == 200
        assert shop.events_of_the_last_row() == [VIEWED]
        everything_kept_can_be_judged(shop)
    assert seen[200] > 150, seen  # else the inputs were only noise
    assert seen[400] > 150, seen


def send_many(shop: Shop, loop: asyncio.AbstractEventLoop) -> Counter[int]:
    seen: Counter[int] = Counter()

    @settings(
        max_examples=1500,
        deadline=None,
        database=None,
        phases=[Phase.explicit, Phase.generate, Phase.shrink],
        suppress_health_check=list(HealthCheck),
    )
    @given(odd_requests(shop.public))
    def send(odd: Odd) -> None:
        asked = shop.client.request(odd.method, odd.path, headers=odd.headers, content=odd.body)
        said = asyncio.run_coroutine_threadsafe(asked, loop).result(10)
        seen[said.status_code] += 1
        assert said.status_code < 500

    send()
    return seen


def everything_kept_can_be_judged(shop: Shop) -> None:
    for row in shop.rows():
        events = events_of(row.body)
        assert len(events) == row.events
        for raw in events:
            admit(bytes(raw), Letter(row.seq, row.received, row.source, row.key), Customs())
