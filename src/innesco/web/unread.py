"""What a request still says when its answer is known is read and dropped: so the answer arrives.

A server that answers and closes while the client still writes makes the kernel reset the line: the
client loses the answer, or the request that it says next on the same connection. So we read on
within bounds, and say `Connection: close` beforehand where they may not do (RFC 9112, 9.3, 9.6).
"""

import asyncio
from collections.abc import Mapping
from typing import Any

from innesco.web.ports import ASGI

MOST_BYTES = 8 * 1024 * 1024
MOST_SECONDS = 10.0
CLOSE = (b"connection", b"close")


def read_out(app: ASGI) -> ASGI:
    """The same application, whose requests are heard to their end."""

    async def hearing(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            return await app(scope, receive, send)
        body = _Body(scope, receive, send)
        await app(scope, body.receive, body.send)
        if not body.over:
            await body.drop()

    return hearing


class _Body:
    """A request's body on its way in, and whether it has been read to its end."""

    __slots__ = ("_receive", "_scope", "_send", "over")

    def __init__(self, scope: Any, receive: Any, send: Any) -> None:
        self._scope, self._receive, self._send = scope, receive, send
        self.over = False

    async def receive(self) -> Any:
        message = await self._receive()
        if not message.get("more_body"):  # the last piece, or nobody is there any more
            self.over = True
        return message

    async def send(self, message: Any) -> None:
        if not self.over and message["type"] == "http.response.start":
            headers = dict(self._scope["headers"])
            self.over = not _announced(headers)
            if not self.over and self._scope["http_version"] < "2" and _may_be_long(headers):
                message = {**message, "headers": [*message["headers"], CLOSE]}
        await self._send(message)

    async def drop(self) -> None:
        """Read on; what lies beyond the bounds is left unread, and the connection ends with it."""
        heard = 0
        try:
            async with asyncio.timeout(MOST_SECONDS):
                while not self.over and heard <= MOST_BYTES:
                    heard += len((await self.receive()).get("body", b""))
        except TimeoutError:
            return


def _announced(headers: Mapping[bytes, bytes]) -> bool:
    return b"transfer-encoding" in headers or headers.get(b"content-length", b"0") != b"0"


def _may_be_long(headers: Mapping[bytes, bytes]) -> bool:
    """Longer than we read on, or it may never come: who asks whether to say it need not say it."""
    length = headers.get(b"content-length", b"")
    return b"expect" in headers or not length.isdigit() or int(length) > MOST_BYTES
