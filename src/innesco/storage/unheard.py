"""Unheard: what came of somebody about a moment and taught nothing; the log has it while it lasts.

A history has only what was learnt. Robots' events, doubles, what no one could read, and what came
of a muted profile stand in the log alone; they are looked for when a moment is asked about.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

import sqlalchemy as sa
from msgspec import Struct

from innesco.events.admit import Customs, admit
from innesco.events.body import events_of
from innesco.events.event import Admitted, Dropped, micros
from innesco.profiles.person import Person
from innesco.storage import journal
from innesco.storage.journal import Row
from innesco.storage.past import Known

ABOUT = timedelta(minutes=15)
"""So long before and after the moment that is asked about."""
MOST_ROWS = 5000
ROWS = 200


class Unheard(Struct, frozen=True):
    """One event that came and was not learnt."""

    seq: int
    moment: datetime  #: when it was received
    event: str  #: its name, as far as it has one
    because: str


def unheard(
    log: sa.Engine, about: Known, workspace: str, customs: Customs, at: datetime
) -> list[Unheard]:
    """All that names the person; of a very busy log only its first rows are read."""
    marks = [mark.lower().encode() for mark in _marks(about.state.person)]
    heard = {one.event.seq for one in about.past.heards}
    keys = {one.event.key for one in about.past.heards}
    found = []
    for row in _rows(log, workspace, at):
        for n, raw in enumerate(events_of(row.body)):
            body, seq = bytes(raw), row.seq + n
            if seq in heard or not any(mark in body.lower() for mark in marks):
                continue
            one = admit(body, journal.letter(row, n), customs)
            if because := _because(one, about, keys, seq):
                name = one.event.name if isinstance(one, Admitted) else ""
                found.append(Unheard(seq, row.received, name, because))
    return found


def _because(one: Admitted | Dropped, about: Known, keys: set[int], seq: int) -> str | None:
    """Why it was not learnt; None when it is somebody else's, who only names her."""
    match one:
        case Dropped(reason, place):
            return f"could not be read: {reason}" + (f", at {place}" if place else "")
        case Admitted(event, says):
            person = about.state.person
            mine = says.anonymous in person.anonymous or (says.user and says.user == person.user)
            if not mine and says.email != person.email:
                return None
            if event.machine:
                return "a robot sent it, by the name of its browser"
            if seq > about.seq:
                return "live has not read it yet"
            if event.key in keys:
                return "had been heard already: it was sent twice"
            return person.muted or "was taken for somebody else's: the device was not hers then"


def _marks(person: Person) -> Iterator[str]:
    """As JSON writes her ids; a customer's number may stand there without quotes."""
    yield from (f'"{one}"' for one in (*person.anonymous, person.user, person.email) if one)
    if person.user and person.user.isdigit():
        yield from (f'"userid":{person.user}', f'"userid": {person.user}')


def _rows(log: sa.Engine, workspace: str, at: datetime) -> Iterator[Row]:
    with log.connect() as connection:
        after = journal.first_since(connection, micros(at - ABOUT)) - 1
    for _ in range(MOST_ROWS // ROWS):
        some = journal.read(log, after, ROWS)
        for row in some:
            if row.received > at + ABOUT:
                return
            if row.workspace == workspace and row.kind in ("events", "import"):
                yield row
        if len(some) < ROWS:
            return
        after = some[-1].seq


def forgotten(log: sa.Engine, at: datetime) -> bool:
    """Whether the log of that moment is not there any more."""
    first = journal.read(log, 0, rows=1)
    return not first or first[0].received > at + ABOUT
