"""The change feed: what live tells columns, written in live's own transaction.

One row a batch, msgpack inside: what people did, how they are now, who became whom, what was
allowed. Columns follows it by position, so a crash on either side loses and doubles nothing.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, Protocol

import msgspec
import sqlalchemy as sa
from msgspec import Struct

from innesco.conditions.attribute import OWN
from innesco.conditions.cart import cart_figure, cart_products
from innesco.conditions.reachable import CHANNELS, PURPOSES, gave
from innesco.conditions.visit import visit_figures
from innesco.events.event import Event, Fact, Item, micros
from innesco.profiles.person import Person
from innesco.segments.edition import Move
from innesco.storage import tables
from innesco.storage.editions import Kept


class HistoryRow(Struct, frozen=True, array_like=True, gc=False):
    """One event of one person, as far as questions about everybody read it."""

    person: str
    moment: int  #: microseconds
    seq: int
    local_day: int
    name: str
    source: str
    quiet: bool
    facts: dict[str, Fact]
    items: tuple[Item, ...]


class PersonRow(Struct, frozen=True, array_like=True, gc=False):
    """A person as she is now; conditions read the same values of `View.person`."""

    person: str
    own: dict[str, Fact | None]  #: conditions/attribute.py, OWN
    visit_started: int | None
    visit: dict[str, int | None]  #: by the name of the column
    cart_value: int | None
    cart_count: int | None
    cart_products: tuple[str, ...]
    channels: tuple[str, ...]  #: on which there is an address
    given: tuple[str, ...]  #: `email/marketing`: consents in force
    journeys: tuple[str, ...]  #: with an open run
    attributes: dict[str, Fact]
    segments: dict[str, int]  #: since, by edition


class AliasRow(Struct, frozen=True, array_like=True, gc=False):
    """From here on this profile is that person."""

    profile: str
    person: str


class ConsentRow(Struct, frozen=True, array_like=True, gc=False):
    """One line of the consent ledger."""

    person: str
    channel: str
    address: str
    purpose: str
    state: str
    moment: int
    seq: int


class MoveRow(Struct, frozen=True, array_like=True, gc=False):
    """Somebody entered or left an edition of a segment."""

    person: str
    edition: str
    moment: int
    seq: int
    entered: bool
    because: str


class EditionRow(Struct, frozen=True, array_like=True, gc=False):
    """An edition as it is by now."""

    edition: str
    segment: str
    seq: int
    hash: str
    published: int
    built: int | None  #: as of when everybody was asked
    whole: int | None  #: since when it serves
    ended: int | None


class Told(Struct, frozen=True, array_like=True, gc=False):
    """What one batch changed in one workspace."""

    history: Sequence[HistoryRow] = ()
    persons: Sequence[PersonRow] = ()
    aliases: Sequence[AliasRow] = ()
    consents: Sequence[ConsentRow] = ()
    moves: Sequence[MoveRow] = ()
    editions: Sequence[EditionRow] = ()


class Change(Struct, frozen=True):
    """A row of the feed as read back."""

    position: int
    seq: int
    told: Told


# -- what live says ------------------------------------------------------------------------------


class Batch(Protocol):
    """Live's crowd at the end of a batch, as far as columns must hear of it."""

    changed: set[str]  #: people whose state is another one now
    heard: list[tuple[str, Event]]  #: what they did
    absorbed: list[tuple[str, str, int, datetime]]  #: profile, the person it became, since
    ledger: list[tuple[str, Any]]  #: lines of the consent ledger
    moves: list[tuple[str, Move]]  #: segments entered and left

    def get(self, name: str) -> tuple[Any, Any]:
        """The state of a person and the history."""
        ...


def write(connection: sa.Connection, workspace: str, batch: Batch) -> None:
    """One row more in the feed, when anything changed."""
    gone = {profile for profile, *_ in batch.absorbed}
    states = [batch.get(name)[0] for name in sorted(batch.changed - gone)]
    told = Told(
        history=[history_row(name, event) for name, event in batch.heard],
        persons=[person_row(one.person, one.journeys) for one in states],
        aliases=[AliasRow(profile, person) for profile, person, *_ in batch.absorbed],
        consents=[consent_row(name, line) for name, line in batch.ledger],
        moves=[move_row(name, move) for name, move in batch.moves],
    )
    append(connection, workspace, told)


def append(connection: sa.Connection, workspace: str, told: Told) -> None:
    """The row itself; nothing when nothing is told."""
    if not any(getattr(told, name) for name in told.__struct_fields__):
        return
    seq = max((row.seq for row in told.history), default=0)
    row = {"kind": KIND, "workspace": workspace, "seq": seq, "body": _pack.encode(told)}
    connection.execute(sa.insert(tables.changes).values(row))


def history_row(person: str, event: Event) -> HistoryRow:
    return HistoryRow(
        person=person,
        moment=micros(event.moment),
        seq=event.seq,
        local_day=event.local_day,
        name=event.name,
        source=event.source.value,
        quiet=event.quiet,
        facts=event.facts,
        items=event.items,
    )


def person_row(person: Person, journeys: Iterable[str] = ()) -> PersonRow:
    visit = person.visit
    return PersonRow(
        person=person.id,
        own={name: of(person) for name, of in OWN.items()},
        visit_started=micros(visit.started) if visit else None,
        visit=visit_figures(person),
        cart_value=cart_figure(person, "value"),
        cart_count=cart_figure(person, "count"),
        cart_products=cart_products(person),
        channels=tuple(channel for channel in CHANNELS if person.reachable(channel)),
        given=_given(person) if person.consents else (),
        journeys=tuple(sorted(set(journeys))),
        attributes={
            name: one.value for name, one in person.attributes.items() if one.value is not None
        },
        segments={name: micros(since) for name, since in person.segments.items()},
    )


def _given(person: Person) -> tuple[str, ...]:
    return tuple(
        f"{channel}/{purpose}"
        for channel in CHANNELS
        for purpose in PURPOSES
        if gave(person, channel, purpose)
    )


def move_row(person: str, move: Move) -> MoveRow:
    return MoveRow(person, move.edition, micros(move.moment), move.seq, move.entered, move.because)


def edition_row(kept: Kept) -> EditionRow:
    one, built = kept.edition, kept.edition.built
    return EditionRow(
        edition=one.key,
        segment=one.segment,
        seq=one.seq,
        hash=one.hash,
        published=micros(kept.published),
        built=micros(built.at) if built else None,
        whole=micros(kept.whole_at) if kept.whole_at else None,
        ended=micros(kept.ended_at) if kept.ended_at else None,
    )


def consent_row(person: str, line: Any) -> ConsentRow:
    moment = micros(line.moment)
    return ConsentRow(
        person, line.channel, line.address, line.purpose, line.state, moment, line.seq
    )


# -- what columns reads --------------------------------------------------------------------------


def read(connection: sa.Connection, workspace: str, after: int, most: int = 200) -> list[Change]:
    """The next rows of one workspace, oldest first."""
    held = tables.changes.c
    query = (
        sa.select(held.position, held.seq, held.body)
        .where(held.workspace == workspace, held.position > after)
        .order_by(held.position)
        .limit(most)
    )
    return [
        Change(position, seq, _told.decode(body))
        for position, seq, body in connection.execute(query)
    ]


def news(connection: sa.Connection, after: int) -> dict[str, int]:
    """The workspaces that have rows past a position, each with its last one."""
    held = tables.changes.c
    query = (
        sa.select(held.workspace, sa.func.max(held.position))
        .where(held.position > after)
        .group_by(held.workspace)
    )
    return {workspace: position for workspace, position in connection.execute(query)}


def last(connection: sa.Connection, workspace: str) -> int:
    """The last position of a workspace, 0 before the first."""
    held = tables.changes.c
    query = sa.select(sa.func.max(held.position)).where(held.workspace == workspace)
    return connection.scalar(query) or 0


KIND = "people"
"""The kind of these rows in `changes`."""

_pack = msgspec.msgpack.Encoder()
_told = msgspec.msgpack.Decoder(Told)
