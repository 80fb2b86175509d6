"""The write key: where the many clients put it."""

import base64
import binascii
from collections.abc import Mapping
from functools import lru_cache
from urllib.parse import parse_qs


def key_in_headers(headers: Mapping[bytes, bytes]) -> str | None:
    """The user of Basic, as Segment's libraries write it, or `X-Write-Key: key:secret`."""
    basic = headers.get(b"authorization")
    user = _user(basic) if basic else None
    return user or _before_colon(headers.get(b"x-write-key", b"")) or None


def key_in_query(query: bytes) -> str | None:
    """`?writeKey=…`, for beacons, which can set no header."""
    if b"writeKey=" not in query:
        return None
    found = parse_qs(query.decode("latin-1")).get("writeKey")
    return found[0] if found else None


@lru_cache(maxsize=4096)
def _user(basic: bytes) -> str:
    scheme, _, word = basic.partition(b" ")
    if scheme.lower() != b"basic":
        return ""
    try:
        return _before_colon(base64.b64decode(word, validate=True))
    except binascii.Error:
        return ""


def _before_colon(text: bytes) -> str:
    return text.partition(b":")[0].decode("latin-1").strip()
