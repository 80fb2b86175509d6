"""What stands about a message that was asked for: all that the gate wants to know, as of now."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from innesco.definitions.workspace import Workspace
from innesco.messages.allow import NETWORK_HOURS, Standing
from innesco.messages.asked import Asked
from innesco.profiles.consent import MARKETING, with_left
from innesco.profiles.person import Consent
from innesco.storage import consents, journal, outbox, runs
from innesco.storage.journal import LEFT, Held

REACHED = "reached the end"
"""A run that left so has asked for its last message and wants it sent."""


class Read(NamedTuple):
    """Open connections to the files that know of it."""

    outbox: sa.Connection
    people: sa.Connection
    journal: sa.Connection


def standing(
    read: Read, asked: Asked, now: datetime, settings: Workspace, stops: Mapping[str, str]
) -> Standing:
    """As it is committed now; `stops` are the kill switches, scope → reason."""
    where = (asked.workspace, asked.channel, asked.address)
    since = now - timedelta(hours=max(48, settings.double_opt_in_hours))
    held = journal.suppressed(read.journal, *where)
    words = with_left(consents.standing(read.people, *where), _left(held))
    return Standing(
        now=now,
        zone=ZoneInfo(asked.zone or settings.zone),
        stops=stops,
        run_stopped=_run_stopped(read.people, asked),
        suppressed=_out(held, words),
        consents={purpose: word.state for purpose, word in words.items()},
        sent=outbox.sent_to(read.outbox, asked, since),
        sent_for_network=outbox.sent_for(read.outbox, asked, now - timedelta(hours=NETWORK_HOURS)),
        quiet=settings.quiet,
        most_marketing_a_day=settings.most_marketing_a_day,
        double_opt_in_hours=settings.double_opt_in_hours,
    )


def _left(held: Mapping[str, Held]) -> datetime | None:
    """When she left, as the door heard it: `live` may be far behind."""
    whole = held.get("")
    return whole.since if whole and whole.reason == LEFT else None


def _out(held: Mapping[str, Held], words: Mapping[str, Consent]) -> dict[str, str]:
    """Reason by topic. She is out by her own word as long as it is the last one on marketing;
    a bounce or a complaint is no word, and no consent takes it back."""
    reasons = {topic: one.reason for topic, one in held.items() if one.reason != LEFT}
    word = words.get(MARKETING)
    if word and word.state == "withdrawn":
        return {"": LEFT} | reasons
    return reasons


def _run_stopped(people: sa.Connection, asked: Asked) -> str | None:
    """Why its run left before its end, such as an order that came meanwhile."""
    if not asked.run:
        return None
    _, because = runs.open_run(people, asked.workspace, asked.run)
    return None if because in (None, REACHED) else because
