"""Reasons: what the core says in English of why it did or did not, in the reader's language.

The sentences stand in `reasons.json`, which the admin UI reads too: one table, two readers.
"""

import re
from functools import cache
from pathlib import Path

import msgspec
from msgspec import Struct

FILE = Path(__file__).parent / "reasons.json"


class Reasons(Struct, frozen=True):
    sentences: list[tuple[str, str]]  #: how a reason looks, and its Italian with `$1` in it
    values: dict[str, str]


@cache
def reasons() -> Reasons:
    return msgspec.json.decode(FILE.read_bytes(), type=Reasons)


def in_italian(said: str) -> str:
    """`stopped by Order Completed` is *si è fermata con Order Completed*; else as it was said."""
    for shape, italian in reasons().sentences:
        if found := re.search(shape, said):
            return re.sub(r"\$(\d)", lambda place: in_italian(found[int(place[1])]), italian)
    return reasons().values.get(said, said)
