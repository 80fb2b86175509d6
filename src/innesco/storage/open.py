"""Opening everything that is kept: one engine a file, migrated to what this version expects."""

from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa
from msgspec import Struct

from innesco.settings import Settings
from innesco.storage.engines import open_engine, sqlite_engine
from innesco.storage.migrate import migrate


class Stores(Struct, frozen=True):
    """The five files of an installation; control and journal may be PostgreSQL instead."""

    control: sa.Engine  #: accounts, keys, definitions
    journal: sa.Engine  #: the log and suppressions
    people: sa.Engine  #: persons, history, runs
    outbox: sa.Engine  #: messages on their way
    sandbox: sa.Engine  #: mails caught by the embedded SMTP server


def open_stores(settings: Settings) -> Stores:
    """Open and migrate all of them; what does not exist yet is made."""
    stores = Stores(
        control=open_engine(settings.control_url, settings.data / "control.sqlite"),
        journal=open_engine(settings.journal_url, settings.data / "journal.sqlite"),
        people=sqlite_engine(settings.data / "people.sqlite"),
        outbox=sqlite_engine(settings.data / "outbox.sqlite"),
        sandbox=sqlite_engine(settings.data / "sandbox.sqlite"),
    )
    for name in Stores.__struct_fields__:
        migrate(getattr(stores, name), name)
    return stores


def close(stores: Stores) -> None:
    for name in Stores.__struct_fields__:
        getattr(stores, name).dispose()


@contextmanager
def opened(settings: Settings) -> Iterator[Stores]:
    """`with opened(settings) as stores: …`, closed at the end whatever happens."""
    stores = open_stores(settings)
    try:
        yield stores
    finally:
        close(stores)
