"""The nightly work, forty days on: what goes, what stays, and that nobody notices."""

import asyncio
import fcntl
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa

from innesco.events.event import Source, micros
from innesco.settings import Settings
from innesco.storage import backup, history, journal, retention, tables
from innesco.storage.engines import writing
from innesco.storage.open import opened
from innesco.storage.outbox import copy
from innesco.storage.why import When
from innesco.workers import nightly
from innesco.workers.columns import Columns
from tests.postgres import postgres, postgres_url
from tests.why.house import NOON, SHOP, House, house, minute

__all__ = ["postgres", "postgres_url"]
DAY = 24 * 60
FORTY = 40 * DAY


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[House]:
    """Anna's cart and mail of forty days ago, something unreadable then, and Berta's of today."""
    with house(tmp_path / "data") as one:
        one.is_mailed(0)
        one.adds(1)
        one.hears("Product Added", 2, price=2**60)
        one.lives_until(120)
        for n in range(3):
            one.adds(FORTY + n, cart="c2", user="berta")
            one.lives_until(FORTY + n)
        yield one


def count(engine: sa.Engine, table: sa.Table) -> int:
    with engine.connect() as connection:
        return connection.scalar(sa.select(sa.func.count()).select_from(table)) or 0


def first(shop: House) -> int:
    rows = journal.read(shop.innesco.stores.journal, 0, 1)
    return rows[0].seq


def head(shop: House) -> int:
    """The last place of forty days ago."""
    with shop.innesco.stores.journal.connect() as connection:
        return journal.first_since(connection, micros(minute(FORTY))) - 1


def night(shop: House) -> nightly.Night:
    return nightly.work(shop.innesco.settings, shop.innesco.stores, shop.now)


def test_what_is_past_its_time_goes_and_records_stay(shop: House) -> None:
    stores = shop.innesco.stores
    kept = {
        name: count(engine, table)
        for name, engine, table in (
            ("history", stores.people, tables.history),
            ("consents", stores.people, tables.consents),
            ("decisions", stores.people, tables.decisions),
            ("published", stores.people, tables.published),
            ("messages", stores.outbox, tables.messages),
            ("suppressions", stores.journal, tables.suppressions),
            ("audit", stores.control, tables.audit),
        )
    }
    with stores.people.connect() as connection:
        feed = list(connection.scalars(sa.select(tables.changes.c.position)))
        todays = sa.select(tables.changes.c.position).where(tables.changes.c.seq > head(shop))
        fresh = list(connection.scalars(todays))
    assert len(fresh) > 1
    before, told = shop.why(), len(shop.mailbox.got)
    assert told == 1
    done = night(shop)
    assert done.failed == {}
    assert done.trimmed["log"] > 3
    assert (done.trimmed["quarantine"], done.trimmed["effects"]) == (1, 1)
    assert done.trimmed["changes"] == len(feed) - len(fresh)
    log = journal.read(stores.journal, 0)
    assert log[0].received >= shop.now - retention.LOG
    for name, rows in kept.items():
        where = {"messages": stores.outbox, "suppressions": stores.journal, "audit": stores.control}
        table = getattr(tables, name)
        assert (name, count(where.get(name, stores.people), table)) == (name, rows)
    assert shop.why() == before
    asked = shop.why(when=When(at=minute(2)))
    assert [one.what for one in asked.answer.missing] == ["log"]
    assert night(shop).trimmed == {}
    assert nightly.last(shop.innesco.settings.data) is not None


def test_the_log_goes_on_with_the_next_place(shop: House) -> None:
    """Nothing came for a hundred days: the last row stays, for the next place is counted from it"""
    stores = shop.innesco.stores
    shop.now = minute(150 * DAY)
    head = journal.head(stores.journal)
    assert head
    night(shop)
    assert len(journal.read(stores.journal, 0)) == 1
    shop.adds(150 * DAY, user="carla")
    assert journal.read(stores.journal, head[0])[0].seq == head[0] + 1
    shop.lives_until(150 * DAY + 1)
    assert shop.why(user="carla").answer.verdict == "inside"


def test_what_live_has_not_read_stays(shop: House) -> None:
    stores = shop.innesco.stores
    shop.adds(FORTY + 2, user="late")
    shop.adds(FORTY + 3, user="later")
    shop.now = minute(100 * DAY)
    unread = [row.seq for row in journal.read(stores.journal, 0)][-2:]
    night(shop)
    assert [row.seq for row in journal.read(stores.journal, 0)] == unread
    shop.lives_until(100 * DAY)
    assert shop.why(user="late").answer.verdict != "refused"


def test_what_deliver_has_not_copied_stays(tmp_path: Path) -> None:
    with house(tmp_path / "data") as shop:
        stores = shop.innesco.stores
        shop.is_mailed(0)
        shop.adds(1)
        shop.lives_until(120, deliver_too=False)
        shop.now = minute(FORTY)
        assert "effects" not in night(shop).trimmed
        assert copy(stores.people, stores.outbox) == 1
        assert night(shop).trimmed["effects"] == 1


def rows_of(columns: Columns) -> list[tuple[object, ...]]:
    with columns.owner.cursor(SHOP) as cursor:
        return cursor.execute("SELECT person, seq, name FROM events ORDER BY ALL").fetchall()


def test_columns_that_are_new_or_were_away_are_made_anew(shop: House, tmp_path: Path) -> None:
    people = shop.innesco.stores.people
    whole, away = Columns(people, tmp_path / "whole"), Columns(people, tmp_path / "away")
    try:
        whole.follow()
        night(shop)
        assert away.follow() > 0  # begins at 0, and the feed does not any more
        assert rows_of(away) == rows_of(whole) != []
        shop.adds(FORTY + 5, cart="c3", user="carla")
        shop.lives_until(FORTY + 6)
        assert whole.follow() > 0
        assert away.follow() > 0
        assert rows_of(away) == rows_of(whole)
    finally:
        whole.close()
        away.close()


def test_columns_of_a_quiet_shop_are_made_anew_too(shop: House, tmp_path: Path) -> None:
    shop.now = minute(100 * DAY)
    night(shop)
    columns = Columns(shop.innesco.stores.people, tmp_path / "new")
    try:
        columns.follow()
        assert len(rows_of(columns)) > 3
    finally:
        columns.close()


def test_a_scattered_history_becomes_one_chunk_of_the_same_events(tmp_path: Path) -> None:
    with house(tmp_path / "data") as shop:
        people = shop.innesco.stores.people
        for n in range(nightly.CHUNKS + 1):
            shop.hears("Product Viewed", n, product_id="MOKA-3")
            shop.lives_until(n)
        person = shop.asker.who("anna")
        with people.connect() as connection:
            before = history.load(connection, SHOP, [person])
        assert night(shop).compacted == 1
        with people.connect() as connection:
            assert history.load(connection, SHOP, [person]) == before
        assert count(people, tables.history) == 1
        shop.hears("Product Viewed", 30, product_id="MOKA-3")
        shop.lives_until(31)
        with people.connect() as connection:
            assert len(history.load(connection, SHOP, [person])[person]) == nightly.CHUNKS + 2


def test_a_crash_in_the_middle_is_gone_on_from(
    shop: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The commit that would delete effects is the third kind of work; what came before is done."""

    class Crash(BaseException):
        pass

    monkeypatch.setattr(retention, "AT_ONCE", 1)
    commits = 0
    plain = retention.Trimmer.delete

    def crashing(*args: object) -> None:
        nonlocal commits
        commits += 1
        if commits == 3:
            raise Crash
        plain(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(retention.Trimmer, "delete", crashing)
    before = first(shop)
    with pytest.raises(Crash):
        night(shop)
    assert first(shop) > before
    assert shop.why().answer.verdict
    monkeypatch.setattr(retention.Trimmer, "delete", plain)
    done = night(shop)
    assert (done.failed, done.trimmed["effects"]) == ({}, 1)
    assert journal.read(shop.innesco.stores.journal, 0)[0].received >= shop.now - retention.LOG


def test_so_many_backups_are_kept_and_each_is_whole(shop: House) -> None:
    folder = shop.innesco.settings.backups_folder
    (folder / "mine").mkdir(parents=True)
    (folder / f"{nightly.PREFIX}2026-01-01T030000").mkdir()  # a night that crashed
    made = []
    for _ in range(9):
        shop.now += timedelta(days=1)
        made.append(Path(night(shop).backup))
    assert sorted(folder.iterdir()) == [folder / "mine", *made[2:]]
    assert backup.check(made[-1]).files


def test_a_backup_that_fails_is_told_and_deletes_none(shop: House) -> None:
    good = Path(night(shop).backup)
    (shop.innesco.settings.data / "sandbox.sqlite").rename(
        shop.innesco.settings.data / "aside.sqlite"
    )
    shop.now += timedelta(days=1)
    done = night(shop)
    assert list(done.failed) == ["backup"]
    assert backup.check(good).files


def test_a_mark_that_cannot_be_taken_away_is_told_and_the_night_is_kept(shop: House) -> None:
    data = shop.innesco.settings.data
    (data / nightly.UNDER_WAY).mkdir()  # no file can have this name, and none can be deleted
    night = nightly.work(shop.innesco.settings, shop.innesco.stores, NOON)
    assert set(night.failed) == {nightly.UNDER_WAY}
    kept = nightly.last(data)
    assert kept is not None
    assert kept.backup


def test_two_do_not_work_at_once(shop: House) -> None:
    with (shop.innesco.settings.data / nightly.LOCK).open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        with pytest.raises(nightly.AlreadyAtWork):
            night(shop)
    assert night(shop).failed == {}


def test_a_log_on_postgresql_is_trimmed_too(tmp_path: Path, postgres_url: str) -> None:
    with opened(Settings(data=tmp_path, journal_url=postgres_url)) as stores:
        said = [journal.Entry(SHOP, Source.SERVER, "k", body=b"{}") for _ in range(450)]
        journal.append(stores.journal, said, NOON)
        journal.append(stores.journal, said[:2], NOON + timedelta(days=40))
        with writing(stores.people).begin() as connection:
            connection.execute(
                sa.insert(tables.cursors).values(name="live", position=440, moment=0)
            )
        settings = Settings(data=tmp_path, journal_url=postgres_url)
        done = nightly.work(settings, stores, NOON + timedelta(days=41))
        assert (done.failed, done.trimmed, done.backup) == ({}, {"log": 440}, "")
        assert "pg_dump" in done.note
        assert journal.read(stores.journal, 0, 1)[0].seq == 441


ROME = ZoneInfo("Europe/Rome")


@pytest.mark.parametrize(
    ("before", "now", "is_due"),
    [
        ("2026-03-02T12:00", "2026-03-03T02:59", False),
        ("2026-03-02T12:00", "2026-03-03T03:00", True),
        ("2026-03-03T03:00", "2026-03-03T03:01", False),
        ("2026-03-03T02:50", "2026-03-03T03:00", True),  # by hand just before: still its hour
        ("2026-03-01T03:00", "2026-03-03T15:00", True),  # nothing ran for two days
        ("2026-03-28T03:00", "2026-03-29T01:59", False),
        ("2026-03-28T03:00", "2026-03-29T03:00", True),  # summer begins: two is three
        ("2026-10-24T03:00", "2026-10-25T03:00", True),  # winter begins: two comes twice
        ("2026-10-25T03:00", "2026-10-25T03:30", False),
    ],
)
def test_once_a_night_at_its_hour(before: str, now: str, is_due: bool) -> None:
    """In Rome, with the two nights of the year whose hours are not twenty-four apart."""
    then, later = (datetime.fromisoformat(one).replace(tzinfo=ROME) for one in (before, now))
    assert nightly.due(later.astimezone(UTC), ROME, then.astimezone(UTC)) is is_due


def run_for(shop: House, hours: list[float]) -> None:
    """The role, whose clock says these hours after noon, one at each look; then it is stopped."""
    start, left = shop.now, iter(hours)
    stop = asyncio.Event()

    def now() -> datetime:
        if (hour := next(left, None)) is None:
            stop.set()
        else:
            shop.now = start + timedelta(hours=hour)
        return shop.now

    async def live() -> None:
        stores = shop.innesco.stores
        await asyncio.wait_for(nightly.run_nightly(shop.innesco.settings, stores, now, stop), 30)

    asyncio.run(live())


@pytest.fixture
def nights(monkeypatch: pytest.MonkeyPatch) -> list[datetime]:
    """When each night's work began."""
    monkeypatch.setattr(nightly, "LOOK_SECONDS", 0.01)
    began = []
    plain = nightly.work

    def work(*args: Any, **more: Any) -> nightly.Night:
        found = plain(*args, **more)
        began.append(args[2])
        return found

    monkeypatch.setattr(nightly, "work", work)
    return began


def test_a_house_does_it_by_itself(shop: House, nights: list[datetime]) -> None:
    run_for(shop, [0, 1, 5, 20, 30, 31])  # after noon in Rome's winter: 13, 14, 18, 9, 19, 20
    assert len(nights) == 1
    done = nightly.last(shop.innesco.settings.data)
    assert done is not None
    assert (done.failed, done.began) == ({}, nights[0])


def test_a_night_that_cannot_be_written_down_is_not_done_again(
    shop: House, nights: list[datetime]
) -> None:
    (shop.innesco.settings.data / f"{nightly.LAST}.new").mkdir()  # no file can have this name
    run_for(shop, [0, 20, 21, 22, 23])
    assert len(nights) == 1


def test_a_record_cut_short_keeps_no_night_from_its_work(
    shop: House, nights: list[datetime]
) -> None:
    (shop.innesco.settings.data / nightly.LAST).write_bytes(b'{"began":"20')
    run_for(shop, [0, 20, 21])
    assert len(nights) == 1


def test_the_role_waits_for_who_works_by_hand(shop: House, nights: list[datetime]) -> None:
    with (shop.innesco.settings.data / nightly.LOCK).open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        run_for(shop, [0, 20, 21])
    assert nights == []
    run_for(shop, [0, 24, 25])
    assert len(nights) == 1
