"""The door itself: from a request to its answer, in the order in which a request is judged.

open?      draining, too much waiting, live too far behind      503, 429
take in    the body, inflated, bounded                          408, 413, 400
find       its events, by one cheap look                        400, 413
know       whose key                                            401, 403
allow      the public key's bucket of this network              429
keep       in one commit with whoever waits too                 200, or 507, 503
"""

import asyncio
import random
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager

import sqlalchemy as sa
import structlog

from innesco.storage.journal import Entry
from innesco.web.door import figures, starters
from innesco.web.door.answers import (
    KEPT,
    Answer,
    Receive,
    Refused,
    Scope,
    Send,
    answer,
    preflight,
    say,
)
from innesco.web.door.commit import DISK_FAILS, GroupCommit
from innesco.web.door.intake import HungUp, take_in, too_large
from innesco.web.door.key import key_in_headers, key_in_query
from innesco.web.door.letter import Clerk, Request
from innesco.web.door.network import client_of
from innesco.web.door.paths import (
    Batch,
    Call,
    ProjectSettings,
    Script,
    Single,
    SourceConfig,
    call_of,
    method_of,
)
from innesco.web.door.ports import Ports
from innesco.web.door.room import Room
from innesco.workers.garbage import settle

PREFIXES = ("/v1/", "/beacon/v1/", "/sourceConfig", "/innesco.js")
"""Where the door stands in front of the rest of the web role."""

DRAINING = Refused(503, "draining", "we are shutting down: say it again in a moment", 5)
NO_SUCH_PATH = Refused(404, "no_such_path", "docs/tracking-api.md lists the paths")

_log = structlog.get_logger("innesco.door")


def door(ports: Ports) -> "Door":
    """The tracking API, to stand in front of the rest of the web role."""
    return Door(ports)


class Door:
    """The tracking API as an ASGI application; `running()` around everything it answers."""

    def __init__(self, ports: Ports) -> None:
        self._ports = ports
        self._clerk = Clerk(ports)
        self._room = Room(ports.bounds.waiting_requests, ports.bounds.waiting_bytes)
        self._commits: GroupCommit | None = None
        self._lag = 0.0

    def handles(self, path: str) -> bool:
        """Whether a path is the door's to answer."""
        return call_of(path) is not None

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Opens the door; at the end it takes nothing more and keeps what it has taken."""
        commits = self._commits = GroupCommit(self._ports.append, self._ports.now)
        listening = asyncio.create_task(self._listen())
        try:
            yield
        finally:
            self._commits = None
            listening.cancel()
            await self._room.emptied()
            await commits.close()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            return await self._live(receive, send)
        headers = dict(scope["headers"])
        try:
            said = await self._answer(scope, headers, receive)
        except HungUp:
            return None
        except sa.exc.SQLAlchemyError as error:
            _log.error("a key could not be looked up", error=str(error))
            said = DISK_FAILS
        if isinstance(said, Refused):
            figures.REFUSED.labels(said.code).inc()
            said = answer(said)
        await say(send, said, headers.get(b"origin"))

    async def _answer(
        self, scope: Scope, headers: Mapping[bytes, bytes], receive: Receive
    ) -> Answer | Refused:
        call = call_of(scope["path"])
        if call is None:
            return NO_SUCH_PATH
        if scope["method"] == "OPTIONS":
            return preflight(method_of(call), headers.get(b"access-control-request-headers"))
        if scope["method"] != method_of(call):
            return Refused(405, "wrong_method", f"this path takes {method_of(call)}")
        request = Request(
            headers,
            scope["query_string"],
            client_of(scope, headers, self._ports.bounds.proxies),
            _length(headers, self._ports.bounds.body),
        )
        if isinstance(call, Single | Batch):
            return await self._take(call, request, receive)
        return self._serve(call, request)

    async def _take(
        self, call: Single | Batch, request: Request, receive: Receive
    ) -> Answer | Refused:
        began, commits = time.monotonic(), self._commits
        if commits is None:
            return DRAINING
        closed = self._closed(request.length)
        if closed:
            return closed
        with self._room.enter(request.length) as place:
            body = await take_in(receive, self._ports.bounds.body)
            if isinstance(body, Refused):
                return body
            place.holds(len(body))
            entry = self._clerk.entry(call, request, body)
            if not isinstance(entry, Entry):
                return entry
            refused = await commits.keep(entry)
        if refused:
            return refused
        figures.EVENTS_BY[entry.source].inc(entry.events)
        figures.ACK_SECONDS.observe(time.monotonic() - began)
        return KEPT

    def _closed(self, size: int) -> Refused | None:
        bounds = self._ports.bounds
        if size > bounds.body:
            return too_large(bounds.body)
        if self._room.full(size):
            return Refused(429, "busy", "too much is waiting", random.randint(1, 5))
        if self._lag > bounds.lag:
            behind = f"what came in is worked off {self._lag:.0f} s late"
            return Refused(429, "behind", behind, random.randint(30, 90))
        return None

    def _serve(
        self, call: ProjectSettings | SourceConfig | Script, request: Request
    ) -> Answer | Refused:
        """What is fetched before anything is sent."""
        said = request.headers
        if isinstance(call, Script):
            accepts = said.get(b"accept-encoding", b"")
            return starters.script(accepts, said.get(b"if-none-match"), self._ports.sdk)
        key = _key_for(call, request)
        known = self._clerk.known(key)
        match call:
            case _ if isinstance(known, Refused):
                return known
            case ProjectSettings():
                return starters.project_settings(call.key, self._ports.base_url)
            case SourceConfig():
                return starters.source_config(str(key), known)

    async def _listen(self) -> None:
        """Hears once a second how far live is behind, away from the event loop."""
        while True:
            try:
                self._lag = await asyncio.to_thread(self._ports.lag)
                figures.LAG.set(self._lag)
            except Exception as error:  # not knowing is no reason to refuse what can be kept
                _log.warning("how far live is behind is not known", error=str(error))
            await asyncio.sleep(1)

    async def _live(self, receive: Receive, send: Send) -> None:
        """The lifespan, when the door stands alone: in benches and stories."""
        await receive()
        async with self.running():
            settle()
            await send({"type": "lifespan.startup.complete"})
            await receive()
        await send({"type": "lifespan.shutdown.complete"})


def _key_for(call: Call, request: Request) -> str | None:
    if isinstance(call, ProjectSettings):
        return call.key
    return key_in_headers(request.headers) or key_in_query(request.query)


def _length(headers: Mapping[bytes, bytes], most: int) -> int:
    said = headers.get(b"content-length", b"")
    return int(said) if said.isdigit() and len(said) < 20 else most
