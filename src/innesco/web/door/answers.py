"""Answers: the one good one, and each refusal with its code, its reason and when to come back.

`code` and `message` stand where Segment's own libraries look for them.
"""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import msgspec
from msgspec import Struct

Scope = Mapping[str, Any]
Message = dict[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Headers = tuple[tuple[bytes, bytes], ...]

JSON = ((b"content-type", b"application/json"),)
ALLOWED_HEADERS = b"authorization,content-type,content-encoding,anonymousid,sentat,x-write-key"
PREFLIGHT_SECONDS = b"7200"
VARY: Headers = ((b"vary", b"origin"),)


class Answer(Struct, frozen=True):
    """What goes back over the wire."""

    status: int
    body: bytes = b""
    headers: Headers = JSON


class Refused(Struct, frozen=True):
    """Why not; with `retry_after` seconds it may be said again, without it never."""

    status: int
    code: str
    message: str
    retry_after: int | None = None


KEPT = Answer(200, b'{"success":true}')


def answer(refused: Refused) -> Answer:
    """A refusal as the client reads it."""
    body = {"success": False, "code": refused.code, "message": refused.message}
    headers: Headers = JSON
    if refused.retry_after is not None:
        headers += ((b"retry-after", b"%d" % refused.retry_after),)
    return Answer(refused.status, msgspec.json.encode(body), headers)


def preflight(method: str, asked: bytes | None) -> Answer:
    """A browser on the shop's origin asks whether it may send; it may, with whatever headers."""
    return Answer(
        204,
        headers=(
            (b"access-control-allow-methods", method.encode() + b",OPTIONS"),
            (b"access-control-allow-headers", asked or ALLOWED_HEADERS),
            (b"access-control-max-age", PREFLIGHT_SECONDS),
        ),
    )


def cors(origin: bytes | None) -> Headers:
    """No cookie is read and every answer is the same for all: any page may read it."""
    if origin is None:
        return VARY
    return (
        (b"access-control-allow-origin", origin),
        (b"access-control-expose-headers", b"retry-after"),
        *VARY,
    )


async def say(send: Send, said: Answer, origin: bytes | None) -> None:
    headers = [*said.headers, *cors(origin)]
    if said.status not in (204, 304):
        headers.append((b"content-length", b"%d" % len(said.body)))
    await send({"type": "http.response.start", "status": said.status, "headers": headers})
    await send({"type": "http.response.body", "body": said.body})
