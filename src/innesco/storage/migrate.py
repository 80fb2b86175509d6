"""Bringing a database to the tables that this version expects, when a role starts.

Each file of an installation has its own line of versions in `migrations/`. To change a table,
edit `tables.py`, then `python -m innesco.storage.migrate people "persons know their phone"` writes
the next version by comparing; read it before you keep it.
"""

import sys
import tempfile
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import Script

from innesco.storage import tables
from innesco.storage.engines import sqlite_engine, writing

FOLDER = Path(__file__).parent / "migrations"
MIGRATION_LOCK = 0x6D696772617465  # "migrate", PostgreSQL's advisory lock

METADATA = {
    "control": tables.control,
    "journal": tables.journal,
    "people": tables.people,
    "outbox": tables.outbox,
    "sandbox": tables.sandbox,
}


def migrate(engine: sa.Engine, name: str) -> None:
    """Upgrade to the newest version, in one transaction; roles that start together take turns."""
    with writing(engine).begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(sa.select(sa.func.pg_advisory_xact_lock(MIGRATION_LOCK)))
        command.upgrade(_config(name, connection), "head")


def version(engine: sa.Engine, name: str) -> str:
    """Of the tables as they are: `0002`; empty when there are none yet."""
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts=_options(name))
        return context.get_current_revision() or ""


def newest(name: str) -> str:
    """The version that this program expects: `0002`."""
    return max(file.name.partition("_")[0] for file in (FOLDER / name).glob("[0-9]*.py"))


def knows(name: str, version: str) -> bool:
    """Whether this program can bring tables of that version to its own."""
    return any(file.name.startswith(f"{version}_") for file in (FOLDER / name).glob("*.py"))


def differences(engine: sa.Engine, name: str) -> list[Any]:
    """Where `tables.py` and the database disagree; empty when they say the same."""
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts=_options(name))
        return list(compare_metadata(context, METADATA[name]))


def revise(name: str, message: str) -> Path:
    """Write the next version of a database: what `tables.py` says beyond the versions so far."""
    with tempfile.TemporaryDirectory() as folder:
        engine = sqlite_engine(Path(folder) / "empty.sqlite")
        migrate(engine, name)
        number = len(list((FOLDER / name).glob("[0-9]*.py"))) + 1
        with engine.begin() as connection:
            config = _config(name, connection)
            made = command.revision(config, message, autogenerate=True, rev_id=f"{number:04}")
        engine.dispose()
    if not isinstance(made, Script):
        raise RuntimeError(f"Alembic wrote no version of {name}")
    written = Path(made.path)
    lines = [line for line in written.read_text().splitlines() if "# ###" not in line]
    written.write_text("\n".join(lines) + "\n")  # without Alembic's banners
    return written


def _config(name: str, connection: sa.Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    config.set_main_option("version_locations", str(FOLDER / name))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    config.attributes["options"] = _options(name)
    return config


def _options(name: str) -> dict[str, Any]:
    """Databases may share one PostgreSQL, so each has its own version table and sees its own."""
    mine = METADATA[name].tables

    def belongs(found: str | None, kind: str, parents: Any) -> bool:
        return kind != "table" or found in mine

    return {
        "target_metadata": METADATA[name],
        "version_table": f"{name}_version",
        "compare_type": True,
        "include_name": belongs,
    }


if __name__ == "__main__":
    sys.stdout.write(f"{revise(sys.argv[1], sys.argv[2])}\n")
