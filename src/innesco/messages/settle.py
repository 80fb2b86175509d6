"""What a receipt means for the message: gone, tried again later, refused, or nobody knows."""

from datetime import datetime, timedelta

from msgspec import Struct

from innesco.channels.channel import Accepted, Broken, Receipt, Refused, TryAgain, Unclear
from innesco.messages.asked import Asked, Class, Outcome

RETRY_MINUTES = (1, 5, 30, 120, 360, 720, 1440, 2880)
"""How long after each failed try the next one is; RFC 5321 §4.5.4.1 asks for days of patience."""

ACCOUNT_MINUTES = 5
"""While the account is broken, messages wait without using up their tries."""


class Result(Struct, frozen=True, kw_only=True):
    """What came of a claimed message; `next_at` when it waits again."""

    state: Outcome
    reason: str = ""
    next_at: datetime | None = None
    attempts: int = 0
    provider: str | None = None  #: the provider's id of it


def settle(asked: Asked, attempts: int, receipt: Receipt, now: datetime) -> Result:
    """A 451 waits a minute, then five; a 550 is final; a line that broke is `uncertain`."""
    tries = attempts + 1
    match receipt:
        case Accepted(id):
            return Result(state=Outcome.SENT, attempts=tries, provider=id)
        case Refused(because):
            return Result(state=Outcome.FAILED, reason=because, attempts=tries)
        case Broken(because):
            wait = now + timedelta(minutes=ACCOUNT_MINUTES)
            return Result(state=Outcome.WAITING, reason=because, next_at=wait, attempts=attempts)
        case TryAgain(because):
            return _again(because, tries, now)
        case Unclear(because) if asked.kind is Class.TRANSACTIONAL:
            return _again(because, tries, now)  # the same Message-ID: twice is better than never
        case Unclear(because):
            return Result(state=Outcome.UNCERTAIN, reason=because, attempts=tries)


def _again(because: str, tries: int, now: datetime) -> Result:
    if tries > len(RETRY_MINUTES):
        reason = f"gave up after {tries} tries: {because}"
        return Result(state=Outcome.FAILED, reason=reason, attempts=tries)
    wait = now + timedelta(minutes=RETRY_MINUTES[tries - 1])
    return Result(state=Outcome.WAITING, reason=because, next_at=wait, attempts=tries)
