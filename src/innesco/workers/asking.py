"""Asking: columns asks everybody by each edition of a segment that waits to be built.

What live told of the edition came by the same feed as everything before it, so once columns has
heard of it, whoever did nothing since is known as she is. The answers go into a file, and the log
says where (`storage/answers.py`); live takes them from there.
"""

import hashlib
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import sqlalchemy as sa
import structlog
from msgspec import Struct

from innesco.columns.owner import Owner
from innesco.columns.questions import Answers
from innesco.definitions.definitions import Definitions
from innesco.events.event import micros
from innesco.segments.edition import Edition
from innesco.storage import answers, cursors, editions, journal, published
from innesco.storage.clock import Clock

log = structlog.get_logger()


class Ports(Struct, frozen=True):
    """What asking needs besides the columns themselves."""

    people: sa.Engine
    journal: sa.Engine
    document: Callable[[str], bytes]
    clock: Clock
    data: Path


class Asking:
    """`ask` is called again and again, by the columns role or a test."""

    def __init__(self, owner: Owner, ports: Ports) -> None:
        self._owner, self._ports = owner, ports
        self._said: dict[tuple[str, str], int] = {}  # where in the log the answers of one stand

    def ask(self) -> int:
        """Ask everybody by what waits, in every workspace; answers by how many editions."""
        return sum(self._ask(workspace) for workspace in self._owner.workspaces())

    def _ask(self, workspace: str) -> int:
        waiting = self._heard_of(workspace)
        if not waiting:
            return 0
        read = cursors.position(self._ports.people, "live")
        with self._ports.people.connect() as connection:
            definitions = published.decoded(connection, workspace, self._ports.document)
        asked = 0
        for key in waiting:
            edition = definitions.editions.get(key)
            on_the_way = self._said.get((workspace, key), 0) > read
            if edition is not None and not on_the_way and ready(edition, definitions):
                self._build(workspace, edition, definitions)
                asked += 1
        return asked

    def _heard_of(self, workspace: str) -> list[str]:
        """Those, by key, that columns has heard of and nobody was asked by yet."""
        with self._owner.cursor(workspace) as cursor:
            rows = cursor.execute(
                "SELECT edition FROM editions"
                " WHERE built IS NULL AND whole IS NULL AND ended IS NULL ORDER BY seq, edition"
            ).fetchall()
        return [key for (key,) in rows]

    def _build(self, workspace: str, edition: Edition, definitions: Definitions) -> None:
        now = self._now()
        question = Answers(definitions.segments[edition.key].when, now, definitions.settings.zone)
        with self._owner.cursor(workspace) as cursor:
            table = question.answer(cursor)
        name = _file(workspace, edition)
        answers.write(self._ports.data, name, table)
        word = editions.Answered(edition.segment, edition.seq, micros(now), name, table.num_rows)
        entry = editions.entry(workspace, word)
        (place,) = journal.append(self._ports.journal, [entry], self._ports.clock())
        self._said[workspace, edition.key] = place
        log.info("segment.asked", workspace=workspace, edition=edition.key, rows=table.num_rows)

    def _now(self) -> datetime:
        """No earlier than the log's own time, which never goes back."""
        head = journal.head(self._ports.journal)
        now = self._ports.clock()
        return max(now, head[1]) if head else now


def ready(edition: Edition, definitions: Definitions) -> bool:
    """It waits, and the segments that it names serve."""
    if edition.built is not None or edition.whole is not None:
        return False
    listened = definitions.segments[edition.key].when.listens()
    named = [one.removeprefix("segment ") for one in listened if one.startswith("segment ")]
    return all(name in definitions.served for name in named)


def _file(workspace: str, edition: Edition) -> str:
    return hashlib.sha256(f"{workspace}/{edition.key}".encode()).hexdigest()[:20] + ".arrow"
