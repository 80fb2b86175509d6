"""Claiming: in one short transaction, read what stands about each due message and ask the gate."""

from collections import Counter
from collections.abc import Callable, Mapping
from datetime import datetime

import sqlalchemy as sa
from msgspec import Struct

from innesco.definitions.workspace import Workspace
from innesco.messages.allow import Later, Never, Now, allow
from innesco.storage import outbox
from innesco.storage.engines import writing
from innesco.storage.outbox import Waiting
from innesco.storage.standing import Read, standing

BATCH = 20
"""Messages claimed at once: as many may become `uncertain` when the process dies."""


class Facts(Struct, frozen=True, kw_only=True):
    """Where a claim reads; suppressions, consents and stops are read anew for every batch."""

    outbox: sa.Engine
    people: sa.Engine
    journal: sa.Engine
    settings: Callable[[str], Workspace]
    stops: Callable[[str], Mapping[str, str]]  #: scope → reason, of a workspace


class Claim(Struct, frozen=True):
    taken: tuple[Waiting, ...]  #: ours to send
    moved: int
    skipped: dict[str, int]  #: by gate

    @property
    def looked_at(self) -> int:
        return len(self.taken) + self.moved + sum(self.skipped.values())


def claim(facts: Facts, epoch: int, now: datetime, most: int = BATCH) -> Claim | None:
    """Ask the gate about the next due messages; None for a sender whose epoch is over.

    An unsubscribe that was committed before this transaction began is seen by it.
    """
    taken: list[Waiting] = []
    skipped: Counter[str] = Counter()
    moved = 0
    with (
        writing(facts.outbox).begin() as connection,
        facts.people.connect() as people,
        facts.journal.connect() as log,
    ):
        if not outbox.is_epoch(connection, epoch):
            return None
        for waiting in outbox.due(connection, now, most):
            asked = waiting.asked
            read = Read(connection, people, log)
            settings, stops = facts.settings(asked.workspace), facts.stops(asked.workspace)
            ruling = allow(asked, standing(read, asked, now, settings, stops))
            match ruling.verdict:
                case Now():
                    outbox.claim(connection, asked, epoch, ruling.gates, now)
                    taken.append(waiting)
                case Later(until, gate):
                    outbox.move(connection, asked, until, gate, ruling.gates)
                    moved += 1
                case Never(_, gate):
                    outbox.skip(connection, asked, ruling.verdict, ruling.gates, now)
                    skipped[gate] += 1
    return Claim(tuple(taken), moved, dict(skipped))
