"""A table as a file that every spreadsheet opens: separated by commas, quoted where needed."""

import csv
from collections.abc import Iterable
from io import StringIO

BEGINS = "\ufeff"
"""Excel takes a file for UTF-8 only when it begins with this mark."""

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
"""A cell that begins so is run as a formula: whoever named herself `=HYPERLINK(…)` would reach into
the marketer's computer (https://owasp.org/www-community/attacks/CSV_Injection)."""


def lines(rows: Iterable[Iterable[str]]) -> str:
    """The rows as text; cells that begin like a formula get a quote before them."""
    text = StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerows([defused(cell) for cell in row] for row in rows)
    return text.getvalue()


def defused(cell: str) -> str:
    return f"'{cell}" if cell.startswith(FORMULA) else cell
