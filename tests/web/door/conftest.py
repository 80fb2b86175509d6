"""A door with everything real behind it: keys in the control database, a journal on disk, on
SQLite and on PostgreSQL."""

from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa

from innesco.storage.engines import open_engine
from innesco.storage.migrate import migrate
from tests.postgres import postgres, postgres_url  # noqa: F401
from tests.web.door.shop import Shop, opened

NOW = datetime(2026, 11, 23, 6, 19, 43, tzinfo=UTC)


@pytest.fixture(params=["sqlite", "postgresql"])
def journal(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[sa.Engine]:
    url = request.getfixturevalue("postgres_url") if request.param == "postgresql" else ""
    engine = open_engine(url, tmp_path / "journal.sqlite")
    migrate(engine, "journal")
    yield engine
    engine.dispose()


@pytest.fixture
def log(tmp_path: Path) -> Iterator[sa.Engine]:
    """A journal on SQLite, for what does not depend on the database."""
    engine = open_engine("", tmp_path / "journal.sqlite")
    migrate(engine, "journal")
    yield engine
    engine.dispose()


@pytest.fixture
async def shop(log: sa.Engine, tmp_path: Path) -> AsyncIterator[Shop]:
    async with opened(log, tmp_path) as one:
        yield one
