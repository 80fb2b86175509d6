"""Answers: what a cursor found as one Arrow table, read to its end."""

import duckdb
import pyarrow as pa

Cursor = duckdb.DuckDBPyConnection


def arrow(cursor: Cursor, query: str, *values: object) -> pa.Table:
    """Read to the end: an unread result would keep the connection to itself."""
    return cursor.sql(query, params=list(values) or None).to_arrow_table()


def number(cursor: Cursor, query: str) -> int:
    """The one number of a question such as `SELECT count(*) …`."""
    ((found,),) = cursor.execute(query).fetchall()
    return int(found)
