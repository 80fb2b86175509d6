"""The table of docs/tracking-api.md, "Who refuses what, and when", row by row."""

import re
from pathlib import Path
from typing import NamedTuple

PAGE = (Path(__file__).parents[3] / "docs/tracking-api.md").read_text()
TABLE = PAGE.partition("## Who refuses what")[2].partition("\n\n`NaN`")[0]
GOOD = b'{"type":"track","event":"Product Viewed","anonymousId":"a-1","messageId":"%b"}'


class Row(NamedTuple):
    """Its case, who refuses, what happens."""

    what: str
    who: str
    happens: str


ROWS = [
    Row(*[cell.strip() for cell in line.strip("| ").split(" | ")])
    for line in TABLE.splitlines()
    if line.startswith("| ") and not line.startswith("| what |")
]


def rows_of(who: str) -> list[Row]:
    return [row for row in ROWS if row.who == who]


def codes(happens: str) -> set[tuple[int, str]]:
    """413 `too_large`, `too_many`: both with 413."""
    found, status = set(), 0
    for number, code in re.findall(r"(\d{3})|`([a-z_]+)`", happens):
        status = int(number) if number else status
        if code:
            found.add((status, code))
    return found
