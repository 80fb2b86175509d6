"""The words by which the list of people is searched: each finds her by its first letters.

They are taken from a person's label whenever that changes, so who is not known costs nothing.
"""

import re
from collections.abc import Iterable, Mapping

import sqlalchemy as sa

from innesco.storage import tables

LONGEST, MOST = 100, 24
"""Letters of a word and words of a person; more would only help an enemy to fill the disk."""
_BEYOND = "\U0010ffff"


def words(label: str) -> set[str]:
    """`anna rossi · a.rossi@x.it · 42 · p9f…`: anna, rossi, a.rossi@x.it, rossi@x.it, x.it, 42.

    The id at the end is no word: whoever has all of it finds her by the primary key.
    """
    found: list[str] = []
    for part in label.split(" · ")[:-1]:
        for word in part.split():
            found += _beginnings(word) if "@" in word else [word]
    return {word[:LONGEST] for word in found[:MOST]}


def relabel(
    connection: sa.Connection, workspace: str, before: Mapping[str, str], now: Mapping[str, str]
) -> None:
    """People had these labels and have those now; who is in one of both only came or went."""
    old = {(word, name) for name, label in before.items() for word in words(label)}
    new = {(word, name) for name, label in now.items() for word in words(label)}
    if gone := old - new:
        connection.exec_driver_sql(_DROP, [(workspace, *one) for one in sorted(gone)])
    if come := new - old:
        connection.exec_driver_sql(_ADD, [(workspace, *one) for one in sorted(come)])


def labels(connection: sa.Connection, workspace: str, ids: Iterable[str]) -> dict[str, str]:
    """The labels of these people as they are kept."""
    persons = tables.persons.c
    names = sorted(ids)
    found: dict[str, str] = {}
    for n in range(0, len(names), 500):
        query = sa.select(persons.id, persons.label).where(
            persons.workspace == workspace, persons.id.in_(names[n : n + 500])
        )
        found |= {name: label for name, label in connection.execute(query)}
    return found


def found(workspace: str, term: str) -> sa.CompoundSelect[str]:
    """Who has a word that begins with this one, or this very id."""
    held, persons = tables.person_words.c, tables.persons.c
    return sa.union_all(
        sa.select(held.person).where(
            held.workspace == workspace, held.word >= term, held.word < term + _BEYOND
        ),
        sa.select(persons.id).where(persons.workspace == workspace, persons.id == term),
    )


def _beginnings(address: str) -> list[str]:
    """The whole address, from each part of its name on, and its domain."""
    name, _, domain = address.rpartition("@")
    starts = [match.start() for match in re.finditer(r"[a-z0-9]+", name)]
    return [address, *(address[start:] for start in starts[1:]), domain]


_ADD = "INSERT OR IGNORE INTO person_words (workspace, word, person) VALUES (?, ?, ?)"
_DROP = "DELETE FROM person_words WHERE workspace = ? AND word = ? AND person = ?"
