"""Lists of messages are read from the index that fits what is asked, and nothing is sorted."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from innesco.messages.asked import Outcome
from innesco.storage import sent
from innesco.storage.engines import sqlite_engine
from innesco.storage.migrate import migrate
from innesco.storage.sent import Which


@pytest.fixture
def outbox(tmp_path: Path) -> Iterator[sa.Engine]:
    engine = sqlite_engine(tmp_path / "outbox.sqlite")
    migrate(engine, "outbox")
    yield engine
    engine.dispose()


@pytest.mark.parametrize(
    ("which", "index", "sorts"),
    [
        (Which(), "messages_asked", False),
        (Which(state=Outcome.FAILED), "messages_state", False),
        (Which(journey="welcome"), "messages_journey", False),
        (Which(people=("p1", "p2")), "messages_person", True),
        (Which(before=(17, "k")), "messages_asked", False),
    ],
)
def test_a_list_walks_along_its_index(
    outbox: sa.Engine, which: Which, index: str, sorts: bool
) -> None:
    query = sent.listing("shop", which).compile(outbox, compile_kwargs={"literal_binds": True})
    with outbox.connect() as connection:
        plan = [row.detail for row in connection.execute(sa.text(f"EXPLAIN QUERY PLAN {query}"))]
    assert any(f"USING INDEX {index} " in step for step in plan), plan
    whole = [step for step in plan if step == "USE TEMP B-TREE FOR ORDER BY"]
    assert bool(whole) == sorts, plan
