"""However a history is cut into chunks it is read in its order; made compact it is the same."""

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count, pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

import sqlalchemy as sa
from hypothesis import given, settings, strategies as st
from msgspec.structs import replace

from innesco.profiles.history import Kept, keep as kept
from innesco.storage import history, tables
from innesco.storage.engines import sqlite_engine
from tests.profiles.test_history import EVENT, HEARD

LARGE = 5


@contextmanager
def people() -> Iterator[sa.Connection]:
    with TemporaryDirectory() as folder:
        engine = sqlite_engine(Path(folder) / "people.sqlite", synchronous="OFF")
        tables.people.create_all(engine)
        with engine.begin() as connection:
            yield connection
        engine.dispose()


def event(seq: int) -> Kept:
    return kept(replace(HEARD, event=replace(EVENT, seq=seq)))


def read(connection: sa.Connection) -> list[int]:
    return [one.seq for one in history.load(connection, "shop", ["p1"]).get("p1", [])]


@settings(deadline=None, max_examples=60)
@given(sizes=st.lists(st.integers(1, 2 * LARGE), max_size=12))
def test_compact_changes_nothing_but_the_number_of_chunks(sizes: list[int]) -> None:
    places = count(1)
    with people() as connection, patch.object(history, "LARGE", LARGE):
        for size in sizes:
            chunk = [event(next(places)) for _ in range(size)]
            history.keep(connection, "shop", {"p1": chunk})
            history.keep(connection, "shop", {"another": chunk})
        before = read(connection)
        assert history.compact(connection, "shop", "p1") == sum(size < LARGE for size in sizes)
        assert read(connection) == before == list(range(1, sum(sizes) + 1))
        rows = sa.select(tables.history.c.events).where(tables.history.c.person == "p1")
        small = [size < LARGE for size in connection.scalars(rows.order_by("first_seq"))]
        assert not any(one and other for one, other in pairwise(small))
