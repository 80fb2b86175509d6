"""A backup made while the shop is busy, put back in hold; a changed bit is found wherever it is."""

import random
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from threading import Event, Thread
from typing import Any

import msgspec
import pytest
import sqlalchemy as sa

from innesco.events.body import events_of, sums_of
from innesco.events.event import Source
from innesco.main import deliver_ports, make_live, open_innesco
from innesco.settings import Settings
from innesco.storage import backup, journal, open as stores, outbox, stops, tables
from innesco.storage.backup import NoBackup
from innesco.storage.clock import wall
from innesco.storage.engines import sqlite_engine
from innesco.storage.journal import Entry, Suppression
from innesco.storage.restore import restore
from innesco.storage.scrub import scrub
from innesco.verify import load
from innesco.verify.shop import SANDBOXED, WORKSPACE, Shop, opened
from innesco.workers.claim import claim

NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    yield from opened(tmp_path / "data")


def hear(shop: Shop, batch: int) -> None:
    """A batch of the load, as the door would have kept it."""
    body = msgspec.json.encode({"batch": load.events(0, batch, random.Random(batch))})
    parts = events_of(body)
    entry = journal.Entry(
        WORKSPACE, Source.SERVER, shop.server_id, events=len(parts), body=body, sums=sums_of(parts)
    )
    journal.append(shop.innesco.stores.journal, [entry], wall())


def folded(shop: Shop, batches: int = 6) -> Shop:
    for batch in range(batches):
        hear(shop, batch)
    make_live(shop.innesco).catch_up()
    return shop


def count(path: Path, what: str) -> Any:
    engine = sqlite_engine(path, journal_mode="DELETE")
    with engine.connect() as connection:
        found = connection.scalar(sa.text(what))
    engine.dispose()
    return found


def test_a_copy_made_under_load_keeps_the_laws_between_the_files(
    shop: Shop, tmp_path: Path
) -> None:
    over, live = Event(), make_live(folded(shop, 1).innesco)

    def busy() -> None:
        batch = 1
        while not over.is_set():
            hear(shop, batch)
            live.catch_up()
            batch += 1

    thread = Thread(target=busy)
    thread.start()
    try:
        for n in range(3):
            folder = tmp_path / f"copy-{n}"
            made = backup.back_up(shop.settings.data, folder, NOW)
            assert backup.check(folder) == made
            cursor = count(folder / "people.sqlite", "SELECT max(position) FROM cursors")
            head = count(folder / "journal.sqlite", "SELECT max(seq + events - 1) FROM log")
            assert 0 < cursor <= head
    finally:
        over.set()
        thread.join()


def test_what_is_restored_sends_nothing_until_a_person_lifts_the_stop(
    shop: Shop, tmp_path: Path
) -> None:
    backup.back_up(folded(shop).settings.data, tmp_path / "copy", NOW)
    found = restore(tmp_path / "copy", tmp_path / "new", NOW)
    assert found.held == [WORKSPACE, SANDBOXED]
    for back in opened_again(tmp_path / "new"):
        ports = deliver_ports(back.innesco)
        epoch = outbox.take_over(ports.facts.outbox, wall())
        assert outbox.copy(ports.facts.people, ports.facts.outbox) == 6
        held = claim(ports.facts, epoch, wall())
        assert held is not None
        assert (held.taken, held.moved) == ((), 6)
        with back.innesco.stores.control.connect() as connection:
            (stop,) = stops.of_workspace(connection, WORKSPACE)
        assert stop.reason == "restored from backup of 2026-11-24 09:30 UTC"


def opened_again(data: Path) -> Iterator[Shop]:
    innesco = open_innesco(Settings(data=data))
    yield Shop(innesco, ())
    stores.close(innesco.stores)


def test_restore_takes_no_place_of_what_is_there_unless_forced(shop: Shop, tmp_path: Path) -> None:
    data = folded(shop).settings.data
    backup.back_up(data, tmp_path / "copy", NOW)
    with pytest.raises(NoBackup, match="--force"):
        restore(tmp_path / "copy", data, NOW)
    with pytest.raises(NoBackup, match="stop Innesco first"):
        restore(tmp_path / "copy", data, NOW, force=True)  # our own connections are open
    stores.close(shop.innesco.stores)
    found = restore(tmp_path / "copy", data, NOW, force=True)
    assert found.aside is not None
    assert (found.aside / "people.sqlite").stat().st_size > 0
    assert count(data / "people.sqlite", "SELECT count(*) FROM persons") > 0


def test_a_newer_backup_is_refused(shop: Shop, tmp_path: Path) -> None:
    folder = tmp_path / "copy"
    with shop.innesco.stores.people.begin() as connection:
        connection.execute(sa.text("UPDATE people_version SET version_num = '0999'"))
    backup.back_up(shop.settings.data, folder, NOW)
    with pytest.raises(NoBackup, match="newer"):
        restore(folder, tmp_path / "new", NOW)
    assert not (tmp_path / "new").exists()


def test_of_100_flipped_bits_restore_takes_none(shop: Shop, tmp_path: Path) -> None:
    folder, chance = tmp_path / "copy", random.Random(5)
    backup.back_up(folded(shop).settings.data, folder, NOW)
    files = sorted(folder.iterdir())
    for _ in range(100):
        path = chance.choice(files)
        with flipped(path, chance.randrange(path.stat().st_size * 8)), pytest.raises(NoBackup):
            restore(folder, tmp_path / "new", NOW)
    assert restore(folder, tmp_path / "new", NOW).held == [WORKSPACE, SANDBOXED]


class flipped:
    """One bit of a file, for as long as the block lasts."""

    def __init__(self, path: Path, bit: int) -> None:
        self.path, self.place, self.mask = path, bit // 8, 1 << bit % 8

    def __enter__(self) -> None:
        self._flip()

    def __exit__(self, *_: object) -> None:
        self._flip()

    def _flip(self) -> None:
        with self.path.open("r+b") as file:
            file.seek(self.place)
            byte = file.read(1)[0]
            file.seek(self.place)
            file.write(bytes([byte ^ self.mask]))


@pytest.mark.parametrize(
    ("name", "table", "column"),
    [("journal", tables.log, "body"), ("people", tables.history, "chunk")],
)
def test_of_100_bits_flipped_in_events_the_scrub_finds_all(
    shop: Shop, tmp_path: Path, name: str, table: sa.Table, column: str
) -> None:
    """Behind SQLite's back: its own check sees none of these."""
    engine, chance = getattr(folded(shop).innesco.stores, name), random.Random(6)
    assert scrub(engine, name) == []
    held = table.c[column]
    keys = [table.c[key.name] for key in table.primary_key]
    with engine.connect() as connection:
        rows = connection.execute(sa.select(held, *keys).where(sa.func.length(held) > 300)).all()
    for _ in range(100):
        body, *key = chance.choice(rows)
        bit = chance.randrange(len(body) * 8)
        damaged = bytearray(body)
        damaged[bit // 8] ^= 1 << bit % 8
        where = sa.and_(*(one == value for one, value in zip(keys, key, strict=True)))
        write(engine, table, where, {column: bytes(damaged)})
        assert scrub(engine, name) != [], bit
        write(engine, table, where, {column: body})
    assert scrub(engine, name) == []


def write(engine: sa.Engine, table: sa.Table, where: Any, values: dict[str, bytes]) -> None:
    with engine.begin() as connection:
        connection.execute(sa.update(table).where(where).values(**values))


def test_a_copy_that_is_not_whole_is_no_backup(shop: Shop, tmp_path: Path) -> None:
    with folded(shop).innesco.stores.journal.begin() as connection:
        connection.execute(sa.text("UPDATE log SET sums = zeroblob(length(sums))"))
    with pytest.raises(NoBackup, match="checksum differs"):
        backup.back_up(shop.settings.data, tmp_path / "copy", NOW)
    with pytest.raises(NoBackup, match="not finished"):
        restore(tmp_path / "copy", tmp_path / "new", NOW)


def test_a_backup_never_goes_over_another_one(shop: Shop, tmp_path: Path) -> None:
    backup.back_up(shop.settings.data, tmp_path / "copy", NOW)
    with pytest.raises(NoBackup, match="not empty"):
        backup.back_up(shop.settings.data, tmp_path / "copy", NOW)
    shutil.rmtree(tmp_path / "copy")


LEFT = Suppression(WORKSPACE, "email", "left@later.example", "unsubscribed", moment=NOW)


def leaves(shop: Shop) -> None:
    entry = Entry(WORKSPACE, Source.INNESCO, "innesco", kind="clock", suppress=(LEFT,))
    journal.append(shop.innesco.stores.journal, [entry], NOW)
    stores.close(shop.innesco.stores)


def is_out(data: Path) -> bool:
    engine = sqlite_engine(data / "journal.sqlite")
    with engine.connect() as connection:
        held = journal.suppressed(connection, WORKSPACE, "email", LEFT.address)
    engine.dispose()
    return bool(held)


def test_who_left_after_the_backup_stays_out(shop: Shop, tmp_path: Path) -> None:
    data = folded(shop).settings.data
    backup.back_up(data, tmp_path / "copy", NOW)
    leaves(shop)
    found = restore(tmp_path / "copy", data, NOW, force=True)
    assert found.left == 1
    assert is_out(data)


def test_who_left_is_taken_over_from_another_folder(shop: Shop, tmp_path: Path) -> None:
    backup.back_up(folded(shop).settings.data, tmp_path / "copy", NOW)
    leaves(shop)
    new = tmp_path / "new"
    assert restore(tmp_path / "copy", new, NOW, leavers=shop.settings.data).left == 1
    assert is_out(new)
    with pytest.raises(NoBackup, match="exclusion list"):
        restore(tmp_path / "copy", tmp_path / "newer", NOW, leavers=tmp_path / "copy" / "none")


def test_a_log_that_is_broken_keeps_no_backup_out(shop: Shop, tmp_path: Path) -> None:
    data = folded(shop).settings.data
    backup.back_up(data, tmp_path / "copy", NOW)
    leaves(shop)
    (data / "journal.sqlite").write_bytes(b"this is no database, whatever it is called" * 200)
    found = restore(tmp_path / "copy", data, NOW, force=True)
    assert found.left is None
    assert not is_out(data)


def test_the_record_of_the_last_backup_may_be_cut_short(shop: Shop, tmp_path: Path) -> None:
    data = folded(shop).settings.data
    backup.back_up(data, tmp_path / "copy", NOW)
    assert backup.last(data) == backup.Last(NOW, str(tmp_path / "copy"))
    (data / backup.LAST).write_bytes(b'{"made":"20')
    assert backup.last(data) is None
