"""Keys: how pages, the shop's server and programs say which workspace they belong to.

`pk_…` is public and stands in every page, `sk_…` is the shop's server, `ak_…` the admin API. After
the prefix come 32 random bytes and a checksum, in base62: a mistyped key is refused without asking
the database. Stored is the SHA-256; the secret ones are shown once.
"""

import secrets
import string
import zlib
from collections.abc import Callable
from datetime import datetime, timedelta
from enum import StrEnum

import msgspec
import sqlalchemy as sa
from msgspec import Struct

from innesco.events.event import Source, micros, moment_of
from innesco.storage import tables
from innesco.storage.audit import Act, Actor, record
from innesco.storage.sessions import fingerprint

GRACE = timedelta(days=7)
"""How long a rotated key still works beside its successor."""
REMEMBERED = timedelta(seconds=5)
"""How long the door may go on with what it knew of a key; a revoked one works no longer."""


class Kind(StrEnum):
    PUBLIC = "public"
    SERVER = "server"
    ADMIN = "admin"


class Scope(StrEnum):
    """What an admin key may do; none of them manages accounts or keys."""

    READ = "read"  #: look at everything in the workspace
    WRITE = "write"  #: journeys, settings, stops


PREFIX = {Kind.PUBLIC: "pk_", Kind.SERVER: "sk_", Kind.ADMIN: "ak_"}
SOURCE = {Kind.PUBLIC: Source.PUBLIC, Kind.SERVER: Source.SERVER, Kind.ADMIN: Source.SERVER}


class Known(Struct, frozen=True):
    """Whose key it is and what its bearer may say."""

    workspace: str
    source: Source
    key_id: str
    kind: Kind
    scopes: frozenset[Scope] = frozenset()


class Key(Struct, frozen=True):
    """A key as the Settings page lists it."""

    id: str
    kind: Kind
    name: str
    shown: str  #: the public key whole; of the others how they begin
    scopes: tuple[Scope, ...]
    created: datetime
    expires: datetime | None
    revoked: datetime | None


class Made(Struct, frozen=True):
    """A new key; `text` is shown this once."""

    key: Key
    text: str


class Wish(Struct, frozen=True):
    kind: Kind
    name: str
    scopes: tuple[Scope, ...] = ()
    expires: datetime | None = None


def make(connection: sa.Connection, workspace: str, wish: Wish, by: Actor, now: datetime) -> Made:
    """A new key of this kind."""
    made = _insert(connection, workspace, wish, by, now)
    detail = {"kind": wish.kind, "name": wish.name, "scopes": list(wish.scopes)}
    record(connection, Act(by, "made", f"key/{made.key.id}", workspace, detail), now)
    return made


def rotate(
    connection: sa.Connection,
    workspace: str,
    key: str,
    by: Actor,
    now: datetime,
    grace: timedelta = GRACE,
) -> Made | None:
    """A successor for a living key, which itself works on for the time of grace."""
    old = _living(connection, workspace, key, now)
    if old is None:
        return None
    made = _insert(connection, workspace, Wish(old.kind, old.name, old.scopes), by, now)
    ends = min(filter(None, (old.expires, now + grace)))
    connection.execute(sa.update(tables.keys).where(_rows.id == key).values(expires=micros(ends)))
    detail = {"successor": made.key.id, "works until": ends.isoformat()}
    record(connection, Act(by, "rotated", f"key/{key}", workspace, detail), now)
    return made


def revoke(connection: sa.Connection, workspace: str, key: str, by: Actor, now: datetime) -> bool:
    """It opens nothing any more; False when there was no such living key."""
    if _living(connection, workspace, key, now) is None:
        return False
    connection.execute(sa.update(tables.keys).where(_rows.id == key).values(revoked=micros(now)))
    record(connection, Act(by, "revoked", f"key/{key}", workspace), now)
    return True


def of_workspace(connection: sa.Connection, workspace: str) -> list[Key]:
    """All keys, the newest first; the revoked ones too."""
    query = (
        sa.select(tables.keys)
        .where(_rows.workspace == workspace)
        .order_by(_rows.created.desc(), _rows.id)
    )
    return [_key(row) for row in connection.execute(query)]


def known(connection: sa.Connection, text: str, now: datetime) -> Known | None:
    """Whose key this is, while it works."""
    if not well_formed(text):
        return None
    query = sa.select(tables.keys).where(_rows.hash == fingerprint(text))
    row = connection.execute(query).one_or_none()
    if row is None or not _works(row, now):
        return None
    kind = Kind(row.kind)
    return Known(row.workspace, SOURCE[kind], row.id, kind, frozenset(_scopes(row.scopes)))


def keyring(engine: sa.Engine, now: Callable[[], datetime]) -> Callable[[str], Known | None]:
    """`known` for the door: remembers each working key for a few seconds, so that a flood of
    events asks the database rarely and a revoked key is soon refused."""
    found: dict[str, tuple[datetime, Known]] = {}

    def look(text: str) -> Known | None:
        moment = now()
        remembered = found.get(text)
        if remembered and timedelta() <= moment - remembered[0] < REMEMBERED:
            return remembered[1]
        found.pop(text, None)
        if not well_formed(text):
            return None
        with engine.connect() as connection:
            answer = known(connection, text, moment)
        if answer:
            found[text] = (moment, answer)
        return answer

    return look


# -- the text of a key ------------------------------------------------------------------------

_DIGITS = string.digits + string.ascii_uppercase + string.ascii_lowercase
_LETTERS = frozenset(_DIGITS)
_SECRET, _CHECK = 43, 6  # characters of base62 for 32 bytes and for a CRC-32


def new_text(kind: Kind) -> str:
    body = PREFIX[kind] + _base62(int.from_bytes(secrets.token_bytes(32)), _SECRET)
    return body + _check(body)


def well_formed(text: str) -> bool:
    """Whether it can be a key at all: prefix, length, letters, checksum."""
    body, check = text[:-_CHECK], text[-_CHECK:]
    return (
        len(text) == 3 + _SECRET + _CHECK
        and text[:3] in PREFIX.values()
        and _LETTERS.issuperset(text[3:])
        and _check(body) == check
    )


def _check(body: str) -> str:
    return _base62(zlib.crc32(body.encode()), _CHECK)


def _base62(number: int, length: int) -> str:
    digits = []
    for _ in range(length):
        number, digit = divmod(number, 62)
        digits.append(_DIGITS[digit])
    return "".join(reversed(digits))


# -- rows ---------------------------------------------------------------------------------------

_rows = tables.keys.c


def _insert(
    connection: sa.Connection, workspace: str, wish: Wish, by: Actor, now: datetime
) -> Made:
    text = new_text(wish.kind)
    row = {
        "id": "key_" + secrets.token_hex(8),
        "workspace": workspace,
        "kind": wish.kind.value,
        "hash": fingerprint(text),
        "shown": text if wish.kind is Kind.PUBLIC else text[:8] + "…",
        "name": wish.name,
        "scopes": msgspec.json.encode(wish.scopes).decode(),
        "created_by": by.id,
        "created": micros(now),
        "expires": micros(wish.expires) if wish.expires else None,
        "revoked": None,
    }
    inserted = connection.execute(sa.insert(tables.keys).values(row).returning(tables.keys)).one()
    return Made(_key(inserted), text)


def _living(connection: sa.Connection, workspace: str, key: str, now: datetime) -> Key | None:
    query = sa.select(tables.keys).where(_rows.id == key, _rows.workspace == workspace)
    row = connection.execute(query).one_or_none()
    return _key(row) if row is not None and _works(row, now) else None


def _works(row: sa.Row[tuple[object, ...]], now: datetime) -> bool:
    said = row._mapping
    return said["revoked"] is None and (said["expires"] is None or said["expires"] > micros(now))


def _key(row: sa.Row[tuple[object, ...]]) -> Key:
    said = row._mapping
    return Key(
        id=said["id"],
        kind=Kind(said["kind"]),
        name=said["name"],
        shown=said["shown"],
        scopes=_scopes(said["scopes"]),
        created=moment_of(said["created"]),
        expires=moment_of(said["expires"]) if said["expires"] is not None else None,
        revoked=moment_of(said["revoked"]) if said["revoked"] is not None else None,
    )


def _scopes(text: str) -> tuple[Scope, ...]:
    return msgspec.json.decode(text, type=tuple[Scope, ...])
