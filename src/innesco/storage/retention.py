"""Retention: how long is kept what grows without end, and its trimming beside those who write.

Kept for good are people and their histories, consents, suppressions, decisions, runs, messages,
definitions and the audit log. Trimmed is what has a record elsewhere: the log (a person's history
is the record after it), the quarantine (the log's too), the feeds once they were followed, and
mails that the sandbox caught. Rows are looked up without a lock and deleted a few at a time, each
few with a commit of their own, so a crash leaves some more for the next night.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta

import sqlalchemy as sa

from innesco.events.event import micros
from innesco.storage import journal, tables
from innesco.storage.beside import Beside
from innesco.storage.open import Stores

LOG = timedelta(days=35)
"""The log's horizon (DESIGN: records), and with it the quarantine's, effects' and the sandbox's."""
FEED = timedelta(days=7)
"""Columns that followed nothing for longer are made anew from the records."""
AT_ONCE = 200
"""Rows deleted in one commit."""

Say = Callable[[str, int], None]
"""What is being trimmed, and how many rows are gone by now."""


class Trimmer:
    """Deletes a few at a time and counts them, by what they were."""

    def __init__(self, beside: Beside, say: Say) -> None:
        self.rows: dict[str, int] = {}
        self._beside = beside
        self._say = say

    def delete(
        self,
        engine: sa.Engine,
        what: str,
        gone: Sequence[int],
        *statements: sa.Executable,
    ) -> None:
        with self._beside.commit(engine) as connection:
            for statement in statements:
                connection.execute(statement)
        self.rows[what] = self.rows.get(what, 0) + len(gone)
        self._say(what, self.rows[what])


def trim(
    stores: Stores, now: datetime, beside: Beside, say: Say = lambda what, rows: None
) -> dict[str, int]:
    """All that is past its time and was read by whoever follows it; answers how many rows."""
    trimmer = Trimmer(beside, say)
    with stores.journal.connect() as connection:
        old = journal.first_since(connection, micros(now - LOG))
        stale = journal.first_since(connection, micros(now - FEED))
    _trim_log(stores, trimmer, old)
    for workspace in _workspaces(stores.people, tables.quarantine):
        _trim_quarantine(stores.people, trimmer, workspace, old)
    for workspace in _workspaces(stores.people, tables.changes):
        _trim_changes(stores.people, trimmer, workspace, stale)
    _trim_effects(stores, trimmer, now)
    _trim_mails(stores.sandbox, trimmer, now)
    return trimmer.rows


def trimmed(connection: sa.Connection, workspace: str) -> int:
    """Up to this position a workspace's feed may have lost rows; 0 while it is whole."""
    held = tables.cursors.c
    query = sa.select(held.position).where(held.name == _mark(workspace))
    return connection.scalar(query) or 0


# -- one kind after the other ----------------------------------------------------------------------


def _trim_log(stores: Stores, trimmer: Trimmer, old: int) -> None:
    """Never what live has not read; nor the last row: the next one's place is counted from it."""
    rows = tables.log.c
    with stores.journal.connect() as connection:
        last = connection.scalar(sa.select(sa.func.max(rows.seq))) or 0
    end = min(old, _read_by(stores.people, tables.cursors, "live") + 1, last)
    for some in _some(stores.journal, rows.seq, rows.seq < end):
        forget = sa.delete(tables.log).where(rows.seq.between(some[0], some[-1]))
        trimmer.delete(stores.journal, "log", some, forget)


def _trim_quarantine(people: sa.Engine, trimmer: Trimmer, workspace: str, old: int) -> None:
    rows = tables.quarantine.c
    mine = rows.workspace == workspace
    for some in _some(people, rows.seq, mine, rows.seq < old):
        forget = sa.delete(tables.quarantine).where(mine, rows.seq.between(some[0], some[-1]))
        trimmer.delete(people, "quarantine", some, forget)


def _trim_changes(people: sa.Engine, trimmer: Trimmer, workspace: str, stale: int) -> None:
    """The last row stays: it tells columns that were deleted that there is such a workspace."""
    rows = tables.changes.c
    mine = rows.workspace == workspace
    with people.connect() as connection:
        last = connection.scalar(sa.select(sa.func.max(rows.position)).where(mine)) or 0
    for some in _some(people, rows.position, mine, rows.position < last, until=rows.seq < stale):
        mark = _MARK.bindparams(name=_mark(workspace), position=some[-1])
        forget = sa.delete(tables.changes).where(mine, rows.position.between(some[0], some[-1]))
        trimmer.delete(people, "changes", some, mark, forget)


def _trim_effects(stores: Stores, trimmer: Trimmer, now: datetime) -> None:
    """What deliver has copied lies in the outbox for good, under the same key."""
    rows = tables.effects.c
    copied = _read_by(stores.outbox, tables.outbox_cursors, "effects")
    past = rows.due < micros(now - LOG)
    for some in _some(stores.people, rows.position, rows.position <= copied, past):
        forget = sa.delete(tables.effects).where(rows.position.in_(some))
        trimmer.delete(stores.people, "effects", some, forget)


def _trim_mails(sandbox: sa.Engine, trimmer: Trimmer, now: datetime) -> None:
    rows = tables.mails.c
    for some in _some(sandbox, rows.id, rows.received < micros(now - LOG)):
        forget = sa.delete(tables.mails).where(rows.id.in_(some))
        trimmer.delete(sandbox, "mails", some, forget)


# -- looking up ------------------------------------------------------------------------------------


def _some(
    engine: sa.Engine,
    place: sa.ColumnElement[int],
    *where: sa.ColumnElement[bool],
    until: sa.ColumnElement[bool] | None = None,
) -> Iterator[list[int]]:
    """A few places at a time, rising; up to the first row for which `until` does not hold."""
    after = 0
    holds = sa.true() if until is None else until
    while True:
        query = sa.select(place, holds).where(place > after, *where).order_by(place).limit(AT_ONCE)
        with engine.connect() as connection:
            found = connection.execute(query).all()
        some = []
        for one, still in found:
            if not still:
                break
            some.append(one)
        if some:
            yield some
        if len(some) < AT_ONCE:
            return
        after = some[-1]


def _workspaces(people: sa.Engine, table: sa.Table) -> list[str]:
    with people.connect() as connection:
        return list(connection.scalars(sa.select(table.c.workspace).distinct()))


def _read_by(engine: sa.Engine, cursors: sa.Table, name: str) -> int:
    with engine.connect() as connection:
        query = sa.select(cursors.c.position).where(cursors.c.name == name)
        return connection.scalar(query) or 0


def _mark(workspace: str) -> str:
    return f"trimmed/{workspace}"


_MARK = sa.text(
    "INSERT INTO cursors (name, position, moment) VALUES (:name, :position, 0)"
    " ON CONFLICT (name) DO UPDATE SET position = excluded.position"
)
