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
from innesco.storage.beside import Beside
from innesco.storage.engines import sqlite_engine
from tests.profiles.test_history import EVENT, HEARD

LARGE = 5


@contextmanager
def people() -> Iterator[sa.Engine]:
    with TemporaryDirectory() as folder:
        engine = sqlite_engine(Path(folder) / "people.sqlite", synchronous="OFF")
        tables.people.create_all(engine)
        yield engine
        engine.dispose()


def event(seq: int) -> Kept:
    return kept(replace(HEARD, event=replace(EVENT, seq=seq)))


def read(connection: sa.Connection) -> list[int]:
    return [one.seq for one in history.load(connection, "shop", ["p1"]).get("p1", [])]


@settings(deadline=None, max_examples=60)
@given(sizes=st.lists(st.integers(1, 2 * LARGE), max_size=24), at_once=st.integers(2, 4 * LARGE))
def test_compact_changes_nothing_but_the_number_of_chunks(sizes: list[int], at_once: int) -> None:
    """However few events it rewrites in one commit."""
    places = count(1)
    with (
        people() as engine,
        patch.object(history, "LARGE", LARGE),
        patch.object(history, "AT_ONCE", at_once),
    ):
        with engine.begin() as connection:
            for size in sizes:
                chunk = [event(next(places)) for _ in range(size)]
                history.keep(connection, "shop", {"p1": chunk, "another": chunk})
            before = read(connection)
        both = [("shop", "p1"), ("shop", "another")]
        rewritten = history.compact(engine, both, Beside())
        with engine.connect() as connection:
            assert read(connection) == before == list(range(1, sum(sizes) + 1))
            rows = sa.select(tables.history.c.events).where(tables.history.c.person == "p1")
            left = list(connection.scalars(rows.order_by("first_seq")))
        assert rewritten == 2 * any(one < LARGE and other < LARGE for one, other in pairwise(sizes))
        assert len(left) <= len(sizes)
        assert not any(one < LARGE and other < LARGE for one, other in pairwise(left))


@settings(deadline=None, max_examples=60)
@given(chunks=st.lists(st.integers(0, 6), max_size=12), page=st.integers(1, 9))
def test_who_is_scattered_is_found_however_few_are_looked_at_in_one_read(
    chunks: list[int], page: int
) -> None:
    places = count(1)
    with people() as engine, patch.object(history, "PAGE", page):
        with engine.begin() as connection:
            for n, many in enumerate(chunks):
                for _ in range(many):
                    history.keep(connection, f"shop{n % 2}", {f"p{n}": [event(next(places))]})
        found = list(history.scattered(engine, 3))
    wanted = {(f"shop{n % 2}", f"p{n}") for n, many in enumerate(chunks) if many >= 3}
    assert (len(found), set(found)) == (len(wanted), wanted)
