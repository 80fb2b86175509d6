"""The program's own log: JSON lines on stderr, without secrets and personal data.

Everything goes through here: our own lines, those of the libraries, and the last words of a role
that dies. Where stderr cannot be written – its file lies on a disk that is full – lines are lost
and counted: no role dies, and nobody waits, because something could not be logged.
"""

import logging
import re
import sys
from threading import Lock
from types import TracebackType
from typing import Any

import structlog
from structlog.tracebacks import ExceptionDictTransformer

SECRET = re.compile(
    r"\b(pk|sk|ak)_[0-9A-Za-z]{8,}"  # keys
    r"|[\w.+-]+@[\w-]+\.[\w.]+"  # addresses
    r"|\b(confirm|unsubscribe|click|cart|login)(\.[\w-]+){3}"  # sealed tokens (profiles/tokens.py)
    r"|(?<=://)[^\s/@]+(?=@)"  # the user and the password of a URL
    r"|(?<![\w-])([\w-]{43}|[\w-]{32})(?![\w-])"  # cookies, tickets, what a page sends along
)
HIDDEN = {"password", "secret", "token", "cookie", "authorization", "csrf", "address", "email"}
STARS = "•••"
"""Whatever logs them by mistake logs these."""


def set_up(least: int = logging.INFO) -> None:
    """Once at the start of each process."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            # without the values of variables: among them are passwords
            structlog.processors.ExceptionRenderer(ExceptionDictTransformer(show_locals=False)),
            without_secrets,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(least),
        logger_factory=lambda *_: _lines,
        cache_logger_on_first_use=True,
    )
    logging.basicConfig(handlers=[Libraries()], level=logging.WARNING, force=True)
    sys.excepthook = _last_words


class Lines:
    """Lines on stderr, whole and in order, whichever thread says them."""

    def __init__(self) -> None:
        self.lost = 0
        self._lock = Lock()

    def msg(self, line: str) -> None:
        with self._lock:
            try:
                sys.stderr.write(f"{line}\n")
                sys.stderr.flush()
            except (OSError, ValueError):  # full, broken or closed: there is nobody else to tell
                self.lost += 1

    debug = info = warning = error = critical = msg


class Libraries(logging.Handler):
    """What libraries log, as lines like ours."""

    def emit(self, record: logging.LogRecord) -> None:
        log = structlog.get_logger(record.name)
        log.log(record.levelno, record.getMessage(), logger=record.name, exc_info=record.exc_info)


def without_secrets(logger: Any, method: str, event: Any) -> Any:
    """The last step before a line is written: what looks like a secret becomes stars."""
    return _masked(event)


def _masked(value: Any) -> Any:
    match value:
        case str():
            return SECRET.sub(STARS, value)
        case dict():
            return {
                key: STARS if str(key).lower() in HIDDEN else _masked(inner)
                for key, inner in value.items()
            }
        case list() | tuple():
            return [_masked(inner) for inner in value]
        case None | bool() | int() | float():
            return value
        case _:
            return SECRET.sub(STARS, str(value))


def _last_words(
    kind: type[BaseException], error: BaseException, trace: TracebackType | None
) -> None:
    """A role that dies says why in a line like any other."""
    if issubclass(kind, KeyboardInterrupt):
        return
    structlog.get_logger().critical("role.fell", exc_info=(kind, error, trace))


_lines = Lines()
