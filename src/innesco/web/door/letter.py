"""From a request's bytes to what the log shall keep of it, or the reason why nothing."""

import time
from collections.abc import Mapping

from msgspec import Struct

from innesco.events.admit import Letter
from innesco.events.body import (
    Malformed,
    Opened,
    open_batch,
    open_single,
    sent_at,
    skew_of,
    sums_of,
)
from innesco.events.event import Source
from innesco.storage.journal import Entry
from innesco.storage.keys import Kind, Known
from innesco.web.door.answers import KEPT, Answer, Refused
from innesco.web.door.bucket import Buckets
from innesco.web.door.key import key_in_headers, key_in_query
from innesco.web.door.leaving import leaving
from innesco.web.door.network import networks
from innesco.web.door.paths import Batch, Single
from innesco.web.door.ports import Ports


class Request(Struct, frozen=True):
    """What is read of a request before its body."""

    headers: Mapping[bytes, bytes]
    query: bytes
    client: str | None  #: the shopper's address, as far as our proxies can be believed
    length: int  #: bytes it announces


class Clerk:
    """Judges requests in the order of the door's stages, and writes what is kept of them."""

    def __init__(self, ports: Ports) -> None:
        self._ports = ports
        self._buckets = Buckets(ports.bounds.rate, ports.bounds.burst)
        self._network = networks(ports.salt)

    def entry(
        self, call: Single | Batch, request: Request, body: bytes
    ) -> Entry | Answer | Refused:
        """What to keep; an answer when there is nothing to keep and nothing wrong."""
        opened = open_single(body, call.kind) if isinstance(call, Single) else open_batch(body)
        if isinstance(opened, Malformed):
            return Refused(400, "malformed", opened.reason)
        most = self._ports.bounds.events
        if len(opened.events) > most:
            return Refused(413, "too_many", f"at most {most} events a request")
        known = self.known(
            key_in_headers(request.headers) or opened.write_key or key_in_query(request.query)
        )
        if isinstance(known, Refused):
            return known
        history = isinstance(call, Batch) and call.history
        if history and known.source is not Source.SERVER:
            return Refused(403, "server_key_needed", "history is told with the server key")
        network = self._network(request.client) if known.source is Source.PUBLIC else None
        refused = self._too_fast(known, network, len(body))
        if refused or not opened.events:
            return refused or KEPT
        return self._write(known, opened, request, network, history)

    def known(self, key: str | None) -> Known | Refused:
        """Whose key it is; an admin key opens the admin API and no door."""
        if not key:
            return Refused(401, "no_key", "no write key in Authorization, X-Write-Key or the body")
        known = self._ports.keys(key)
        if known is None or known.kind is Kind.ADMIN:
            return Refused(401, "unknown_key", "this write key is unknown or was revoked")
        return known

    def _too_fast(self, known: Known, network: str | None, size: int) -> Refused | None:
        if known.source is not Source.PUBLIC:
            return None
        tokens = 1 + size // 1024
        wait = self._buckets.take((known.key_id, network), tokens, time.monotonic())
        return Refused(429, "too_fast", "too much from this network", wait) if wait else None

    def _write(
        self, known: Known, opened: Opened, request: Request, network: str | None, history: bool
    ) -> Entry:
        """A server speaks for others: its own network and agent say nothing of the shopper."""
        public = known.source is Source.PUBLIC
        now = self._ports.now()
        sent = opened.sent or sent_at(_latin(request.headers.get(b"sentat")))
        skew = skew_of(sent, now)
        letter = Letter(0, now, known.source, known.key_id, skew, quiet=history)
        left = () if public else leaving(known.workspace, opened, letter)
        return Entry(
            workspace=known.workspace,
            source=Source.IMPORT if history else known.source,
            key=known.key_id,
            kind="import" if history else "events",
            events=len(opened.events),
            body=opened.body,
            sums=sums_of(opened.events),
            skew=skew,
            network=network,
            agent=_latin(request.headers.get(b"user-agent"))[:500] or None if public else None,
            suppress=left,
        )


def _latin(header: bytes | None) -> str:
    """A header as text that every database keeps."""
    return header.decode("latin-1").replace("\0", "") if header else ""
