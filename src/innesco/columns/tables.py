"""The tables of a workspace in DuckDB: events clustered by person, and what is known of people.

Events stand in a base, sorted by (person, moment, seq), and an unsorted tail of what came since.
Rows keep the person they were written for; who became somebody else stands in `merged`, and the
views `events` and `lines` expand it. Of all that `members` keeps, the view `memberships` has those
of the editions that serve. Questions read the views, never the tables behind them.
"""

from collections.abc import Mapping

import duckdb
import pyarrow as pa

EVENTS = pa.schema(
    [
        ("person", pa.string()),
        ("moment", pa.int64()),
        ("seq", pa.int64()),
        ("local_day", pa.int32()),
        ("name", pa.string()),
        ("source", pa.string()),
        ("quiet", pa.bool_()),
        ("product", pa.string()),
        ("category", pa.string()),
        ("brand", pa.string()),
        ("order", pa.string()),
        ("cart", pa.string()),
        ("query", pa.string()),
        ("path", pa.string()),
        ("currency", pa.string()),
        ("price", pa.int64()),
        ("value", pa.int64()),
        ("value_base", pa.int64()),
        ("quantity", pa.float64()),
        ("facts", pa.string()),  # all other properties (conditions/facts.py)
    ]
)
LINES = pa.schema(
    [
        ("person", pa.string()),
        ("moment", pa.int64()),
        ("seq", pa.int64()),
        ("local_day", pa.int32()),
        ("name", pa.string()),
        ("product", pa.string()),
        ("category", pa.string()),
        ("brand", pa.string()),
        ("price", pa.int64()),
        ("quantity", pa.int64()),
    ]
)
PERSONS = pa.schema(
    [
        ("person", pa.string()),
        ("level", pa.string()),
        ("user", pa.string()),
        ("email", pa.string()),
        ("phone", pa.string()),
        ("language", pa.string()),
        ("first_seen", pa.int64()),
        ("last_seen", pa.int64()),
        ("visit_started", pa.int64()),
        ("visit_products", pa.int64()),
        ("visit_pages", pa.int64()),
        ("visit_categories", pa.int64()),
        ("visit_searches", pa.int64()),
        ("visit_seconds", pa.int64()),
        ("visit_number", pa.int64()),
        ("cart_value", pa.int64()),
        ("cart_count", pa.int64()),
        ("cart_products", pa.list_(pa.string())),
        ("channels", pa.list_(pa.string())),  # with an address
        ("given", pa.list_(pa.string())),  # email/marketing: consents in force
        ("journeys", pa.list_(pa.string())),  # with an open run
        ("attributes", pa.string()),  # conditions/facts.py
    ]
)
MEMBERS = pa.schema([("person", pa.string()), ("edition", pa.string()), ("since", pa.int64())])
CONSENTS = pa.schema(
    [
        ("person", pa.string()),
        ("channel", pa.string()),
        ("address", pa.string()),
        ("purpose", pa.string()),
        ("state", pa.string()),
        ("moment", pa.int64()),
        ("seq", pa.int64()),
    ]
)
MOVES = pa.schema(
    [
        ("person", pa.string()),
        ("edition", pa.string()),
        ("moment", pa.int64()),
        ("seq", pa.int64()),
        ("entered", pa.bool_()),
        ("because", pa.string()),
    ]
)
EDITIONS = pa.schema(
    [
        ("edition", pa.string()),  # of which memberships and moves speak
        ("segment", pa.string()),
        ("seq", pa.int64()),
        ("hash", pa.string()),
        ("published", pa.int64()),
        ("built", pa.int64()),  # as of when everybody was asked
        ("whole", pa.int64()),  # since when it serves
        ("ended", pa.int64()),
    ]
)
MERGED = pa.schema([("profile", pa.string()), ("person", pa.string())])

TABLES: Mapping[str, pa.Schema] = {
    "events_base": EVENTS,
    "events_tail": EVENTS,
    "lines_base": LINES,
    "lines_tail": LINES,
    "persons": PERSONS,
    "members": MEMBERS,
    "consents": CONSENTS,
    "moves": MOVES,
    "editions": EDITIONS,
    "merged": MERGED,
}

VERSION = 2
"""Of these tables. A file of another version is dropped and made anew."""

_TYPES = {
    pa.string(): "VARCHAR",
    pa.int64(): "BIGINT",
    pa.int32(): "INTEGER",
    pa.float64(): "DOUBLE",
    pa.bool_(): "BOOLEAN",
    pa.list_(pa.string()): "VARCHAR[]",
}


def create(cursor: duckdb.DuckDBPyConnection) -> None:
    """All tables, empty, at position 0 of the feed."""
    for name, schema in TABLES.items():
        columns = ", ".join(f'"{field.name}" {_TYPES[field.type]}' for field in schema)
        cursor.execute(f"CREATE TABLE {name} ({columns})").fetchall()
    cursor.execute("CREATE TABLE state (version INTEGER, position BIGINT, seq BIGINT)").fetchall()
    cursor.execute("INSERT INTO state VALUES (?, 0, 0)", [VERSION]).fetchall()
    define_views(cursor)


def define_views(cursor: duckdb.DuckDBPyConnection) -> None:
    """`events`, `lines`, `memberships`; the join with `merged` only while somebody is in it."""
    ((merges,),) = cursor.execute("SELECT count(*) FROM merged").fetchall()
    for view, schema in (("events", EVENTS), ("lines", LINES)):
        both = f"(SELECT * FROM {view}_base UNION ALL SELECT * FROM {view}_tail)"
        columns = ", ".join(f'e."{field.name}"' for field in schema if field.name != "person")
        sql = f"SELECT e.person, {columns} FROM {both} AS e"
        if merges:
            sql = (
                f"SELECT coalesce(m.person, e.person) AS person, {columns} FROM {both} AS e"
                " LEFT JOIN merged AS m ON m.profile = e.person"
            )
        cursor.execute(f"CREATE OR REPLACE VIEW {view} AS {sql}").fetchall()
    cursor.execute(f"CREATE OR REPLACE VIEW memberships AS {_MEMBERSHIPS}").fetchall()


_MEMBERSHIPS = """
    SELECT m.person, coalesce(e.segment, m.edition) AS segment, m.since
    FROM members AS m LEFT JOIN editions AS e USING (edition)
    WHERE e.edition IS NULL OR (e.whole IS NOT NULL AND e.ended IS NULL)
"""
"""By the edition of each segment that serves; one that nobody told of stands for itself."""
