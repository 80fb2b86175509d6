"""A client always gets its answer, whether or not anybody wanted to hear all it said."""

import asyncio
import socket
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest

from innesco.verify.shop import free_port
from innesco.web import server, unread

MEGA = 1_000_000


async def deaf(scope: Any, receive: Any, send: Any) -> None:
    """Answers without having listened."""
    if scope["type"] == "http":
        await send(
            {"type": "http.response.start", "status": 405, "headers": [(b"content-length", b"2")]}
        )
        await send({"type": "http.response.body", "body": b"no"})


@asynccontextmanager
async def served() -> AsyncIterator[int]:
    port, stop = free_port(), asyncio.Event()
    serving = asyncio.create_task(server.serve(deaf, "127.0.0.1", port, stop))
    while not await asyncio.to_thread(_listens, port):
        await asyncio.sleep(0.02)
    yield port
    stop.set()
    await serving


def _listens(port: int) -> bool:
    with socket.socket() as line:
        return line.connect_ex(("127.0.0.1", port)) == 0


def say(port: int, *requests: bytes) -> list[bytes]:
    """All on one line, each after the answer to the one before it."""
    with socket.create_connection(("127.0.0.1", port), timeout=5) as line:
        return [_ask(line, request) for request in requests]


def _ask(line: socket.socket, request: bytes) -> bytes:
    line.sendall(request)
    heard = b""
    while not heard.endswith(b"\r\n\r\nno") and (piece := line.recv(65536)):
        heard += piece
    return heard.lower()


def post(length: int, *headers: bytes) -> bytes:
    said = b"".join(b"%b\r\n" % one for one in headers)
    return b"POST / HTTP/1.1\r\nhost: x\r\ncontent-length: %d\r\n%b\r\n" % (length, said)


async def test_a_line_goes_on_after_a_body_that_nobody_wanted() -> None:
    body = post(MEGA) + b"x" * MEGA
    async with served() as port:
        heard = await asyncio.to_thread(say, port, body, body, post(0))
    assert [one[:12] for one in heard] == [b"http/1.1 405"] * 3
    assert not any(b"connection: close" in one for one in heard)


@pytest.mark.parametrize(
    "request_",
    [
        post(20 * MEGA) + b"x" * MEGA,
        post(100, b"expect: 100-continue"),
        b"POST / HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n3\r\nabc\r\n",
    ],
    ids=["too long", "not said yet", "of unknown length"],
)
async def test_what_will_not_be_heard_out_ends_the_line_and_says_so(request_: bytes) -> None:
    async with served() as port:
        (heard,) = await asyncio.to_thread(say, port, request_)
    assert heard.startswith(b"http/1.1 405")
    assert b"connection: close" in heard


async def test_a_body_that_never_comes_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unread, "MOST_SECONDS", 0.2)
    async with served() as port:
        assert await asyncio.to_thread(_hung_up_after, port, post(MEGA) + b"x") < 3


def _hung_up_after(port: int, request: bytes) -> float:
    with socket.create_connection(("127.0.0.1", port), timeout=5) as line:
        began = time.monotonic()
        _ask(line, request)
        while line.recv(65536):
            continue
        return time.monotonic() - began
