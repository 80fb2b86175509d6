"""Odd requests: what a broken plug-in, a robot or an enemy sends to the tracking paths.

Drawn from a seed, so that a case can be had again; near enough to good ones that many come far.
"""

import gzip
import json
import random
from typing import Any

from msgspec import Struct

from innesco.web.door.paths import PATHS, call_of, method_of

PIECES = (
    b"9223372036854775808",
    b"-1e400",
    b"NaN",
    b"-Infinity",
    b'"\\ud800"',
    b'"\\u0000"',
    b'"\xff\xfe"',
    b"[" * 600 + b"]" * 600,
    b'{"a":' * 2000 + b"1" + b"}" * 2000,
    b"[[[[[[",
    b"9" * 5000,
    b'"' + b"x" * 40_000 + b'"',
    '"\u202e👩\u200d👩\u200d👧"'.encode(),
    b"null",
    b'{"__proto__":{}}',
    b'"2026-02-30T25:61:61Z"',
    b"\x00",
    b"",
)
NAMES = "type event batch sentAt writeKey messageId properties context traits userId timestamp"
LONG = 6_000_000
"""Far beyond what the door takes; a server that does not hear it out breaks the line."""
TYPES = ("track", "identify", "page", "screen", "group", "alias", "eat", "")
METHODS = ("POST", "GET", "OPTIONS", "PUT", "DELETE")
HEADERS = (
    ("authorization", "Basic !!!"),
    ("authorization", "Basic Og=="),
    ("authorization", "Bearer x"),
    ("content-encoding", "gzip"),
    ("content-encoding", "br"),
    ("content-type", "text/plain; charset=utf-16"),
    ("content-type", "multipart/form-data"),
    ("sentat", "0001-01-01"),
    ("x-forwarded-for", "' OR 1=1 --, ::1%lo0"),
    ("origin", "null"),
    ("user-agent", "\\x00" * 40),
    ("expect", "100-continue"),
)


class Odd(Struct, frozen=True):
    method: str
    path: str
    headers: tuple[tuple[str, str], ...]
    body: bytes


def odd(chance: random.Random, key: str) -> Odd:
    """One request, with the right key more often than not."""
    path = chance.choice([*PATHS, f"/v1/projects/{key}/settings", "/v1/projects/%00/settings"])
    if chance.random() < 0.7:
        path += f"?writeKey={key}"
    headers = tuple(chance.sample(HEADERS, chance.choice((0, 0, 1, 2))))
    return Odd(_method(chance, path), path, headers, _body(chance, key))


def _method(chance: random.Random, path: str) -> str:
    """The one that the path takes, mostly."""
    call = call_of(path.partition("?")[0])
    return method_of(call) if call and chance.random() < 0.8 else chance.choice(METHODS)


def _body(chance: random.Random, key: str) -> bytes:
    events = [_event(chance) for _ in range(chance.randrange(4))]
    batch = b'{"batch":[%b],"writeKey":"%b"}' % (b",".join(events), key.encode())
    body = chance.choice((batch, batch, _event(chance), chance.choice(PIECES)))
    if chance.random() < 0.04:
        return body.ljust(LONG)
    match chance.randrange(8):
        case 0:
            return body[: chance.randrange(len(body) + 1)]
        case 1:
            return gzip.compress(body, 1)
        case 2:
            return gzip.compress(body, 1)[: chance.randrange(20, 60)]
        case 3:
            return chance.randbytes(chance.randrange(200))
        case _:
            return body


def _event(chance: random.Random) -> bytes:
    """An event that is right but for some of its fields."""
    fields = {"type": _json(chance.choice(TYPES)), "anonymousId": b'"odd"', "event": b'"Odd"'}
    for name in chance.sample(NAMES.split(), chance.randrange(4)):
        fields[name] = chance.choice((chance.choice(PIECES), _json(_value(chance, 3))))
    return b"{%b}" % b",".join(b'"%b":%b' % (n.encode(), value) for n, value in fields.items())


def _value(chance: random.Random, deep: int) -> Any:
    match chance.randrange(7 if deep else 5):
        case 0:
            return None
        case 1:
            return chance.randint(-(2**70), 2**70)
        case 2:
            return chance.uniform(-1e308, 1e308)
        case 3:
            return "".join(chr(chance.randrange(0x20, 0xD7FF)) for _ in range(chance.randrange(9)))
        case 4:
            return chance.random() < 0.5
        case 5:
            return [_value(chance, deep - 1) for _ in range(chance.randrange(4))]
        case _:
            names = NAMES.split()
            return {chance.choice(names): _value(chance, deep - 1) for _ in range(3)}


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode()
