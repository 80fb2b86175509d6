"""Beside those who write: short commits, as long a rest after each, and an end between two."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import sqlalchemy as sa

from innesco.errors import InnescoError
from innesco.storage.engines import writing

Stopped = Callable[[], bool]
"""Whether the work was told to end."""


class CutShort(InnescoError):
    """The work was told to end; what is done stays, the rest is done when it is begun again."""


def never() -> bool:
    return False


class Beside:
    """Knows how long its longest commit held the others up, in seconds."""

    def __init__(self, stopped: Stopped = never) -> None:
        self.longest = 0.0
        self.stopped = stopped

    def go_on(self) -> None:
        """Raises `CutShort` when there is to be no more."""
        if self.stopped():
            raise CutShort(str(CutShort.__doc__))

    @contextmanager
    def commit(self, engine: sa.Engine) -> Iterator[sa.Connection]:
        """The write lock for a little while, then it is left to the others for as long."""
        self.go_on()
        with writing(engine).begin() as connection:
            started = time.perf_counter()
            yield connection
        took = time.perf_counter() - started
        self.longest = max(self.longest, took)
        time.sleep(took)
