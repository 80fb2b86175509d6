"""The list of people, as the admin UI pages and searches it."""

from collections.abc import Iterable
from datetime import datetime

import msgspec
import sqlalchemy as sa
from msgspec import Struct

from innesco.events.event import micros, moment_of
from innesco.events.fold import fold
from innesco.profiles.person import Attribute, Level, Order
from innesco.storage import tables, words

MOST_TERMS = 8


class Entry(Struct, frozen=True):
    """A person in the list; what is not known is absent."""

    id: str
    name: str | None  #: as it was written
    email: str | None
    user: str | None  #: the shop's customer number
    level: Level
    last_seen: datetime
    orders: int  #: without those cancelled
    spent: int  #: less what was refunded, minor units of the workspace's currency

    @property
    def label(self) -> str:
        """All that is known, the id at the end."""
        return " · ".join(filter(None, (self.name, self.email, self.user, self.id)))


class Contact(Struct, frozen=True):
    """A person in a file: how to reach her, and since when she is known."""

    id: str
    email: str | None
    phone: str | None
    first_name: str | None
    last_name: str | None
    language: str | None
    level: Level
    first_seen: datetime | None
    last_seen: datetime | None


class Which(Struct, frozen=True):
    """`before` is (last seen, id) of the last one of the page before."""

    text: str = ""
    level: Level | None = None
    before: tuple[int, str] | None = None
    most: int = 50


def people(engine: sa.Engine, workspace: str, which: Which) -> list[Entry]:
    """Who was here last comes first; each word of the text must begin one of hers."""
    with engine.connect() as connection:
        return [_entry(row) for row in connection.execute(listing(workspace, which))]


def named(connection: sa.Connection, workspace: str, ids: Iterable[str]) -> list[Entry]:
    """Those of these ids, for a list that names people by the way."""
    query = sa.select(_rows.id, _rows.level, _rows.last_seen, _rows.state).where(
        _rows.workspace == workspace, _rows.id.in_(sorted(set(ids)))
    )
    return [_entry(row) for row in connection.execute(query)]


def contacts(connection: sa.Connection, workspace: str, ids: Iterable[str]) -> list[Contact]:
    """Those of these ids who are there, in the order of ids."""
    query = (
        sa.select(_rows.id, _rows.level, _rows.state)
        .where(_rows.workspace == workspace, _rows.id.in_(sorted(set(ids))))
        .order_by(_rows.id)
    )
    return [_contact(row) for row in connection.execute(query)]


def listing(workspace: str, which: Which) -> sa.Select[str, str, int, bytes]:
    """A search starts from the words: `+ 0` keeps SQLite from walking through everybody by time."""
    terms = fold(which.text).split()[:MOST_TERMS]
    seen = _rows.last_seen + 0 if terms else _rows.last_seen
    query = (
        sa.select(_rows.id, _rows.level, _rows.last_seen, _rows.state)
        .where(_rows.workspace == workspace)
        .where(*(_rows.id.in_(words.found(workspace, term)) for term in terms))
        .order_by(seen.desc(), _rows.id.desc())
        .limit(which.most)
    )
    if which.level is not None:
        query = query.where(_rows.level == which.level.value)
    if which.before is not None:
        query = query.where(sa.tuple_(seen, _rows.id) < sa.tuple_(*map(sa.literal, which.before)))
    return query


def how_many(engine: sa.Engine, workspace: str) -> int:
    """Everybody ever seen."""
    query = sa.select(sa.func.count()).where(_rows.workspace == workspace)
    with engine.connect() as connection:
        return connection.scalar(query) or 0


def seen_since(engine: sa.Engine, workspace: str, moment: datetime) -> int:
    """How many people did something since then."""
    query = sa.select(sa.func.count()).where(
        _rows.workspace == workspace, _rows.last_seen >= micros(moment)
    )
    with engine.connect() as connection:
        return connection.scalar(query) or 0


_rows = tables.persons.c


class _Known(Struct):
    """Of a person's state, what the list shows: the rest is skipped while decoding."""

    email: str | None = None
    user: str | None = None
    attributes: dict[str, Attribute] = {}
    orders: dict[str, Order] = {}


class _Reached(Struct):
    """The same for a file."""

    email: str | None = None
    phone: str | None = None
    language: str | None = None
    attributes: dict[str, Attribute] = {}
    first_seen: datetime | None = None
    last_seen: datetime | None = None


class _Kept(Struct):
    person: _Known


class _KeptReached(Struct):
    person: _Reached


_kept = msgspec.msgpack.Decoder(_Kept)
_reached = msgspec.msgpack.Decoder(_KeptReached)


def _entry(row: sa.Row[str, str, int, bytes]) -> Entry:
    name, level, last, state = row
    who = _kept.decode(state).person
    valid = [order for order in who.orders.values() if not order.cancelled]
    return Entry(
        id=name,
        name=_named(who.attributes),
        email=who.email,
        user=who.user,
        level=Level(level),
        last_seen=moment_of(last),
        orders=len(valid),
        spent=sum(order.value - order.refunded for order in valid),
    )


def _contact(row: sa.Row[str, str, bytes]) -> Contact:
    name, level, state = row
    who = _reached.decode(state).person
    first, last = (who.attributes.get(part) for part in ("firstName", "lastName"))
    return Contact(
        id=name,
        email=who.email,
        phone=who.phone,
        first_name=str(first.value) if first and first.value else None,
        last_name=str(last.value) if last and last.value else None,
        language=who.language,
        level=Level(level),
        first_seen=who.first_seen,
        last_seen=who.last_seen,
    )


def _named(attributes: dict[str, Attribute]) -> str | None:
    both = (attributes.get(part) for part in ("firstName", "lastName"))
    return " ".join(str(one.value) for one in both if one and one.value) or None
