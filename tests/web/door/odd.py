"""Odd requests: what a broken plug-in, a robot or an enemy sends to the tracking paths."""

import gzip
import json
from typing import Any

from hypothesis import strategies as st
from msgspec import Struct


class Odd(Struct, frozen=True):
    method: str  #: empty for the one that the path takes
    query: str
    headers: dict[str, str]
    body: bytes


PIECES = [
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
    b'"\xe2\x80\xae\xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x91\xa9"',
    b"null",
    b'{"__proto__":{}}',
    b"\x00",
    b"",
]
METHODS = [""] * 12 + ["GET", "OPTIONS", "PUT", "HEAD"]
FIELDS = ["type", "event", "batch", "sentAt", "writeKey", "messageId", "properties", "context"]
WORDS = [*FIELDS, "anonymousId", "userId", "traits", "timestamp"]


def odd_requests(key: str) -> st.SearchStrategy[Odd]:
    """Requests with the key or another; bodies near JSON, near gzip, and far from both."""
    kind = st.sampled_from([b'"track"', b'"identify"', b'"page"', b'"alias"'])
    name = st.sampled_from([b'"Product Viewed"', b'"Order Completed"', b'"odd"'])
    value = st.sampled_from(PIECES) | json_values().map(_json)
    field = st.tuples(st.sampled_from(WORDS), value)
    usual = st.fixed_dictionaries({"type": kind, "event": name, "anonymousId": name})
    event = st.builds(
        lambda known, odd: _object([*known.items(), *odd]), usual, st.lists(field, max_size=2)
    )
    thing = st.lists(field, max_size=5).map(_object) | event
    batch = st.lists(event | thing | value, max_size=6).map(_batch(key))
    near = event | thing | batch | batch | value
    body = near | near | near.map(gzip.compress) | near.flatmap(_cut) | st.binary(max_size=200)
    return st.builds(
        Odd,
        method=st.sampled_from(METHODS),
        query=st.sampled_from([f"?writeKey={key}"] * 3 + ["", "?writeKey=%00", "?writeKey="]),
        headers=headers(key),
        body=body,
    )


def json_values() -> st.SearchStrategy[Any]:
    return st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=30),
        lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
        max_leaves=10,
    )


def headers(key: str) -> st.SearchStrategy[dict[str, str]]:
    text = st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=60).map(str.strip)
    return st.fixed_dictionaries(
        {},
        optional={
            "x-write-key": st.just(key) | text,
            "authorization": st.sampled_from(["Basic", "Basic !!!", "Bearer x", "Basic Og=="])
            | text,
            "content-encoding": st.sampled_from(["gzip", "br", "deflate", "identity"]),
            "content-type": text,
            "sentat": st.sampled_from(["2026-11-23T06:19:43.515Z", "0001-01-01", "never"]) | text,
            "origin": text,
            "user-agent": text,
            "x-forwarded-for": text,
            "access-control-request-headers": text,
            "if-none-match": text,
        },
    )


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode(errors="surrogatepass")


def _object(fields: list[tuple[str, bytes]]) -> bytes:
    return b"{%b}" % b",".join(b'"%b":%b' % (name.encode(), value) for name, value in fields)


def _batch(key: str) -> Any:
    return lambda events: b'{"batch":[%b],"writeKey":"%b"}' % (b",".join(events), key.encode())


def _cut(body: bytes) -> st.SearchStrategy[bytes]:
    return st.integers(0, len(body)).map(lambda at: body[:at])
