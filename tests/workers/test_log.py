"""Our own log: what must not stand in it does not, and what cannot be written costs nobody."""

import io
import json
import logging
import sys
from collections.abc import Callable, Iterator

import pytest
import structlog

from innesco.workers import log

SECRETS = {
    "a server key": "sk_4f9TzKq0pLrWm2Xy7Bn5Vc8Jd3Hs6Ga",
    "an admin key": "ak_4f9TzKq0pLrWm2Xy7Bn5Vc8Jd3Hs6Ga",
    "an address": "anna.bianchi+shop@posta.example",
    "a sealed token": "unsubscribe.k1.bottega.Q2hhcmxpZSBpcyBhIGNhdA",
    "the user and password of a URL": "innesco:hunter2$",
    "a cookie": "Vd3nEFwq5sPzC1mY8kTr0uJb7hXg2LaNoR9iQe4xKZc",
    "what a page sends along": "b7hXg2LaNoR9iQe4xKZcVd3nEFwq5sPz",
}


Said = Callable[[], str]


@pytest.fixture
def said(capsys: pytest.CaptureFixture[str]) -> Iterator[Said]:
    """The log set up as in a role; answers what it has said since it was last asked."""
    before = structlog.get_config()
    handlers, level, hook = logging.root.handlers[:], logging.root.level, sys.excepthook
    log.set_up()
    yield lambda: capsys.readouterr().err
    structlog.configure(**before)
    logging.root.handlers[:], sys.excepthook = handlers, hook
    logging.root.setLevel(level)


@pytest.mark.parametrize("secret", SECRETS.values(), ids=SECRETS)
def test_a_secret_becomes_stars_wherever_it_is_said(said: Said, secret: str) -> None:
    url = f"smtp://{secret}@mail.example:587"
    logger = structlog.get_logger()
    logger.info("a line", about=url, within=[{"more": (url,)}], fault=ValueError(url))
    logging.getLogger("a library").warning("says %s", url)
    try:
        raise RuntimeError(url)
    except RuntimeError as error:
        logger.error("fell", exc_info=error)
        sys.excepthook(type(error), error, error.__traceback__)
    text = said()
    lines = [json.loads(line) for line in text.splitlines()]
    assert len(lines) == 4
    assert secret not in text
    assert log.STARS in lines[0]["about"]


def test_the_values_of_variables_are_not_logged(said: Said) -> None:
    words = "correct horse battery"
    try:
        raise RuntimeError(f"{len(words)} letters")
    except RuntimeError as error:
        structlog.get_logger().error("fell", exc_info=error)
    text = said()
    line = json.loads(text)
    assert line["exception"][0]["exc_value"] == "21 letters"
    assert line["exception"][0]["frames"][-1]["lineno"] > 0
    assert words not in text


@pytest.mark.parametrize("name", sorted(log.HIDDEN))
def test_what_is_called_a_secret_is_one(said: Said, name: str) -> None:
    structlog.get_logger().info("a line", **{name: "short"})
    assert json.loads(said())[name] == log.STARS


def test_a_line_that_cannot_be_written_is_lost_and_counted(
    said: Said, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Full(io.StringIO):
        def write(self, text: str) -> int:
            raise OSError(28, "No space left on device")

    before = log._lines.lost
    with monkeypatch.context() as full:
        full.setattr(sys, "stderr", Full())
        structlog.get_logger().error("nobody hears this")
    assert log._lines.lost == before + 1
    structlog.get_logger().error("but this")
    assert json.loads(said())["event"] == "but this"
