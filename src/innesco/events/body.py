"""The body of a row of the log: which of its bytes are events, and what stands around them.

A body is written in one of two shapes, told apart by their first character:

    {"batch": [EVENT, …], "sentAt": …}    a batch, byte for byte as the client sent it
    [EVENT]                               a single call, put in brackets; `type` is added when the
                                          path said it and the event did not

Events stay the bytes they were: nothing is decoded that nobody asked for, and their checksums
hold from the door to the person's history.
"""

import struct
import zlib
from datetime import UTC, datetime

import msgspec
from msgspec import UNSET, Raw, Struct, UnsetType

from innesco.events.event import micros
from innesco.events.split import Unsplit, fields, items, tolerate


class Opened(Struct, frozen=True):
    """A request's body, ready for the log."""

    body: bytes  #: in one of the two shapes
    events: list[Raw]
    sent: datetime | None = None  #: by the client's clock
    write_key: str | None = None


class Malformed(Struct, frozen=True):
    """No event can be found in it, and none will be found tomorrow."""

    reason: str


class _Single(Struct):
    type: Raw | UnsetType = UNSET
    sentAt: Raw | UnsetType = UNSET
    writeKey: Raw | UnsetType = UNSET


class _Batch(_Single):
    batch: list[Raw] | UnsetType = UNSET


_single = msgspec.json.Decoder(_Single)
_batch = msgspec.json.Decoder(_Batch)
_list = msgspec.json.Decoder(list[Raw])
_word = msgspec.json.Decoder(str | int | float)


def open_batch(body: bytes) -> Opened | Malformed:
    """`{"batch": [EVENT, …]}`, or a bare list of events."""
    body = body.strip()
    try:
        said = _read_batch(body)
    except (msgspec.ValidationError, Unsplit) as error:
        return Malformed(str(error))
    if said.batch is UNSET:
        return Malformed("`batch` is missing: it must be a list of events")
    return Opened(body, said.batch, _moment(_value(said.sentAt)), _text(_value(said.writeKey)))


def open_single(body: bytes, kind: str) -> Opened | Malformed:
    """One event by itself; `kind` is what its path calls it: `track`, `identify` …"""
    body = body.strip()
    try:
        said = _read_single(body)
    except (msgspec.ValidationError, Unsplit) as error:
        return Malformed(str(error))
    event = body if said.type is not UNSET else _with_type(body, kind)
    wrapped = b"[%b]" % event
    return Opened(wrapped, [Raw(event)], _moment(_value(said.sentAt)), _text(_value(said.writeKey)))


def events_of(body: bytes) -> list[Raw]:
    """The events of a row of the log, as many as were counted when it was written.

    A body that was damaged on disk is one event that cannot be one: its checksum says so.
    """
    opened = open_batch(body)
    return opened.events if isinstance(opened, Opened) else [Raw(body)]


def sums_of(events: list[Raw]) -> bytes:
    """CRC-32 of each event, four bytes each, little-endian."""
    return struct.pack(f"<{len(events)}I", *map(zlib.crc32, events))


def skew_of(sent: datetime | None, received: datetime) -> int:
    """Microseconds that the client's clock is ahead of ours; 0 when it does not say."""
    return micros(sent) - micros(received) if sent else 0


def sent_at(word: str) -> datetime | None:
    """`2026-11-23T06:19:43.515Z` as the `SentAt` header says it; None when it is no moment."""
    return _moment(word)


# -- strictly, and where strict JSON fails as real clients write it ------------------------------


def _read_batch(body: bytes) -> _Batch:
    bare = body.startswith(b"[")
    try:
        return _Batch(batch=_list.decode(body)) if bare else _batch.decode(body)
    except msgspec.ValidationError:
        raise
    except (msgspec.DecodeError, RecursionError):
        tolerate(body)
    if bare:
        return _Batch(batch=[Raw(one) for one in items(body)])
    said = fields(body)
    batch = [Raw(one) for one in items(said["batch"])] if "batch" in said else UNSET
    return _Batch(**_around(said), batch=batch)


def _read_single(body: bytes) -> _Single:
    try:
        return _single.decode(body)
    except msgspec.ValidationError:
        raise
    except (msgspec.DecodeError, RecursionError):
        tolerate(body)
    return _Single(**_around(fields(body)))


def _around(said: dict[str, bytes]) -> dict[str, Raw]:
    return {name: Raw(said[name]) for name in _Single.__struct_fields__ if name in said}


def _with_type(event: bytes, kind: str) -> bytes:
    rest = event[1:].lstrip()
    comma = b"" if rest.startswith(b"}") else b","
    return b'{"type":"%b"%b%b' % (kind.encode(), comma, rest)


# -- what stands around the events: said or not, nothing fails on it ------------------------------


def _value(raw: Raw | UnsetType) -> str | int | float | None:
    if raw is UNSET:
        return None
    try:
        word: str | int | float = _word.decode(raw)
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        return None
    return word


def _text(word: str | float | None) -> str | None:
    return word if isinstance(word, str) else None


def _moment(word: str | float | None) -> datetime | None:
    try:
        match word:
            case str():
                moment = datetime.fromisoformat(word)
                return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
            case int() | float():
                return datetime.fromtimestamp(word / 1000 if word > 1e11 else word, UTC)
    except (ValueError, OverflowError, OSError):
        return None
    return None
