"""The server: Granian inside the role's own event loop, stopped with it."""

import asyncio

from granian.constants import Interfaces
from granian.server.embed import Server

from innesco.web.ports import ASGI
from innesco.web.unread import read_out
from innesco.workers.garbage import settle

BACKLOG = 1024


async def serve(app: ASGI, host: str, port: int, stop: asyncio.Event) -> None:
    """Answer until told to stop; what is under way is finished first."""
    server = Server(
        read_out(app),
        host,
        port,
        interface=Interfaces.ASGI,
        backlog=BACKLOG,
        websockets=False,
        log_enabled=False,
    )
    settle()
    serving = asyncio.create_task(server.serve())
    stopping = asyncio.create_task(stop.wait())
    await asyncio.wait({serving, stopping}, return_when=asyncio.FIRST_COMPLETED)
    if not serving.done():
        server.stop()  # type: ignore[no-untyped-call]
    stopping.cancel()
    await serving
