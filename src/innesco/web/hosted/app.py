"""The hosted pages as one small ASGI application, in front of everything that needs a session."""

import asyncio
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

import sqlalchemy as sa
import structlog

from innesco.storage.full import is_full
from innesco.web.hosted.click import cart, click
from innesco.web.hosted.confirm import confirm
from innesco.web.hosted.page import SAFE, Answer
from innesco.web.hosted.unsubscribe import unsubscribe
from innesco.web.hosted.visitor import Desk, Visitor, later

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

PAGES: dict[str, Callable[[Desk, Visitor], Answer]] = {
    "/c/": confirm,
    "/u/": unsubscribe,
    "/l/": click,
    "/r/": cart,
}
ASKED_BY_BUTTON = ("/c/", "/u/")  # the others only redirect
MOST_BODY = 64_000
log = structlog.get_logger("innesco.hosted")


def is_hosted(path: str) -> bool:
    return path[:3] in PAGES


def hosted(
    desk: Desk, network: Callable[[Scope], str | None] = lambda scope: None
) -> Callable[[Scope, Receive, Send], Awaitable[None]]:
    """The ASGI callable for every path that `is_hosted`."""

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        path, method = scope["path"], scope["method"]
        allowed = ("GET", "HEAD", "POST") if path[:3] in ASKED_BY_BUTTON else ("GET", "HEAD")
        if method not in allowed:
            said = Answer(405, (("allow", ", ".join(allowed)), *SAFE))
        elif not await _read(receive):
            said = Answer(413, SAFE)
        else:
            visitor = _visitor(scope, network(scope))
            said = await asyncio.to_thread(_answer, desk, path, visitor)
        await _send(said, method, send)

    return app


def _answer(desk: Desk, path: str, visitor: Visitor) -> Answer:
    """What cannot be kept is not said to be done: a mail program says a one-click POST again."""
    try:
        return PAGES[path[:3]](desk, visitor)
    except sa.exc.DBAPIError as error:
        log.error("page.not_kept", page=path[:3], because=str(error).splitlines()[0])
        return later(visitor, 507 if is_full(error) else 503)


def _visitor(scope: Scope, network: str | None) -> Visitor:
    headers = {name: value.decode("latin-1") for name, value in scope["headers"]}
    return Visitor(
        method=scope["method"],
        token=scope["path"][3:],
        accepts=headers.get(b"accept-language", "")[:200],
        agent=headers.get(b"user-agent", "")[:500],
        network=network,
    )


async def _read(receive: Receive) -> bool:
    """Take the body and forget it: the token says everything; False when it is too large."""
    size = 0
    while size <= MOST_BODY:
        part = await receive()
        size += len(part.get("body", b""))
        if not part.get("more_body"):
            return True
    return False


async def _send(said: Answer, method: str, send: Send) -> None:
    headers = [(name.encode(), value.encode("latin-1")) for name, value in said.headers]
    headers.append((b"content-length", str(len(said.body)).encode()))
    await send({"type": "http.response.start", "status": said.status, "headers": headers})
    body = b"" if method == "HEAD" else said.body
    await send({"type": "http.response.body", "body": body})
