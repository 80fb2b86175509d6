"""The far end of the mail: an SMTP server that counts what really arrived, and is never killed."""

import asyncio
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from threading import Thread

from aiosmtpd.smtp import SMTP, Envelope, Session
from msgspec import Struct, field


class Arrived(Struct):
    """How often each Message-ID and each address were written to."""

    messages: Counter[str] = field(default_factory=Counter)
    addresses: Counter[str] = field(default_factory=Counter)

    @property
    def doubled(self) -> int:
        """Mails that came more than once, by id or to somebody who was to get one."""
        by_id = sum(n - 1 for n in self.messages.values())
        return max(by_id, sum(n - 1 for n in self.addresses.values()))

    def with_(self, other: "Arrived") -> "Arrived":
        return Arrived(self.messages + other.messages, self.addresses + other.addresses)


class Mailbox:
    """What aiosmtpd asks: every mail is accepted and counted."""

    def __init__(self) -> None:
        self.arrived = Arrived()

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        """What aiosmtpd calls for each mail that came whole."""
        raw = envelope.content if isinstance(envelope.content, bytes) else b""
        self.arrived.messages[str(message_from_bytes(raw)["Message-ID"])] += 1
        self.arrived.addresses.update(envelope.rcpt_tos)
        return "250 2.0.0 counted"


@contextmanager
def listening(port: int) -> Iterator[Mailbox]:
    """Open on loopback, in a thread of its own."""
    box, loop = Mailbox(), asyncio.new_event_loop()

    def session() -> SMTP:
        return SMTP(box, enable_SMTPUTF8=True, hostname="proof", loop=loop)

    server = loop.run_until_complete(loop.create_server(session, "127.0.0.1", port))
    thread = Thread(target=loop.run_forever, name="mailbox", daemon=True)
    thread.start()
    try:
        yield box
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        server.close()
        loop.close()
