"""Scrubbing: reads every row of a database and says which are not what was written.

SQLite's own check sees broken pages, not a changed bit in somebody's order: of single flipped bits
it found one in seven. So each event of the log and of the histories has a checksum of its own.
"""

from collections.abc import Iterator

import msgspec
import sqlalchemy as sa

from innesco.events.body import events_of, sums_of
from innesco.profiles.history import Damaged, open_kept, unchunk
from innesco.storage import audit, tables

MOST = 20
"""Troubles told of one file; more say nothing new."""


def scrub(engine: sa.Engine, name: str) -> list[str]:
    """What is wrong in the file of this name, `journal: row 17: checksum differs`; empty = whole.

    Of `journal` each event's checksum is compared, of `people` each history's, of `control` the
    audit log's seals; of every SQLite file also its own integrity.
    """
    found = []
    try:
        for trouble in _troubles(engine, name):
            found.append(f"{name}: {trouble}")
            if len(found) == MOST:
                break
    except sa.exc.DatabaseError as error:
        found.append(f"{name}: {error.orig}")
    return found


def _troubles(engine: sa.Engine, name: str) -> Iterator[str]:
    with engine.connect() as connection:
        if connection.dialect.name == "sqlite":
            yield from _integrity(connection)
        match name:
            case "journal":
                yield from _log(connection)
            case "people":
                yield from _histories(connection)
            case "control":
                row = audit.broken(connection)
                if row is not None:
                    yield f"audit row {row}: does not fit the one before it"


def _integrity(connection: sa.Connection) -> Iterator[str]:
    for said in connection.exec_driver_sql(f"PRAGMA integrity_check({MOST})").scalars():
        if said != "ok":
            yield str(said)


def _log(connection: sa.Connection) -> Iterator[str]:
    rows = tables.log.c
    query = sa.select(rows.seq, rows.body, rows.sums).where(sa.func.length(rows.sums) > 0)
    for seq, body, sums in connection.execute(query.order_by(rows.seq)):
        if sums_of(events_of(bytes(body))) != bytes(sums):
            yield f"row {seq}: checksum differs"


def _histories(connection: sa.Connection) -> Iterator[str]:
    rows = tables.history.c
    query = sa.select(rows.workspace, rows.person, rows.first_seq, rows.chunk)
    for workspace, person, first, chunk in connection.execute(query):
        trouble = _history(bytes(chunk))
        if trouble:
            yield f"history of {workspace}/{person} from {first}: {trouble}"


def _history(chunk: bytes) -> str | None:
    try:
        for kept in unchunk(chunk):
            open_kept(kept)
    except (Damaged, msgspec.MsgspecError, UnicodeDecodeError) as error:
        return str(error)
    return None
