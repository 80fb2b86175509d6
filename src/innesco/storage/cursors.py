"""Cursors: how far somebody has read what somebody else writes."""

from datetime import datetime

import sqlalchemy as sa

from innesco.events.event import micros
from innesco.storage import tables


def position(engine: sa.Engine, name: str) -> int:
    """The last place that was read and kept; 0 before the first."""
    with engine.connect() as connection:
        query = sa.select(tables.cursors.c.position).where(tables.cursors.c.name == name)
        return connection.scalar(query) or 0


def move(connection: sa.Connection, name: str, place: int, at: datetime) -> None:
    """In the transaction of what was read."""
    row = {"name": name, "position": place, "moment": micros(at)}
    connection.execute(_MOVE, row)


_MOVE = sa.text(
    "INSERT INTO cursors (name, position, moment) VALUES (:name, :position, :moment)"
    " ON CONFLICT (name) DO UPDATE SET position = excluded.position, moment = excluded.moment"
)
