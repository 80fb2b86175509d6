"""The control database and the journal on both engines: each test here runs twice."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from innesco.storage.engines import open_engine
from innesco.storage.migrate import migrate
from tests.postgres import postgres, postgres_url

__all__ = ["postgres", "postgres_url"]


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest) -> str:
    """Empty for SQLite; for PostgreSQL the address of an empty database."""
    if request.param == "sqlite":
        return ""
    return str(request.getfixturevalue("postgres_url"))


@pytest.fixture
def control(url: str, tmp_path: Path) -> Iterator[sa.Engine]:
    engine = open_engine(url, tmp_path / "control.sqlite")
    migrate(engine, "control")
    yield engine
    engine.dispose()


@pytest.fixture
def journal(url: str, tmp_path: Path) -> Iterator[sa.Engine]:
    engine = open_engine(url, tmp_path / "journal.sqlite")
    migrate(engine, "journal")
    yield engine
    engine.dispose()
