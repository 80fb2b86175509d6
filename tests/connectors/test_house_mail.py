"""The house's mails reach a real SMTP server, wait for nobody, and try again."""

from pathlib import Path

import pytest

from innesco.connectors.house_mail import House, Post, house
from innesco.storage.clock import wall
from innesco.storage.engines import sqlite_engine
from innesco.storage.migrate import migrate
from innesco.workers.sandbox import inbox, letter, serve


async def test_a_reset_link_reaches_the_mail_server(tmp_path: Path) -> None:
    import asyncio

    engine = sqlite_engine(tmp_path / "sandbox.sqlite")
    migrate(engine, "sandbox")
    server = await serve(engine, 0, wall)
    try:
        port = server.sockets[0].getsockname()[1]
        post = Post(house("", "innesco@localhost", port))
        sent = post(
            "anna@example.com", "Una nuova password", "http://127.0.0.1/reset#s3cret è qui\n"
        )
        assert await asyncio.wrap_future(sent)
    finally:
        server.close()
        await server.wait_closed()
    caught = inbox(engine)
    mail = letter(engine, caught[0].id)
    engine.dispose()
    assert [one.subject for one in caught] == ["Una nuova password"]
    assert mail is not None
    assert "http://127.0.0.1/reset#s3cret è qui" in mail.text


def test_nobody_listening_is_tried_three_times_and_told() -> None:
    paused: list[float] = []
    post = Post(House("127.0.0.1", 1, "innesco@localhost"), pause=paused.append)
    assert post("anna@example.com", "Hello", "Hello").result(30) is False
    assert paused == [2.0, 20.0]


def test_an_address_with_a_line_break_never_becomes_a_header() -> None:
    post = Post(House("127.0.0.1", 1, "innesco@localhost"))
    with pytest.raises(ValueError, match="linefeed"):
        post("anna@example.com\nBcc: all@example.com", "Hello", "Hello")


@pytest.mark.parametrize(
    ("url", "server"),
    [
        ("", House("127.0.0.1", 8825, "me@x.test")),
        ("smtp://m.test", House("m.test", 587, "me@x.test")),
        ("smtp://a%40b:p%3A@m.test:25", House("m.test", 25, "me@x.test", "a@b", "p:")),
        ("smtps://m.test", House("m.test", 465, "me@x.test", whole_line=True)),
    ],
)
def test_the_setting_names_a_server(url: str, server: House) -> None:
    assert house(url, "me@x.test", 8825) == server


@pytest.mark.parametrize("url", ["mail.example", "http://mail.example", "smtp://"])
def test_what_is_no_server_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match="INNESCO_MAIL_URL"):
        house(url, "me@x.test", 8825)
