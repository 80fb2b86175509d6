"""Sending by SMTP: a few open connections to one server, each mail a receipt.

What the codes mean stands in `channels/smtp.py`. The phase in which a line breaks decides: before
the words were handed over it is safe to try again, after that nobody knows.
"""

import asyncio

import aiosmtplib
from msgspec import Struct

from innesco.channels.channel import Accepted, Broken, Email, Receipt, Refused, TryAgain, Unclear
from innesco.channels.mime import envelope, message_id
from innesco.channels.smtp import readable, receipt

TIMEOUT_SECONDS = 30.0
MOST_MAILS = 100  # through one connection; some servers close it then


class Server(Struct, frozen=True, kw_only=True):
    host: str
    port: int
    user: str = ""
    password: str = ""
    security: str = "starttls"  #: starttls, tls, none
    connections: int = 4
    timeout: float = TIMEOUT_SECONDS


class Smtp:
    """A pool of connections, opened when needed and closed by `close`."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.free: list[tuple[aiosmtplib.SMTP, int]] = []  # and how many mails each has carried
        self.places = asyncio.Semaphore(server.connections)

    async def send(self, email: Email, raw: bytes) -> Receipt:
        """Hand one mail over; never raises for what servers do."""
        async with self.places:
            try:
                line, carried = await self._line()
            except aiosmtplib.SMTPAuthenticationError as wrong:
                return Broken(readable(f"{wrong.code} {wrong.message}"))
            except (aiosmtplib.SMTPException, OSError) as wrong:
                return TryAgain(f"cannot connect: {wrong or type(wrong).__name__}")
            answer = await _carry(line, email, raw)
            await self._keep(line, carried + 1, answer)
            return answer

    async def close(self) -> None:
        while self.free:
            line, _ = self.free.pop()
            await _quit(line)

    async def _line(self) -> tuple[aiosmtplib.SMTP, int]:
        """An open line that still answers, or a new one."""
        while self.free:
            line, carried = self.free.pop()
            try:
                await line.rset()
                return line, carried
            except (aiosmtplib.SMTPException, OSError):
                line.close()  # it fell asleep; the next one, or a new one
        server = self.server
        line = aiosmtplib.SMTP(
            hostname=server.host,
            port=server.port,
            username=server.user or None,
            password=server.password or None,
            use_tls=server.security == "tls",
            start_tls=server.security == "starttls",
            timeout=server.timeout,
        )
        await line.connect()
        return line, 0

    async def _keep(self, line: aiosmtplib.SMTP, carried: int, answer: Receipt) -> None:
        match answer:
            case Unclear() | TryAgain():
                line.close()
            case _ if carried >= MOST_MAILS:
                await _quit(line)
            case _:
                self.free.append((line, carried))


async def _carry(line: aiosmtplib.SMTP, email: Email, raw: bytes) -> Receipt:
    sender, to = envelope(email.sender), envelope(email.to)
    wide = not (sender.isascii() and to.isascii())
    options, encoding = (["SMTPUTF8"], "utf-8") if wide else ([], "ascii")
    try:
        if wide and not await _speaks_utf8(line):
            return Refused("the mail server takes no address beyond ASCII (SMTPUTF8)")
        await line.mail(sender, options=options, encoding=encoding)
        await line.rcpt(to, encoding=encoding)
    except aiosmtplib.SMTPResponseException as wrong:
        return receipt(wrong.code, wrong.message)
    except (aiosmtplib.SMTPException, OSError) as wrong:
        return TryAgain(f"the line broke before the words: {wrong or type(wrong).__name__}")
    try:
        await line.data(raw)
    except aiosmtplib.SMTPResponseException as wrong:
        if wrong.code <= 0:
            return Unclear(readable(f"no answer to the words: {wrong.message}"))
        return receipt(wrong.code, wrong.message)
    except (aiosmtplib.SMTPException, OSError) as wrong:
        return Unclear(f"no answer to the words: {wrong or type(wrong).__name__}")
    return Accepted(message_id(email))


async def _speaks_utf8(line: aiosmtplib.SMTP) -> bool:
    """RFC 6531: whether letters beyond ASCII may stand in an address."""
    await line.ehlo()
    return line.supports_extension("smtputf8")


async def _quit(line: aiosmtplib.SMTP) -> None:
    try:
        await line.quit()
    except (aiosmtplib.SMTPException, OSError):
        line.close()  # it was gone already
