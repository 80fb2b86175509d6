"""Tables and migrations say the same, on every engine that a file may live in."""

from pathlib import Path

import pytest
import sqlalchemy as sa

from innesco.storage.engines import open_engine, sqlite_engine
from innesco.storage.migrate import METADATA, differences, migrate


def written(engine: sa.Engine) -> dict[str, str]:
    """Every CREATE that SQLite remembers, without its white space."""
    query = sa.text("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL")
    with engine.connect() as connection:
        return {
            name: "".join(text.split())
            for name, text in connection.execute(query)
            if not name.endswith("_version")
        }


@pytest.mark.parametrize("name", METADATA)
def test_migrations_make_just_the_tables_of_this_version(name: str, tmp_path: Path) -> None:
    migrated, made = sqlite_engine(tmp_path / "migrated"), sqlite_engine(tmp_path / "made")
    migrate(migrated, name)
    METADATA[name].create_all(made)
    assert differences(migrated, name) == []
    assert _columns(written(migrated)) == _columns(written(made))  # WITHOUT ROWID, WHERE …


def _columns(sql: dict[str, str]) -> dict[str, list[str]]:
    """The order of a table's columns is a matter of taste; everything else is not."""
    return {name: sorted(text.rstrip(")").split(",")) for name, text in sql.items()}


@pytest.mark.parametrize("name", ["control", "journal"])
def test_they_agree_on_postgresql_where_both_share_a_database(
    name: str, postgres_url: str, tmp_path: Path
) -> None:
    engine = open_engine(postgres_url, tmp_path)
    for each in ("control", "journal"):
        migrate(engine, each)
    assert differences(engine, name) == []
    engine.dispose()


def test_a_difference_is_found(tmp_path: Path) -> None:
    engine = sqlite_engine(tmp_path / "control")
    migrate(engine, "control")
    with engine.begin() as connection:
        connection.execute(sa.text("ALTER TABLE accounts DROP COLUMN language"))
    assert [kind for kind, *_ in differences(engine, "control")] == ["add_column"]


def test_migrating_twice_changes_nothing(tmp_path: Path) -> None:
    engine = sqlite_engine(tmp_path / "people")
    migrate(engine, "people")
    before = written(engine)
    migrate(engine, "people")
    assert written(engine) == before
