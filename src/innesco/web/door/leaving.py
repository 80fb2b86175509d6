"""Who leaves is let go in the same commit: what the shop's server says, at once.

`track("Unsubscribed", {"email": …})` with the server key stops marketing to that address before
anybody has read the log. The public key cannot do it: it is in everybody's hands
(docs/tracking-api.md). Who comes back is read by `live` like everything else: the ledger alone
knows whether a consent counts.

What an event says is asked of `admit` and of the fold's own rules, so that the door lets go whoever
they will see leave.
"""

from collections.abc import Iterator
from typing import Any

import msgspec
import structlog
from msgspec import Struct

from innesco.events.admit import Customs, Letter, admit
from innesco.events.body import Opened
from innesco.events.event import Admitted, Dropped
from innesco.events.names import LEAVES, named
from innesco.profiles.consent import MARKETING, purposes
from innesco.storage.journal import LEFT, Suppression

log = structlog.get_logger("innesco.door")

MARKS = (b"ubscri", b"onsent", b"\\u", "ſ".encode())
"""One of them is in every body that says such a name: names are read by folded letters, escaped
ones too, and a long s is an s."""


class _Name(Struct, frozen=True):
    event: Any = None


_name = msgspec.json.Decoder(_Name)


def leaving(workspace: str, opened: Opened, letter: Letter) -> tuple[Suppression, ...]:
    """Everybody of whom a request says that she left, with the moment at which she said it."""
    body = opened.body.lower()
    if not any(each in body for each in MARKS):
        return ()  # nearly always, and found out in microseconds
    raws = (bytes(raw) for raw in opened.events)
    return tuple(
        one for raw in raws if _may_concern(raw) for one in _leaves(workspace, raw, letter)
    )


def _leaves(workspace: str, raw: bytes, letter: Letter) -> Iterator[Suppression]:
    """What `admit` cannot judge goes into quarantine later; it costs its neighbours nothing."""
    try:
        found: Admitted | Dropped = admit(raw, letter, Customs())
    except Exception as fault:
        log.error("door.fault", fault=type(fault).__name__)
        return
    if isinstance(found, Dropped) or not found.says.email or MARKETING not in purposes(found.event):
        return
    moment = found.event.moment
    said = moment if moment < letter.received else None  # the log's own time is not known yet
    yield Suppression(workspace, "email", found.says.email, LEFT, moment=said)


def _may_concern(raw: bytes) -> bool:
    """By its name; what cannot be read has none that anybody will read."""
    try:
        name = _name.decode(raw).event
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        return False
    return isinstance(name, str) and named(name) in LEAVES
