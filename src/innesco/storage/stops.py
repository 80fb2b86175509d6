"""Stops: kill switches that a person turns, read at each claim of a message.

Not events of the log: they must work at once, also while `live` is far behind.
"""

import re
from datetime import datetime

import sqlalchemy as sa
from msgspec import Struct

from innesco.events.event import micros, moment_of
from innesco.storage import tables
from innesco.storage.audit import Act, Actor, record


class Stop(Struct, frozen=True):
    """Nothing of this scope is sent until it is lifted; what waits, waits."""

    scope: str  #: all, channel:email, journey:cart-recovery
    reason: str
    actor: str
    since: datetime


def is_scope(text: str) -> bool:
    """`all`, `channel:email`, `journey:cart-recovery`."""
    return (
        re.fullmatch(r"all|(channel|journey):[A-Za-z0-9][\w.-]{0,79}", text, re.ASCII) is not None
    )


def of_workspace(connection: sa.Connection, workspace: str) -> list[Stop]:
    query = sa.select(tables.stops).where(_rows.workspace == workspace).order_by(_rows.since)
    return [
        Stop(row.scope, row.reason, row.actor, moment_of(row.since))
        for row in connection.execute(query)
    ]


def stop(
    connection: sa.Connection, workspace: str, scope: str, reason: str, by: Actor, now: datetime
) -> Stop:
    """Stop sending; stopping twice keeps the first moment and the newest reason."""
    before = {one.scope: one for one in of_workspace(connection, workspace)}.get(scope)
    connection.execute(_delete(workspace, scope))
    held = Stop(scope, reason, by.name, before.since if before else now)
    connection.execute(
        sa.insert(tables.stops).values(
            workspace=workspace,
            scope=scope,
            reason=reason,
            actor=by.name,
            since=micros(held.since),
        )
    )
    record(connection, Act(by, "stopped", f"sending/{scope}", workspace, {"reason": reason}), now)
    return held


def lift(connection: sa.Connection, workspace: str, scope: str, by: Actor, now: datetime) -> bool:
    """Sending goes on; False when it was not stopped."""
    lifted = connection.execute(_delete(workspace, scope)).rowcount == 1
    if lifted:
        record(connection, Act(by, "lifted", f"sending/{scope}", workspace), now)
    return lifted


_rows = tables.stops.c


def _delete(workspace: str, scope: str) -> sa.Delete:
    return sa.delete(tables.stops).where(_rows.workspace == workspace, _rows.scope == scope)
