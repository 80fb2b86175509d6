"""Segments are published while the shop is open: columns asks all, live goes on, none is missed."""

import random
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import msgspec
import pytest

from innesco.columns.questions import Members
from innesco.conditions.membership import InSegment
from innesco.definitions.workspace import Workspace
from innesco.events.event import Source
from innesco.main import Innesco, make_columns, make_live
from innesco.settings import Settings
from innesco.storage import definitions, editions, journal, people, published, views, workspaces
from innesco.storage.audit import PROGRAM
from innesco.storage.definitions import Name
from innesco.storage.engines import writing
from innesco.storage.open import close, open_stores
from tests.way.test_publication import HOURS, LOOKS, NEVER_BOUGHT, segment, viewed

SHOP = "bottega"
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
TODAY = {"window": "days", "days": 1}
SPENT = {
    "kind": "did",
    "event": "Order Completed",
    "of": {"figure": "sum", "property": "value"},
    "is": {"operator": ">=", "number": 5000},
}
CITY = {"kind": "attribute", "name": "city", "is": {"operator": "one of", "texts": ["Torino"]}}
SEGMENTS = [
    segment("looking", viewed(2, window=HOURS)),
    segment("today", viewed(1, window=TODAY)),
    segment("torino", CITY, NEVER_BOUGHT),
    segment("spent", SPENT),
    segment("warm", LOOKS, NEVER_BOUGHT),
]


class House:
    """Real stores, a real live, real columns; who works next is drawn."""

    def __init__(self, data: Path) -> None:
        self.now = NOON
        settings = Settings(data=data)
        self.stores = open_stores(settings)
        self.innesco = Innesco(settings, self.stores, lambda: self.now)
        control, log = self.stores.control, self.stores.journal
        workspaces.create(control, log, SHOP, Workspace(name="Bottega"), PROGRAM, NOON, NOON)
        self.live = make_live(self.innesco)
        self.columns, self.asking = make_columns(self.innesco)
        self.n = 0

    def hears(self, user: str, name: str, **properties: Any) -> None:
        self.n += 1
        said: dict[str, Any] = {"userId": user, "messageId": f"m{self.n}"}
        if name == "Identified":
            said |= {"type": "identify", "traits": properties}
        else:
            said |= {"type": "track", "event": name, "properties": properties}
        body = msgspec.json.encode({"batch": [said]})
        entry = journal.Entry(SHOP, Source.SERVER, "sk", body=body)
        journal.append(self.stores.journal, [entry], self.now)

    def publish(self, document: dict[str, Any]) -> None:
        name = Name(SHOP, "segment", document["id"])
        with writing(self.stores.control).begin() as connection:
            body = msgspec.json.encode(document)
            definitions.save_draft(connection, name, body, PROGRAM, NOON)
        definitions.publish(
            self.stores.control, self.stores.journal, name, PROGRAM, self.now, self.now
        )

    def settle(self) -> None:
        """Until nobody has anything to do."""
        while sum([self.reads(), self.columns.follow(), self.asking.ask()]):
            continue

    def reads(self) -> int:
        heard = self.live.catch_up().rows
        return heard + self.live.take_answers() + self.live.hear_clock()


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    one = House(tmp_path)
    yield one
    one.columns.close()
    close(one.stores)


@pytest.mark.parametrize("seed", range(4))
def test_published_under_load_the_same_people_belong(house: House, seed: int) -> None:
    draw = random.Random(seed)
    for _ in range(300):
        something(house, draw)
    house.settle()
    waiting = [*SEGMENTS, segment("looking", viewed(3)), segment("torino", CITY)]
    while waiting:
        house.publish(waiting.pop(0))
        for _ in range(30):
            something(house, draw)
            draw.choice([house.reads, house.columns.follow, house.asking.ask, lambda: 0])()
    house.settle()
    belong = {name: members(house, name) for name in served(house)}
    assert belong == {name: of_whom_it_holds(house, name) for name in belong}
    assert belong == {name: as_columns_say(house, name) for name in belong}
    assert all(belong.values()), "each has somebody, or this proves little"


def test_who_columns_put_in_leaves_by_time_alone_at_the_exact_moment(house: House) -> None:
    house.hears("anna", "Product Viewed", product_id="A")
    house.hears("anna", "Product Viewed", product_id="B")
    house.settle()
    house.now += timedelta(minutes=10)
    house.publish(SEGMENTS[0])
    house.settle()
    assert len(members(house, "looking")) == 1
    house.now = NOON + timedelta(hours=2)
    assert not house.live.hear_clock()
    house.now += timedelta(microseconds=1)
    house.settle()
    assert members(house, "looking") == as_columns_say(house, "looking") == set()


def test_a_second_publication_waits_for_nobody_and_is_asked_once(house: House) -> None:
    house.hears("anna", "Product Viewed", product_id="A")
    house.settle()
    house.publish(SEGMENTS[1])
    house.publish(segment("today", viewed(1)))
    house.settle()
    with house.stores.people.connect() as connection:
        first, second = editions.every(connection, SHOP)
    assert (first.because, second.because, second.rows) == ("replaced", None, 1)
    files = list((house.innesco.settings.data / "answers").iterdir())
    assert files == [], "what was taken is not kept"


def test_answers_that_were_lost_are_asked_for_again(house: House) -> None:
    house.hears("anna", "Product Viewed", product_id="A")
    house.settle()
    house.publish(SEGMENTS[1])
    house.reads()
    house.columns.follow()
    assert house.asking.ask() == 1
    assert house.asking.ask() == 0, "the log knows, live only has not read it yet"
    shutil.rmtree(house.innesco.settings.data / "answers")
    house.settle()
    assert len(members(house, "today")) == 1


def test_one_that_must_wait_keeps_no_other_of_the_same_place_from_being_asked(house: House) -> None:
    """Two follow one segment from one place of the log on; one waits for what serves later."""
    house.hears("anna", "Product Viewed", product_id="A")
    house.settle()
    house.publish(SEGMENTS[1])
    house.settle()
    today = {"kind": "in segment", "segment": "today"}
    house.publish(segment("first", today))
    house.settle()
    house.publish(segment("today", viewed(1)))
    house.reads()
    house.columns.follow()
    house.asking.ask()
    house.publish(SEGMENTS[2])
    house.publish(segment("second", today, {"kind": "in segment", "segment": "torino"}))
    while house.reads():  # the new edition of today serves: first and second are asked anew
        continue
    with house.stores.people.connect() as connection:
        waiting = [one for one in editions.standing(connection, SHOP) if one.whole is None]
    assert sorted(one.segment for one in waiting) == ["first", "second", "torino"]
    assert len({one.seq for one in waiting}) == 2
    house.settle()
    assert served(house).keys() == {"today", "first", "second", "torino"}


def something(house: House, draw: random.Random) -> None:
    """Somebody does something, some minutes later."""
    house.now += timedelta(minutes=draw.choice([0, 0, 1, 7]))
    user = f"u{draw.randrange(60)}"
    match draw.randrange(5):
        case 0:
            house.hears(user, "Order Completed", order_id=f"o{house.n}", total=draw.choice([9, 60]))
        case 1:
            house.hears(user, "Identified", city=draw.choice(["Torino", "TORINO", "Milano"]))
        case _:
            house.hears(user, "Product Viewed", product_id=draw.choice("AB"))


def served(house: House) -> dict[str, str]:
    with house.stores.people.connect() as connection:
        return editions.served(connection, SHOP)


def members(house: House, segment: str) -> set[str]:
    key = served(house)[segment]
    with house.stores.people.connect() as connection:
        states = people.load(connection, SHOP, everybody(house))
    return {name for name, state in states.items() if key in state.person.segments}


def of_whom_it_holds(house: House, segment: str) -> set[str]:
    with house.stores.people.connect() as connection:
        document = definitions.documents(house.stores.control)
        known = published.decoded(connection, SHOP, document)
        when = known.segments[known.served[segment]].when
        rome = ZoneInfo("Europe/Rome")
        names = everybody(house)
        seen = {one: views.now(connection, SHOP, one, house.now, rome) for one in names}
    return {one for one, view in seen.items() if view and when.holds(view)}


def as_columns_say(house: House, segment: str) -> set[str]:
    with house.columns.owner.cursor(SHOP) as cursor:
        question = Members(InSegment(segment), house.now, "Europe/Rome")
        return set(question.answer(cursor)["person"].to_pylist())


def everybody(house: House) -> list[str]:
    with house.columns.owner.cursor(SHOP) as cursor:
        return [name for (name,) in cursor.execute("SELECT person FROM persons").fetchall()]
