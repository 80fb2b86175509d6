"""How far `live` is behind the log, and how busy the log is."""

from datetime import datetime

import sqlalchemy as sa
from msgspec import Struct

from innesco.events.event import micros
from innesco.storage import journal, tables

CURSOR = "live"


class Behind(Struct, frozen=True):
    """Nothing to read is 0 seconds, however long ago the last event came."""

    seconds: float
    events: int


def behind(log: sa.Engine, people: sa.Engine, now: datetime) -> Behind:
    """The age of the oldest row that `live` has not read, and how many events wait."""
    cursor = read_until(people)
    oldest, head = oldest_after(log, cursor), journal.head(log)
    if oldest is None or head is None:
        return Behind(0.0, 0)
    return Behind(max(0.0, (now - oldest).total_seconds()), head[0] - cursor)


def oldest_after(log: sa.Engine, place: int) -> datetime | None:
    """When the first row behind a place of the log came; None when there is none."""
    waiting = journal.read(log, place, rows=1)
    return waiting[0].received if waiting else None


def read_until(people: sa.Engine) -> int:
    """The last place of the log that `live` has kept the consequences of."""
    rows = tables.cursors.c
    with people.connect() as connection:
        return connection.scalar(sa.select(rows.position).where(rows.name == CURSOR)) or 0


def events_since(log: sa.Engine, workspace: str, since: datetime) -> int:
    """Events of a workspace received since a moment."""
    rows = tables.log.c
    with log.connect() as connection:
        first = journal.first_since(connection, micros(since))
        query = sa.select(sa.func.coalesce(sa.func.sum(rows.events), 0)).where(
            rows.seq >= first, rows.workspace == workspace, rows.kind == "events"
        )
        return int(connection.scalar(query) or 0)
