"""A disk without room: roles wait and lose nothing. `innesco verify full` fills a real one."""

import asyncio
from pathlib import Path
from typing import Any

import aiosmtplib
import pytest
import sqlalchemy as sa

from innesco.channels.channel import Refused, TryAgain
from innesco.storage import outbox
from innesco.storage.engines import sqlite_engine
from innesco.storage.full import is_full
from innesco.storage.migrate import migrate
from innesco.workers import deliver, sandbox
from innesco.workers.room import Room
from tests.messages.stock import NOON, ask
from tests.workers.post_office import office
from tests.workers.test_deliver import Says

NO_ROOM = sa.exc.OperationalError("UPDATE", {}, Exception("database or disk is full"))


class Without:
    """A function that finds no room as often as it is told, and then does what it does."""

    def __init__(self, function: Any, times: int) -> None:
        self.function, self.times = function, times

    def __call__(self, *given: Any) -> Any:
        self.times -= 1
        if self.times >= 0:
            raise NO_ROOM
        return self.function(*given)


def test_a_full_disk_is_told_from_a_broken_one() -> None:
    class OnPostgres(Exception):
        sqlstate = "53100"

    full = [
        NO_ROOM,
        OSError(28, "Spazio esaurito sul device"),
        OSError(122, "Superata la quota"),
        sa.exc.OperationalError("INSERT", {}, OnPostgres()),
        RuntimeError('Could not write file "shop.duckdb.wal": No space left on device'),
    ]
    assert all(map(is_full, full))
    broken = [OSError(5, "Input/output error"), ValueError("full of bees")]
    assert not any(map(is_full, broken))


async def test_what_had_no_room_for_its_words_goes_once_there_is(tmp_path, monkeypatch):
    server = Says(None)
    with office(tmp_path, transport=server) as shop:
        shop.ask(ask(), ask("shop/run/remind/2", address="bea@example.com"))
        monkeypatch.setattr(outbox, "keep_words", Without(outbox.keep_words, 1))
        with pytest.raises(sa.exc.OperationalError):
            await shop.deliver()
        assert (server.got, dict(shop.count())) == ([], {"claimed": 2})
        counts = await shop.deliver()
        assert counts.outcomes == {"sent": 2}
        assert len(server.got) == 2


async def test_consent_withdrawn_meanwhile_counts(tmp_path, monkeypatch):
    """What was claimed on a full disk goes past the gate again."""
    server = Says(None)
    with office(tmp_path, transport=server) as shop:
        shop.ask(ask())
        monkeypatch.setattr(outbox, "keep_words", Without(outbox.keep_words, 1))
        with pytest.raises(sa.exc.OperationalError):
            await shop.deliver()
        shop.unsubscribe("anna@example.com")
        await shop.deliver()
        assert (server.got, dict(shop.count())) == ([], {"skipped": 1})


@pytest.mark.parametrize("receipt", [None, Refused("550 5.1.1 gone"), TryAgain("451 later")])
async def test_what_has_gone_is_recorded_later_and_not_sent_again(tmp_path, monkeypatch, receipt):
    server = Says(receipt)
    with office(tmp_path, transport=server) as shop:
        shop.ask(ask())
        monkeypatch.setattr(outbox, "record", Without(outbox.record, 2))
        assert (await shop.deliver()).outcomes == {"not recorded yet": 1}
        assert dict(shop.count()) == {"claimed": 1}
        with pytest.raises(sa.exc.OperationalError):
            await shop.deliver()
        await shop.deliver()
        (state,) = shop.count()
        assert state == {None: "sent", TryAgain: "waiting"}.get(receipt and type(receipt), "failed")
        assert len(server.got) == 1


async def test_the_sender_waits_for_room_and_does_not_fall(tmp_path, monkeypatch):
    server = Says(None)
    with office(tmp_path, transport=server) as shop:
        shop.ask(ask())
        monkeypatch.setattr(outbox, "copy", Without(outbox.copy, 2))
        stop = asyncio.Event()
        running = asyncio.create_task(deliver.run_deliver(shop.ports, lambda: NOON, stop))
        async with asyncio.timeout(20):
            while not server.got:
                await asyncio.sleep(0.02)
        stop.set()
        await running
        assert dict(shop.count()) == {"sent": 1}


async def test_what_is_wrong_for_another_reason_is_not_waited_for() -> None:
    broken = OSError(5, "Input/output error")
    with pytest.raises(OSError, match="Input"):
        await Room().missing(broken, asyncio.Event())


async def test_waiting_ends_when_the_role_is_asked_to_stop() -> None:
    stop, room = asyncio.Event(), Room()
    stop.set()
    async with asyncio.timeout(0.2):
        await room.missing(NO_ROOM, stop)


MAIL = b"Subject: a\r\n\r\n" + 1000 * (b"x" * 50 + b"\r\n")


async def test_a_sandbox_without_room_asks_to_be_tried_again(tmp_path: Path) -> None:
    engine, room = sqlite_engine(tmp_path / "sandbox.sqlite"), [2]
    migrate(engine, "sandbox")

    @sa.event.listens_for(engine, "begin")
    def bound(connection: sa.Connection) -> None:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count={pages + room[0]}")

    server = await sandbox.serve(engine, 0, lambda: NOON)
    try:
        port = server.sockets[0].getsockname()[1]
        async with aiosmtplib.SMTP(hostname="127.0.0.1", port=port) as line:
            with pytest.raises(aiosmtplib.SMTPResponseException) as said:
                await line.sendmail("a@b.example", ["c@d.example"], MAIL)
            assert f"{said.value.code} {said.value.message}" == sandbox.FULL
            assert sandbox.inbox(engine) == []
            room[0] = 1000
            await line.sendmail("a@b.example", ["c@d.example"], MAIL)
            assert len(sandbox.inbox(engine)) == 1
    finally:
        server.close()
        await server.wait_closed()
        engine.dispose()
