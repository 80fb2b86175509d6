"""Columns: the projection in DuckDB that answers questions about everybody; made anew at will."""
