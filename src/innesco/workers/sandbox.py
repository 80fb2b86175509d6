"""The sandbox: an SMTP server of our own whose mails go nowhere but into the admin UI.

A new installation sends here until somebody names a real server, so a shop can be tried with real
addresses and nobody is written to.
"""

import asyncio
from collections.abc import Callable
from datetime import datetime
from email import message_from_bytes, policy
from typing import Any

import msgspec
import sqlalchemy as sa
import structlog
from aiosmtpd.smtp import SMTP, Envelope, Session
from msgspec import Struct

from innesco.events.event import micros, moment_of
from innesco.storage import tables
from innesco.storage.engines import writing
from innesco.storage.full import is_full

MOST_BYTES = 10_000_000
MOST_MAILS = 10_000  # the oldest go first
FULL = "452 4.3.1 there is no room on the disk"
FAILS = "451 4.3.0 it could not be kept"
"""A sender tries again after these; without them aiosmtpd would refuse the mail for ever."""

log = structlog.get_logger()


class Caught(Struct, frozen=True):
    """A mail in the list of the inbox."""

    id: int
    received: datetime
    sender: str
    recipients: tuple[str, ...]
    subject: str
    message: str  #: its Message-ID


class Letter(Struct, frozen=True):
    """A mail as it can be looked at."""

    caught: Caught
    html: str
    text: str
    headers: tuple[tuple[str, str], ...]
    raw: bytes


class Keep:
    """What aiosmtpd asks: every mail is accepted once it is on the disk."""

    def __init__(self, engine: sa.Engine, clock: Callable[[], datetime]) -> None:
        self.engine = engine
        self.clock = clock

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        raw = envelope.content if isinstance(envelope.content, bytes) else b""
        row = _row(raw, str(envelope.mail_from), list(envelope.rcpt_tos), self.clock())
        try:
            await asyncio.to_thread(_write, self.engine, row)
        except sa.exc.DBAPIError as error:
            log.error("sandbox.not_kept", because=str(error).splitlines()[0])
            return FULL if is_full(error) else FAILS
        return "250 2.0.0 kept in the sandbox"


async def run_sandbox(
    engine: sa.Engine, port: int, clock: Callable[[], datetime], stop: asyncio.Event
) -> None:
    """Listen on loopback until told to stop."""
    server = await serve(engine, port, clock)
    try:
        await stop.wait()
    finally:
        server.close()
        await server.wait_closed()


async def serve(
    engine: sa.Engine, port: int, clock: Callable[[], datetime]
) -> asyncio.AbstractServer:
    """The open server; port 0 takes any that is free."""
    keep = Keep(engine, clock)
    loop = asyncio.get_running_loop()

    def session() -> SMTP:
        return SMTP(keep, data_size_limit=MOST_BYTES, enable_SMTPUTF8=True, hostname="sandbox")

    return await loop.create_server(session, "127.0.0.1", port)


def inbox(engine: sa.Engine, most: int = 100, before: int | None = None) -> list[Caught]:
    """The newest mails first; `before` an id to page on."""
    held = tables.mails.c
    query = sa.select(tables.mails).order_by(held.id.desc()).limit(most)
    if before is not None:
        query = query.where(held.id < before)
    with engine.connect() as connection:
        return [_caught(row) for row in connection.execute(query)]


def letter(engine: sa.Engine, id: int) -> Letter | None:
    """One mail with its parts; None when it is not there any more."""
    with engine.connect() as connection:
        row = connection.execute(
            sa.select(tables.mails).where(tables.mails.c.id == id)
        ).one_or_none()
    if row is None:
        return None
    parsed: Any = message_from_bytes(row.raw, policy=policy.default)
    html, text = parsed.get_body(("html",)), parsed.get_body(("plain",))
    return Letter(
        _caught(row),
        html.get_content() if html else "",
        text.get_content() if text else "",
        tuple((name, str(value)) for name, value in parsed.items()),
        row.raw,
    )


def _caught(row: Any) -> Caught:
    return Caught(
        row.id,
        moment_of(row.received),
        row.sender,
        tuple(msgspec.json.decode(row.recipients)),
        row.subject,
        row.message,
    )


def _row(raw: bytes, sender: str, recipients: list[str], now: datetime) -> dict[str, object]:
    parsed = message_from_bytes(raw, policy=policy.default)
    return {
        "received": micros(now),
        "sender": sender,
        "recipients": msgspec.json.encode(recipients).decode(),
        "subject": str(parsed.get("Subject", "")),
        "message": str(parsed.get("Message-ID", "")).strip("<> "),
        "raw": raw,
    }


def _write(engine: sa.Engine, row: dict[str, object]) -> None:
    held = tables.mails.c
    with writing(engine).begin() as connection:
        made = connection.execute(sa.insert(tables.mails).values(**row))
        newest = made.inserted_primary_key[0] if made.inserted_primary_key else 0
        connection.execute(sa.delete(tables.mails).where(held.id <= newest - MOST_MAILS))
