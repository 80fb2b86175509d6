"""How long an event takes to become a message in the outbox, at a load that is kept up.

The real roles `live` and `deliver` run as processes of their own; requests are appended to the log
at a steady pace, as the door does it, and the outbox is looked at every few milliseconds.
"""

import time
from collections.abc import Sequence
from statistics import quantiles
from threading import Event, Thread
from typing import Any, NamedTuple, Protocol

import msgspec
import sqlalchemy as sa

from bench.definitions import DEFINITIONS
from innesco.events.event import Source, micros
from innesco.storage import definitions, journal, lag, tables
from innesco.storage.audit import PROGRAM
from innesco.storage.clock import wall
from innesco.storage.definitions import Name
from innesco.storage.engines import writing
from innesco.storage.journal import Entry
from innesco.verify.roles import Roles
from innesco.verify.shop import TEMPLATE, WORKSPACE, Shop, shop
from innesco.verify.wait import until

PULSE, LOOK = 0.02, 0.005
"""Seconds between two group commits, and between two looks at the outbox."""
WARM = 3  #: seconds at the beginning that are not timed
ROLES = ("live", "deliver", "sandbox")


class Latency(NamedTuple):
    """Seconds from the acknowledgement to the outbox, and how many messages were timed."""

    p50: float
    p99: float
    messages: int


class Says(Protocol):
    """Who writes the requests."""

    def request(self, now: Any) -> bytes: ...


def outbox_latency(crowd: Says, per_request: int, events_a_second: float, secs: float) -> Latency:
    """The definitions of the bench, the load for so many seconds."""
    with shop() as place:
        _publish(place)
        requests = events_a_second / per_request
        first = int(requests * WARM)
        told = [crowd.request(wall()) for _ in range(first + int(requests * secs))]
        with Roles(place.settings, names=ROLES):
            _say(place, told[:first], per_request, events_a_second)  # the roles warm up
            assert until(lambda: not _behind(place), 60), "live does not keep up"
            found: list[float] = []
            over = Event()
            looking = Thread(target=_look, args=(place, found, over))
            looking.start()
            _say(place, told[first:], per_request, events_a_second)
            until(lambda: not _behind(place), 60)
            time.sleep(0.5)
            over.set()
            looking.join()
    cuts = quantiles(found, n=100)
    return Latency(cuts[49], cuts[98], len(found))


def _publish(place: Shop) -> None:
    control, log = place.innesco.stores.control, place.innesco.stores.journal
    for kind, name, document in [("template", "bench", TEMPLATE | {"id": "bench"}), *DEFINITIONS]:
        what = Name(WORKSPACE, kind, name)
        with writing(control).begin() as connection:
            definitions.save_draft(connection, what, msgspec.json.encode(document), PROGRAM, wall())
        definitions.publish(control, log, what, PROGRAM, wall(), wall())


def _say(place: Shop, bodies: Sequence[bytes], per_request: int, rate: float) -> None:
    """At each pulse as many requests as are owed by then, in one commit."""
    began, said = time.monotonic(), 0
    while said < len(bodies):
        owed = int((time.monotonic() - began) * rate / per_request)
        entries = [
            Entry(WORKSPACE, Source.PUBLIC, "pk", events=per_request, body=body)
            for body in bodies[said:owed]
        ]
        if entries:
            journal.append(place.innesco.stores.journal, entries, wall())
        said = max(said, min(owed, len(bodies)))
        time.sleep(PULSE)


def _look(place: Shop, found: list[float], over: Event) -> None:
    """Each new message once: how long ago was the event that asked for it acknowledged?

    Those of the time in which the roles warmed up are not timed, however late they come.
    """
    rowid = sa.literal_column("rowid")
    seen, began = 0, micros(wall())
    while not over.is_set():
        with place.innesco.stores.outbox.connect() as connection:
            query = sa.select(rowid, tables.messages.c.asked).where(rowid > seen).order_by(rowid)
            rows = connection.execute(query).all()
        now = micros(wall())
        if rows:
            seen = rows[-1][0]
            found += [(now - asked) / 1e6 for _, asked in rows if asked >= began]
        time.sleep(LOOK)


def _behind(place: Shop) -> int:
    stores = place.innesco.stores
    return lag.behind(stores.journal, stores.people, wall()).events
