"""The program's own log: JSON lines on stderr, without secrets and personal data."""

import logging
import re
import sys
from typing import Any

import structlog

SECRET = re.compile(r"(pk|sk|ak)_[0-9A-Za-z]{8,}|[\w.+-]+@[\w-]+\.[\w.]+")
"""Keys and addresses; whatever logs them by mistake logs stars."""


def set_up(least: int = logging.INFO) -> None:
    """Once at the start of each process."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.dict_tracebacks,
            _without_secrets,
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(least),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )


def _without_secrets(logger: Any, method: str, event: Any) -> Any:
    return _masked(event)


def _masked(value: Any) -> Any:
    match value:
        case str():
            return SECRET.sub("•••", value)
        case dict():
            return {key: _masked(inner) for key, inner in value.items()}
        case list():
            return [_masked(inner) for inner in value]
        case _:
            return value
