"""What real libraries sent, replayed: the door answers as they need, and keeps every byte."""

import base64
import gzip
import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from innesco.events.admit import Customs, Letter, admit
from innesco.events.body import events_of, sums_of
from innesco.events.event import Admitted, Source
from tests.web.door.shop import Shop, opened

FOLDER = Path(__file__).parent / "recordings"
RECORDINGS = sorted(FOLDER.glob("*.jsonl"))
FAKE_KEY, FAKE_BASIC = "WK_TEST", "V0tfVEVTVDo="

VISIT = Counter(page=1, identify=1, track=2)
"""What each browser did: came, said who she is, looked at a shoe, put it into the cart."""

KEPT = {
    "browser_rudder": VISIT,
    "browser_rudder_batch": VISIT,
    "browser_rudder_beacon": VISIT,
    "browser_segment": VISIT,
    "browser_segment_batching": VISIT,
    "browser_segment_headers": VISIT,
    "browser_segment_unload": VISIT,
    "browser_segment_xorigin": VISIT,
    "node_rudder": Counter(page=1, identify=1, track=1),
    "node_segment": Counter(page=1, identify=1, track=2, group=1, alias=1),
    "py_rudder": Counter(page=1, identify=1, track=3, group=1, alias=1),
    "py_segment": Counter(page=1, identify=1, track=3, group=1, alias=1, screen=1),
    "py_segment_gz": Counter(page=1, identify=1, track=3, group=1, alias=1, screen=1),
}


def requests(recording: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in recording.read_text().splitlines()]


@pytest.mark.parametrize("recording", RECORDINGS, ids=lambda path: path.stem)
async def test_recording(recording: Path, journal: sa.Engine, tmp_path: Path) -> None:
    async with opened(journal, tmp_path) as shop:
        for request in requests(recording):
            if request["path"] != "/favicon.ico":
                await replay(shop, request)
        kept = json.loads(json.dumps(shop.events()).replace(shop.public, FAKE_KEY))
        assert Counter(event["type"] for event in kept) == KEPT[recording.stem]
        assert kept == [event for request in requests(recording) for event in sent(request)]
        for row in shop.rows():
            check_row(row)


async def replay(shop: Shop, request: dict[str, Any]) -> None:
    """The recorded request with the shop's own key in the place of the fake one."""
    text = json.dumps(request["body"]) if request["body"] else ""
    body = text.replace(FAKE_KEY, shop.public).encode()
    headers = [(name, with_key(value, shop)) for name, value in request["headers"]]
    headers = [pair for pair in headers if pair[0].lower() not in ("content-length", "host")]
    if any(name.lower() == "content-encoding" for name, _ in headers):
        body = gzip.compress(body)
    path = request["path"].replace(FAKE_KEY, shop.public)
    said = await shop.client.request(request["method"], path, content=body, headers=headers)
    origin = dict(request["headers"]).get("Origin")
    assert said.headers.get("access-control-allow-origin") == origin
    match request["method"], path.partition("?")[0]:
        case "POST", _:
            assert (said.status_code, said.text) == (200, '{"success":true}')
        case "OPTIONS", _:
            asked = dict(request["headers"])["Access-Control-Request-Headers"]
            assert (said.status_code, said.headers["access-control-allow-headers"]) == (204, asked)
        case _, "/sourceConfig/":
            assert said.json()["source"]["destinations"] == []
        case _:
            assert said.json()["integrations"]["Segment.io"]["apiKey"] == shop.public


def with_key(value: str, shop: Shop) -> str:
    return value.replace(FAKE_BASIC, base64.b64encode(f"{shop.public}:".encode()).decode())


def sent(request: dict[str, Any]) -> list[Any]:
    if request["method"] != "POST":
        return []
    return request["body"]["batch"] if "batch" in request["body"] else [request["body"]]


def check_row(row: Any) -> None:
    """Checksums hold, and each of these events is one that will be admitted."""
    events = events_of(row.body)
    assert (len(events), sums_of(events)) == (row.events, row.sums)
    assert (row.workspace, row.source) == ("shop", Source.PUBLIC)
    for n, raw in enumerate(events):
        letter = Letter(row.seq + n, row.received, row.source, row.key, row.skew)
        assert isinstance(admit(bytes(raw), letter, Customs()), Admitted)
