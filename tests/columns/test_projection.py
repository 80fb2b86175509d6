"""The projection follows the feed: in any batches, through merges, restarts and from scratch."""

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pyarrow as pa
import pytest

from innesco.columns import feed, projection, socket
from innesco.columns.owner import Owner
from innesco.columns.questions import EventCounts, Funnel, Members, Totals
from innesco.columns.seen import Seen
from innesco.conditions.did import Did
from innesco.conditions.operators.number import AtLeast
from innesco.events.event import EPOCH, micros
from innesco.profiles.person import Person
from innesco.storage import tables as stored
from innesco.storage.engines import sqlite_engine
from innesco.workers.columns import Columns, run_columns

NOW = datetime(2026, 3, 8, 12, tzinfo=UTC)
TODAY = (NOW - EPOCH).days


def viewed(
    person: str, seq: int, name: str = "Product Viewed", day: int = TODAY
) -> feed.HistoryRow:
    moment = micros(EPOCH + timedelta(days=day, hours=11, seconds=seq))
    return feed.HistoryRow(person, moment, seq, day, name, "public", False, {"color": "red"}, ())


def known(*names: str) -> list[feed.PersonRow]:
    return [feed.person_row(Person(id=name)) for name in names]


PHONE, TABLET = feed.AliasRow("phone", "tablet"), feed.AliasRow("tablet", "anna")
CHANGES = [
    feed.Change(3, 2, feed.Told([viewed("anna", 1), viewed("tablet", 2)], known("anna", "tablet"))),
    feed.Change(4, 3, feed.Told([viewed("phone", 3)], known("phone"))),
    feed.Change(7, 5, feed.Told([viewed("tablet", 5)], known("tablet"), [PHONE])),
    feed.Change(9, 6, feed.Told([viewed("anna", 6)], known("anna"), [TABLET])),
]


@pytest.mark.parametrize("size", [1, 2, 4])
@pytest.mark.parametrize("sorted_after", [None, 1, 2])
def test_batches_and_sorting_change_nothing(
    tmp_path: Path, size: int, sorted_after: int | None
) -> None:
    """Phone became tablet, tablet became anna: all five views are hers."""
    owner = Owner(tmp_path)
    with owner.cursor("shop") as cursor:
        for n in range(0, len(CHANGES), size):
            projection.apply(cursor, CHANGES[n : n + size])
            if sorted_after is not None and n >= sorted_after:
                projection.recluster(cursor)
        rows = cursor.execute("SELECT person, seq FROM events ORDER BY seq").fetchall()
        people = cursor.execute("SELECT person FROM persons").fetchall()
        assert rows == [("anna", seq) for seq in (1, 2, 3, 5, 6)]
        assert people == [("anna",)]
        assert projection.position(cursor) == 9
        five = Members(Did("Product Viewed", is_=AtLeast(5)), NOW, "Europe/Rome")
        assert five.answer(cursor)["person"].to_pylist() == ["anna"]
    owner.close()


def test_half_a_batch_is_no_batch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever breaks, rows and position go together; a restart takes the batch again."""
    owner = Owner(tmp_path)
    with owner.cursor("shop") as cursor, monkeypatch.context() as broken:
        broken.setattr(
            projection, "_merge", lambda *_: (_ for _ in ()).throw(RuntimeError("power"))
        )
        with pytest.raises(RuntimeError):
            projection.apply(cursor, CHANGES)
        assert projection.position(cursor) == 0
    owner.close()

    again = Owner(tmp_path)
    with again.cursor("shop") as cursor:
        projection.apply(cursor, CHANGES)
        assert cursor.execute("SELECT count(*) FROM events").fetchall() == [(5,)]
    again.close()


def test_a_file_of_another_version_is_made_anew(tmp_path: Path) -> None:
    owner = Owner(tmp_path)
    with owner.cursor("shop") as cursor:
        projection.apply(cursor, CHANGES)
        cursor.execute("UPDATE state SET version = 0").fetchall()
    owner.close()
    again = Owner(tmp_path)
    assert again.position("shop") == 0
    again.close()


def test_workspaces_do_not_meet(tmp_path: Path) -> None:
    owner = Owner(tmp_path)
    with owner.cursor("shop") as one, owner.cursor("Shop") as other:
        projection.apply(one, CHANGES)
        assert Totals().answer(other).to_pylist() == [
            {"events": 0, "people": 0, "seq": 0, "position": 0}
        ]
    owner.close()


def test_the_funnel_counts_people_and_events_of_each_day(tmp_path: Path) -> None:
    owner = Owner(tmp_path)
    rows = [
        viewed("anna", 1),
        viewed("anna", 2),
        viewed("bruno", 3),
        viewed("anna", 4, "Product Added"),
        viewed("anna", 5, "Product Viewed", day=TODAY - 1),
        viewed("anna", 6, "Product Viewed", day=TODAY - 9),
    ]
    with owner.cursor("shop") as cursor:
        projection.apply(cursor, [feed.Change(1, 6, feed.Told(rows, known("anna", "bruno")))])
        table = Funnel(NOW, "Europe/Rome").answer(cursor).to_pylist()
        counts = EventCounts(TODAY, TODAY).answer(cursor).to_pylist()
        names = Seen("event").answer(cursor).to_pylist()
    owner.close()
    assert len(table) == (7 + 1) * (4 + 1)
    today = {row["name"]: (row["people"], row["events"]) for row in table if row["day"] == TODAY}
    assert today == {
        "": (2, 4),
        "Product Viewed": (2, 3),
        "Product Added": (1, 1),
        "Checkout Started": (0, 0),
        "Order Completed": (0, 0),
    }
    week = {row["name"]: (row["people"], row["events"]) for row in table if row["day"] is None}
    assert week[""] == (2, 5)
    assert week["Product Viewed"] == (2, 4)
    assert counts[1] == {"day": TODAY, "name": "Product Viewed", "events": 3, "people": 2}
    assert names[0] == {"value": "Product Viewed", "kind": "text", "times": 5}


async def test_the_role_follows_and_answers(tmp_path: Path) -> None:
    """As the other roles see it: live writes, a moment later the answer has it."""
    engine = sqlite_engine(tmp_path / "people.sqlite")
    stored.people.create_all(engine)
    with engine.begin() as connection:
        for change in CHANGES:
            feed.append(connection, "shop", change.told)
            feed.append(connection, "other", change.told)
    columns, stop = Columns(engine, tmp_path), asyncio.Event()
    with pytest.raises(socket.NotAnswered, match="not running"):
        await socket.ask(tmp_path, "shop", Totals())

    role = asyncio.create_task(run_columns(columns, stop))
    table = await until(tmp_path, events=5)
    assert table.to_pylist() == [{"events": 5, "people": 1, "seq": 6, "position": 7}]
    with pytest.raises(socket.NotAnswered, match="Invalid enum value"):
        await socket.ask(tmp_path, "shop", Seen("person"))  # type: ignore[arg-type]
    with engine.begin() as connection:
        feed.append(connection, "shop", feed.Told([viewed("anna", 9)]))
    await until(tmp_path, events=6)
    stop.set()
    await role
    columns.close()
    engine.dispose()


async def until(data: Path, events: int) -> pa.Table:
    """Ask again until the columns have caught up; the test's own limit ends it else."""
    for _ in range(200):
        await asyncio.sleep(0.05)
        try:
            table = await socket.ask(data, "shop", Totals())
        except socket.NotAnswered:
            continue
        if table["events"].to_pylist() == [events]:
            return table
    raise AssertionError(f"the columns never came to {events} events")
