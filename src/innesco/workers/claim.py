"""Claiming: in one short transaction, read what stands about each due message and ask the gate."""

from collections import Counter
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from msgspec import Struct

from innesco.definitions.workspace import Workspace
from innesco.messages.allow import Later, Never, Now, Standing, allow
from innesco.messages.asked import Asked
from innesco.storage import consents, journal, outbox, runs
from innesco.storage.engines import writing
from innesco.storage.outbox import Waiting

BATCH = 20
"""Messages claimed at once: as many may become `uncertain` when the process dies."""

REACHED = "reached the end"
"""A run that left so has asked for its last message and wants it sent."""


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
            ruling = allow(asked, _standing(facts, connection, people, log, asked, now))
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


def _standing(
    facts: Facts,
    connection: sa.Connection,
    people: sa.Connection,
    log: sa.Connection,
    asked: Asked,
    now: datetime,
) -> Standing:
    """Everything the gate wants to know, as it is committed now."""
    where = (asked.workspace, asked.channel, asked.address)
    settings = facts.settings(asked.workspace)
    since = now - timedelta(hours=max(48, settings.double_opt_in_hours))
    words = consents.standing(people, *where)
    return Standing(
        now=now,
        zone=ZoneInfo(settings.zone),
        stops=facts.stops(asked.workspace),
        run_stopped=_run_stopped(people, asked),
        suppressed=journal.suppressed(log, *where),
        consents={purpose: word.state for purpose, word in words.items()},
        sent=outbox.sent_to(connection, asked, since),
        quiet=settings.quiet,
        most_marketing_a_day=settings.most_marketing_a_day,
        double_opt_in_hours=settings.double_opt_in_hours,
    )


def _run_stopped(people: sa.Connection, asked: Asked) -> str | None:
    """Why its run left before its end, such as an order that came meanwhile."""
    if not asked.run:
        return None
    _, because = runs.open_run(people, asked.workspace, asked.run)
    return None if because in (None, REACHED) else because
