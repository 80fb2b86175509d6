"""The nightly process itself, told to stop and killed: nothing half stays, no event is lost."""

import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import msgspec
import pytest
import sqlalchemy as sa

from innesco.events.event import Source, micros
from innesco.profiles.history import Kept
from innesco.storage import backup, history, journal, tables
from innesco.storage.clock import wall
from innesco.storage.engines import writing
from innesco.storage.journal import Entry
from innesco.storage.scrub import scrub
from innesco.workers import nightly
from innesco.workers.columns import Columns
from innesco.workers.house import GRACE_SECONDS
from tests.why.house import SHOP, House, house

PEOPLE, ROUNDS, MAILS = 300, 9, 16_000
KILLS = 8


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[House]:
    """Sixty days ago each of some hundred people came nine times, and many mails were caught."""
    with house(tmp_path / "data") as one:
        one.now = wall() - timedelta(days=60)
        for n in range(ROUNDS):
            come(one, f"old-{n}", PEOPLE)
        words = ("sender", "recipients", "subject", "message")
        mail = {"received": micros(one.now), "raw": b"", **dict.fromkeys(words, "")}
        with writing(one.innesco.stores.sandbox).begin() as connection:
            connection.execute(sa.insert(tables.mails), [mail] * MAILS)
        yield one


def come(shop: House, visit: str, people: int) -> None:
    """So many look at something, and live has folded it."""

    def said(n: int) -> Entry:
        one = {"type": "track", "event": "Product Viewed", "anonymousId": f"d{n}"}
        one |= {"messageId": f"{visit}-{n}", "properties": {"product_id": "MOKA-3"}}
        body = msgspec.json.encode({"batch": [one]})
        return Entry(SHOP, Source.PUBLIC, "public", body=body)

    journal.append(shop.innesco.stores.journal, [said(n) for n in range(people)], shop.now)
    while shop.live.catch_up().rows:
        continue


def data(shop: House) -> Path:
    return shop.innesco.settings.data


def rows(engine: sa.Engine, table: sa.Table) -> int:
    with engine.connect() as connection:
        return connection.scalar(sa.select(sa.func.count()).select_from(table)) or 0


def histories(shop: House) -> dict[str, list[Kept]]:
    with shop.innesco.stores.people.connect() as connection:
        everybody = list(connection.scalars(sa.select(tables.history.c.person).distinct()))
        return history.load(connection, SHOP, everybody)


def is_trimming(shop: House) -> bool:
    return rows(shop.innesco.stores.sandbox, tables.mails) < MAILS


def is_compacting(shop: House) -> bool:
    return rows(shop.innesco.stores.people, tables.history) < PEOPLE * ROUNDS


def is_backing_up(shop: House) -> bool:
    return any(shop.innesco.settings.backups_folder.glob("night-*/*"))


def is_over(shop: House) -> bool:
    return nightly.last(data(shop)) is not None and nightly.under_way(data(shop)) is None


def waits(shop: House, happens: Callable[[House], bool], meanwhile: Callable[[], None]) -> None:
    until = time.monotonic() + 30
    while not happens(shop):
        assert time.monotonic() < until, f"{happens.__name__} never"
        meanwhile()


def rest() -> None:
    time.sleep(0.002)


@contextmanager
def role(shop: House) -> Iterator[subprocess.Popen[bytes]]:
    command = [sys.executable, "-m", "innesco.cli", "role", "nightly"]
    environ = {**os.environ, "INNESCO_DATA": str(data(shop))}
    with subprocess.Popen(command, env=environ, stderr=subprocess.PIPE) as process:
        try:
            yield process
        finally:
            process.kill()


def is_due(shop: House) -> None:
    """The last night was the one before last."""
    night = nightly.Night(began=wall() - timedelta(days=2))
    (data(shop) / nightly.LAST).write_bytes(msgspec.json.encode(night))


@pytest.mark.parametrize("happens", [is_trimming, is_compacting, is_backing_up])
def test_told_to_stop_it_ends_soon_and_goes_on_when_it_starts_again(
    shop: House, happens: Callable[[House], bool]
) -> None:
    before = histories(shop)
    is_due(shop)
    with role(shop) as process:
        waits(shop, happens, rest)
        process.send_signal(signal.SIGTERM)
        _, said = process.communicate(timeout=GRACE_SECONDS / 2)
        assert process.returncode == 0, said.decode()
    assert b"night.cut_short" in said
    assert nightly.under_way(data(shop)) is not None
    assert not is_backing_up(shop)
    assert histories(shop) == before

    (data(shop) / nightly.LAST).unlink()  # no hour of night tells it to begin
    with role(shop):
        waits(shop, is_over, rest)
    assert rows(shop.innesco.stores.sandbox, tables.mails) == 0
    assert rows(shop.innesco.stores.people, tables.history) == PEOPLE
    assert histories(shop) == before
    done = nightly.last(data(shop))
    assert done is not None
    assert done.failed == {}
    assert backup.check(Path(done.backup)).files


@pytest.mark.parametrize("happens", [is_trimming, is_compacting])
def test_killed_at_any_moment_while_live_works_it_loses_nothing(
    shop: House, happens: Callable[[House], bool]
) -> None:
    """New people come all the while; those of old read as before, event by event."""
    chance, before, stores = random.Random(), histories(shop), shop.innesco.stores
    columns = Columns(stores.people, data(shop).parent / "whole")
    columns.follow()
    shop.now, visits, midway = wall(), 0, 0

    def live() -> None:
        nonlocal visits
        visits += 1
        come(shop, f"new-{visits}", 3)

    for _ in range(KILLS):
        is_due(shop)
        with role(shop) as process:
            waits(shop, lambda _: nightly.under_way(data(shop)) is not None, live)
            waits(shop, happens, live)
            kill = threading.Timer(chance.uniform(0, 0.3), process.kill)  # whatever live is at
            kill.start()
            while process.poll() is None:
                live()
        midway += nightly.under_way(data(shop)) is not None
        assert scrub(stores.people, "people") + scrub(stores.journal, "journal") == []
    assert midway > KILLS / 2

    assert nightly.work(shop.innesco.settings, stores, wall()).failed == {}
    after = histories(shop)
    for person, events in before.items():
        assert after[person][: len(events)] == events
    assert sum(map(len, after.values())) == PEOPLE * ROUNDS + 3 * visits
    with stores.journal.connect() as connection:
        received = list(connection.scalars(sa.select(tables.log.c.received)))
    assert received == [micros(shop.now)] * (3 * visits)
    new = Columns(stores.people, data(shop).parent / "new")
    try:
        assert followed(new) == followed(columns)
        assert len(followed(new)) == PEOPLE * ROUNDS + 3 * visits
    finally:
        new.close()
        columns.close()


def followed(columns: Columns) -> list[tuple[object, ...]]:
    columns.follow()
    with columns.owner.cursor(SHOP) as cursor:
        return cursor.execute("SELECT person, seq, name FROM events ORDER BY ALL").fetchall()
