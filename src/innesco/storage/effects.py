"""Effects: the feed of messages that were asked for; `deliver` copies it by key."""

from collections.abc import Iterable

import msgspec
import sqlalchemy as sa

from innesco.events.event import micros
from innesco.messages.asked import Asked


def keep(connection: sa.Connection, asked: Iterable[Asked]) -> None:
    """Asking twice is asking once: the key is unique."""
    rows = [
        {
            "workspace": one.workspace,
            "key": one.key,
            "due": micros(one.due),
            "body": msgspec.msgpack.encode(one),
        }
        for one in asked
    ]
    if rows:
        connection.execute(
            sa.text(
                "INSERT INTO effects (workspace, key, due, body)"
                " VALUES (:workspace, :key, :due, :body) ON CONFLICT (key) DO NOTHING"
            ),
            rows,
        )
