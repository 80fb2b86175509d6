"""The projection: rows of the change feed become columns, each batch in one transaction.

The position in the feed moves in the same transaction as the rows, so a crash between two batches
loses and doubles nothing. New events go to the tail; `recluster` sorts them into the base.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import duckdb
import pyarrow as pa

from innesco.columns import tables
from innesco.columns.feed import (
    AliasRow,
    Change,
    ConsentRow,
    EditionRow,
    HistoryRow,
    MoveRow,
    PersonRow,
    Told,
)
from innesco.conditions.attribute import own_column
from innesco.conditions.facts import HOT, fits, pack
from innesco.events.event import Fact
from innesco.events.fold import fold

LONGEST_TAIL = 2_000_000
"""Rows in the tail past which it is sorted into the base (research: 41 ms with, 33 without)."""


def position(cursor: duckdb.DuckDBPyConnection) -> int | None:
    """The last row of the feed that is in; None when the tables are absent or of old."""
    known = "SELECT count(*) FROM duckdb_tables() WHERE table_name = 'state'"
    known += " AND database_name = current_database()"
    if not _one(cursor, known):
        return None
    ((version, at),) = cursor.execute("SELECT version, position FROM state").fetchall()
    return int(at) if version == tables.VERSION else None


def apply(cursor: duckdb.DuckDBPyConnection, changes: Sequence[Change]) -> None:
    """Take in the next rows of the feed, all or none."""
    if not changes:
        return
    told = _together(change.told for change in changes)
    seq = max(change.seq for change in changes)
    with all_or_none(cursor):
        _take(cursor, told, "tail")
        move = "UPDATE state SET position = ?, seq = greatest(seq, ?)"
        cursor.execute(move, [changes[-1].position, seq]).fetchall()


def load(cursor: duckdb.DuckDBPyConnection, told: Iterable[Told], at: int, seq: int) -> None:
    """Everything anew, as of a position of the feed: all or none, in place of what was there."""
    cursor.execute("BEGIN").fetchall()
    try:
        for table in tables.TABLES:
            cursor.execute(f"DELETE FROM {table}").fetchall()
        for many in told:
            _take(cursor, many, "base")
        cursor.execute("UPDATE state SET position = ?, seq = ?", [at, seq]).fetchall()
        cursor.execute("COMMIT").fetchall()
    except BaseException:
        cursor.execute("ROLLBACK").fetchall()
        raise
    recluster(cursor)


def recluster(cursor: duckdb.DuckDBPyConnection) -> None:
    """Sort base and tail into a new base, under the person that each row is by now."""
    with all_or_none(cursor):
        for view in ("events", "lines"):
            cursor.execute(
                f"CREATE TABLE {view}_new AS SELECT * FROM {view} ORDER BY person, moment, seq"
            ).fetchall()
            cursor.execute(f"DROP TABLE {view}_base").fetchall()
            cursor.execute(f"ALTER TABLE {view}_new RENAME TO {view}_base").fetchall()
            cursor.execute(f"DELETE FROM {view}_tail").fetchall()
        cursor.execute("DELETE FROM merged").fetchall()
        tables.define_views(cursor)


@contextmanager
def all_or_none(cursor: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """One transaction; a commit that fails, as on a full disk, has undone everything by itself."""
    cursor.execute("BEGIN").fetchall()
    try:
        yield
    except BaseException:
        cursor.execute("ROLLBACK").fetchall()
        raise
    cursor.execute("COMMIT").fetchall()


def tail_rows(cursor: duckdb.DuckDBPyConnection) -> int:
    return _one(cursor, "SELECT count(*) FROM events_tail")


# -- taking in -----------------------------------------------------------------------------------


def _together(told: Iterable[Told]) -> Told:
    """Several batches as one; of a person the last word stands."""
    every = list(told)
    persons = {row.person: row for one in every for row in one.persons}
    return Told(
        history=[row for one in every for row in one.history],
        persons=list(persons.values()),
        aliases=[row for one in every for row in one.aliases],
        consents=[row for one in every for row in one.consents],
        moves=[row for one in every for row in one.moves],
        editions=[row for one in every for row in one.editions],
    )


def _take(cursor: duckdb.DuckDBPyConnection, told: Told, part: str) -> None:
    _insert(cursor, f"events_{part}", map(_event, told.history))
    _insert(cursor, f"lines_{part}", (line for row in told.history for line in _lines(row)))
    _insert(cursor, "consents", map(_as_it_is, told.consents))
    _forget(cursor, [row.person for row in told.persons])
    _insert(cursor, "persons", map(_person, told.persons))
    memberships = (one for row in told.persons for one in _memberships(row))
    _insert(cursor, "members", memberships)
    _insert(cursor, "moves", map(_as_it_is, told.moves))
    _say_editions(cursor, told.editions)
    if told.aliases:
        _merge(cursor, told.aliases)


def _insert(
    cursor: duckdb.DuckDBPyConnection, table: str, rows: Iterable[Mapping[str, Any]]
) -> None:
    arrow = pa.Table.from_pylist(list(rows), schema=tables.TABLES[table])
    if not arrow.num_rows:
        return
    cursor.register("taken", arrow)
    cursor.execute(f"INSERT INTO {table} SELECT * FROM taken").fetchall()
    cursor.unregister("taken")


def _forget(cursor: duckdb.DuckDBPyConnection, persons: Sequence[str]) -> None:
    """Drop what was known of these people: the new word follows, or somebody else absorbed them."""
    if not persons:
        return
    cursor.register("gone", pa.table({"person": pa.array(persons, pa.string())}))
    for table in ("persons", "members"):
        cursor.execute(f"DELETE FROM {table} WHERE person IN (SELECT person FROM gone)").fetchall()
    cursor.unregister("gone")


def _say_editions(cursor: duckdb.DuckDBPyConnection, editions: Sequence[EditionRow]) -> None:
    """Of each the last word stands."""
    last = {row.edition: row for row in editions}
    for key in last:
        cursor.execute("DELETE FROM editions WHERE edition = ?", [key]).fetchall()
    _insert(cursor, "editions", map(_as_it_is, last.values()))


def _merge(cursor: duckdb.DuckDBPyConnection, aliases: Sequence[AliasRow]) -> None:
    """Chains are kept short: what had become a profile becomes the person that it is now."""
    for row in aliases:
        move = "UPDATE merged SET person = ? WHERE person = ?"
        cursor.execute(move, [row.person, row.profile]).fetchall()
        cursor.execute("DELETE FROM merged WHERE profile = ?", [row.profile]).fetchall()
        cursor.execute("INSERT INTO merged VALUES (?, ?)", [row.profile, row.person]).fetchall()
        hers = "UPDATE moves SET person = ? WHERE person = ?"
        cursor.execute(hers, [row.person, row.profile]).fetchall()
    _forget(cursor, [row.profile for row in aliases])
    tables.define_views(cursor)


# -- rows ----------------------------------------------------------------------------------------


def _event(row: HistoryRow) -> dict[str, Any]:
    return {
        "person": row.person,
        "moment": row.moment,
        "seq": row.seq,
        "local_day": row.local_day,
        "name": row.name,
        "source": row.source,
        "quiet": row.quiet,
        **{name: _hot(row.facts, name) for name in HOT},
        "facts": pack({name: fact for name, fact in row.facts.items() if name not in HOT}),
    }


def _hot(facts: Mapping[str, Fact], name: str) -> Fact | None:
    value = facts.get(name)
    if value is None or not fits(name, value):
        return None
    return fold(value) if isinstance(value, str) else value


def _lines(row: HistoryRow) -> Iterable[dict[str, Any]]:
    for item in row.items:
        yield {
            "person": row.person,
            "moment": row.moment,
            "seq": row.seq,
            "local_day": row.local_day,
            "name": row.name,
            "product": fold(item.product),
            "category": item.category,
            "brand": item.brand,
            "price": item.price,
            "quantity": item.quantity,
        }


def _person(row: PersonRow) -> dict[str, Any]:
    return {
        "person": row.person,
        **{own_column(name): value for name, value in row.own.items()},
        **row.visit,
        "visit_started": row.visit_started,
        "cart_value": row.cart_value,
        "cart_count": row.cart_count,
        "cart_products": row.cart_products,
        "channels": row.channels,
        "given": row.given,
        "journeys": row.journeys,
        "attributes": pack(row.attributes),
    }


def _memberships(row: PersonRow) -> Iterable[dict[str, Any]]:
    for edition, since in row.segments.items():
        yield {"person": row.person, "edition": edition, "since": since}


def _as_it_is(row: ConsentRow | MoveRow | EditionRow) -> dict[str, Any]:
    return {name: getattr(row, name) for name in row.__struct_fields__}


def _one(cursor: duckdb.DuckDBPyConnection, query: str) -> int:
    ((number,),) = cursor.execute(query).fetchall()
    return int(number)
