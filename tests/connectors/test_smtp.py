"""A real connection to servers that behave badly: what we believe of each, and what we do next."""

import asyncio
import contextlib

import pytest
from aiosmtpd.smtp import SMTP, AuthResult
from msgspec.structs import replace

from innesco.channels.channel import Accepted, Broken, Email, Refused, TryAgain, Unclear
from innesco.channels.mime import mime
from innesco.connectors.smtp import Server, Smtp
from tests.messages.stock import NOON

MAIL = Email(
    key="k", sender="ciao@shop.example", to="anna@example.com", subject="s", html="h", text="t"
)


class Handler:
    def __init__(self, rcpt="250 OK", data="250 OK"):
        self.answers = {"rcpt": rcpt, "data": data}
        self.got = []

    async def handle_RCPT(self, server, session, envelope, address, options):
        if self.answers["rcpt"].startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.answers["rcpt"]

    async def handle_DATA(self, server, session, envelope):
        self.got.append(envelope.content)
        match self.answers["data"]:
            case "drop":
                server.transport.abort()
                await asyncio.sleep(1)
            case "hang":
                await asyncio.sleep(30)
        return self.answers["data"]


@contextlib.asynccontextmanager
async def server(handler, kind=SMTP, **other):
    loop = asyncio.get_running_loop()
    listening = await loop.create_server(
        lambda: kind(handler, hostname="there", **other), "127.0.0.1", 0
    )
    try:
        yield listening.sockets[0].getsockname()[1]
    finally:
        listening.close()


@contextlib.asynccontextmanager
async def smtp(port, **other):
    said = {"host": "127.0.0.1", "port": port, "security": "none", "timeout": 0.7, **other}
    one = Smtp(Server(**said))
    try:
        yield one
    finally:
        await one.close()


@pytest.mark.parametrize(
    ("handler", "receipt"),
    [
        (Handler(), Accepted),
        (Handler(rcpt="421 4.3.2 shutting down"), TryAgain),
        (Handler(rcpt="450 4.2.0 greylisted"), TryAgain),
        (Handler(rcpt="550 5.1.1 nobody here"), Refused),
        (Handler(data="451 4.3.0 try later"), TryAgain),
        (Handler(data="554 5.6.0 content refused"), Refused),
        (Handler(data="drop"), Unclear),
        (Handler(data="hang"), Unclear),
    ],
    ids=lambda value: "-".join(value.answers.values())[:40] if isinstance(value, Handler) else "",
)
async def test_what_a_server_does_and_what_we_believe(handler, receipt):
    async with server(handler) as port, smtp(port) as line:
        assert isinstance(await line.send(MAIL, b"Subject: s\r\n\r\nt"), receipt)


async def test_nobody_listens():
    async with server(Handler()) as port:
        pass
    async with smtp(port) as line:
        assert isinstance(await line.send(MAIL, b"x"), TryAgain)


async def test_a_wrong_password_is_the_accounts_fault():
    def refuse(*_):
        return AuthResult(success=False, handled=False)

    async with (
        server(Handler(), authenticator=refuse, auth_require_tls=False) as port,
        smtp(port, user="shop", password="wrong") as line,
    ):
        assert isinstance(await line.send(MAIL, b"x"), Broken)


async def test_one_bad_address_does_not_spoil_the_others():
    class Picky(Handler):
        async def handle_RCPT(self, server, session, envelope, address, options):
            if address.startswith("bad"):
                return "550 5.1.1 nobody here"
            return await super().handle_RCPT(server, session, envelope, address, options)

    mails = [
        Email(key=a, sender="s@s.it", to=f"{a}@example.com", subject="s", html="h", text="t")
        for a in ("anna", "bad1", "bea", "bad2", "carla", "dora")
    ]
    async with server(Picky()) as port, smtp(port) as line:
        receipts = await asyncio.gather(*(line.send(mail, b"x") for mail in mails))
        kinds = [type(receipt) for receipt in receipts]
        assert kinds == [Accepted, Refused, Accepted, Refused, Accepted, Accepted]


async def test_connections_are_used_again_and_a_sleepy_one_is_replaced():
    connected = []

    class Counts(Handler):
        async def handle_EHLO(self, server, session, envelope, hostname, responses):
            if session not in connected:
                connected.append(session)
            session.host_name = hostname
            return responses

    async with server(Counts()) as port, smtp(port, connections=2) as line:
        for _ in range(5):
            assert isinstance(await line.send(MAIL, b"x"), Accepted)
        assert len(connected) == 1
        line.free[0][0].transport.abort()
        await asyncio.sleep(0.05)
        assert isinstance(await line.send(MAIL, b"x"), Accepted)
        assert len(connected) == 2


@pytest.mark.parametrize(
    ("speaks", "means"),
    [(True, Accepted), (False, Refused)],
    ids=["takes it", "takes ASCII only"],
)
async def test_a_mailbox_beyond_ascii_goes_where_the_server_takes_it(speaks, means):
    handler = Handler()
    async with server(handler, enable_SMTPUTF8=speaks) as port, smtp(port) as line:
        mail = replace(MAIL, to="josé@example.com")
        answer = await line.send(mail, mime(mail, NOON))
        assert isinstance(answer, means), answer
        assert isinstance(await line.send(MAIL, b"Subject: s\r\n\r\nt\r\n"), Accepted)
        assert ("josé@example.com".encode() in handler.got[0]) is speaks


class Latin(SMTP):
    """A server that speaks Latin-1."""

    async def push(self, status):
        self._writer.write(f"{status}\r\n".encode("latin-1"))
        await self._writer.drain()


async def test_an_answer_in_latin_1_can_be_kept():
    async with server(Handler(rcpt="550 boîte inconnue"), kind=Latin) as port, smtp(port) as line:
        answer = await line.send(MAIL, b"Subject: s\r\n\r\nt\r\n")
        assert answer.because.encode().decode() == "550 bo?te inconnue"
