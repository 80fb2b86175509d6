"""The clock of the shell: the wall's time, plus how far the demo's clock was moved."""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import sqlalchemy as sa

from innesco.storage import tables
from innesco.storage.engines import writing

Clock = Callable[[], datetime]

REREAD_SECONDS = 0.2


def wall() -> datetime:
    return datetime.now(UTC)


def movable(control: sa.Engine) -> Clock:
    """A clock that `move` can push forward; every role reads the same offset."""
    read_at, offset = float("-inf"), timedelta()

    def now() -> datetime:
        nonlocal read_at, offset
        if time.monotonic() > read_at + REREAD_SECONDS:
            read_at, offset = time.monotonic(), moved(control)
        return wall() + offset

    return now


def moved(control: sa.Engine) -> timedelta:
    """How far the clock was moved."""
    with control.connect() as connection:
        micros = connection.scalar(sa.select(tables.clock.c.offset))
    return timedelta(microseconds=micros or 0)


def move(control: sa.Engine, by: timedelta) -> timedelta:
    """Push the clock forward; it never goes back. Answers the whole offset."""
    if by < timedelta():
        raise ValueError("the clock can only be moved forward")
    with writing(control).begin() as connection:
        before = connection.scalar(sa.select(tables.clock.c.offset)) or 0
        after = before + round(by / timedelta(microseconds=1))
        connection.execute(sa.delete(tables.clock))
        connection.execute(sa.insert(tables.clock).values(id=1, offset=after))
    return timedelta(microseconds=after)
