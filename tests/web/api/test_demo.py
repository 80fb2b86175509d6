"""The demo's routes: the clock moves forward, and whatever stops a mail is said on the spot."""

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
import sqlalchemy as sa

from innesco.events.event import Source
from innesco.profiles.tokens import Secrets
from innesco.storage import clock, journal, tables
from innesco.storage.definitions import documents
from innesco.storage.journal import Entry
from innesco.workers.live import Live, Ports
from tests.web.api.shop import MINE, NOON, Shop

PATH = f"/api/workspaces/{MINE}/demo"


@pytest.fixture
def demo(tmp_path: Path) -> Iterator[Shop]:
    shop = Shop(tmp_path, demo=True)
    yield shop
    for name in shop.stores.__struct_fields__:
        getattr(shop.stores, name).dispose()


def test_the_clock_goes_forward_and_adds_up(demo: Shop) -> None:
    bar = demo.with_key("writing key")
    moved = [bar.post(f"{PATH}/clock", json={"hours": hours}).json() for hours in (2, 24)]
    assert [one["moved_seconds"] for one in moved] == [7_200, 93_600]
    assert clock.moved(demo.stores.control).total_seconds() == 93_600
    assert bar.post(f"{PATH}/clock", json={"hours": -1}).status_code == 400


def test_a_visitor_is_told_what_stops_a_mail(demo: Shop) -> None:
    bar = demo.with_key("writing key")
    assert "non ho ancora visto" in str(bar.post(f"{PATH}/visitor/phone").json()).lower()

    hears(demo, {"type": "track", "event": "Product Viewed"})
    assert blocked(demo) == ["No address is known: I cannot write."]

    said = {"email": "anna@example.com", "purposes": ["marketing"]}
    hears(demo, {"type": "track", "event": "Subscription Requested", "properties": said})
    assert [one.partition(":")[0] for one in blocked(demo)] == [
        "The subscription is not confirmed yet"
    ]


def test_looking_takes_the_visitor_out_of_control_groups_once_and_says_so(demo: Shop) -> None:
    hears(demo, {"type": "track", "event": "Product Viewed"})
    before = audited(demo)
    blocked(demo)
    reads(demo)
    blocked(demo)
    with demo.stores.people.connect() as connection:
        state = msgspec.msgpack.decode(connection.scalar(sa.select(tables.persons.c.state)))
    assert state["person"]["attributes"]["holdout_exempt"][0] is True
    assert audited(demo) == before + 1


def blocked(demo: Shop) -> list[str]:
    page = demo.with_key("writing key").post(f"{PATH}/visitor/phone").json()
    return [words["en"] for words in page["blocked"]]


def audited(demo: Shop) -> int:
    with demo.stores.control.connect() as connection:
        return connection.scalar(sa.select(sa.func.count()).select_from(tables.audit)) or 0


def hears(demo: Shop, event: dict[str, object]) -> None:
    body = msgspec.json.encode({"batch": [event | {"anonymousId": "phone"}]})
    entry = Entry(MINE, Source.PUBLIC, "pk", body=body)
    journal.append(demo.stores.journal, [entry], NOON)
    reads(demo)


def reads(demo: Shop) -> None:
    stores = demo.stores
    live = Live(
        Ports(
            stores.journal,
            stores.people,
            lambda workspace: Secrets((("k1", b"a secret for tests only"),)),
            documents(stores.control),
            lambda: NOON,
        )
    )
    while live.catch_up().rows:
        pass
