"""Who leaves is let go in the same commit: what the shop's server says of consents, at once.

`track("Unsubscribed", {"email": …})` with the server key stops marketing to that address before
anybody has read the log; *Consent Given* takes it back. The public key can do neither: it is in
everybody's hands (docs/tracking-api.md).
"""

from collections.abc import Iterable, Sequence
from typing import Any

import msgspec
from msgspec import Raw, Struct

from innesco.events.address import email
from innesco.events.body import Opened
from innesco.events.names import named
from innesco.storage.journal import Suppression

LEAVES = ("Unsubscribed", "Consent Withdrawn")
RETURNS = ("Subscription Confirmed", "Consent Given")
MARKETING = "marketing"


class Words(Struct, frozen=True):
    """What a batch says of addresses; the last word on each."""

    suppress: tuple[Suppression, ...] = ()
    lift: tuple[Suppression, ...] = ()


NOTHING = Words()


class _Traits(Struct, frozen=True):
    email: Any = None


class _Properties(_Traits, frozen=True):
    purposes: Any = None


class _Context(Struct, frozen=True):
    traits: _Traits = _Traits()


class _Event(Struct, frozen=True):
    event: str
    properties: _Properties = _Properties()
    traits: _Traits = _Traits()
    context: _Context = _Context()


_event = msgspec.json.Decoder(_Event)


def words(workspace: str, opened: Opened, history: bool) -> Words:
    """History may say who left; who came back then may have left since."""
    if b"ubscri" not in opened.body and b"onsent" not in opened.body:
        return NOTHING  # nearly always, and found out in microseconds
    last = {address: left for address, left in _said(opened.events) if left or not history}
    ones = {address: Suppression(workspace, "email", address, "unsubscribed") for address in last}
    return Words(
        suppress=tuple(ones[address] for address, left in last.items() if left),
        lift=tuple(ones[address] for address, left in last.items() if not left),
    )


def _said(events: Sequence[Raw]) -> Iterable[tuple[str, bool]]:
    for raw in events:
        try:
            said = _event.decode(raw)
        except (msgspec.DecodeError, UnicodeError, RecursionError):
            continue  # no track call: admit says what it is
        name = named(said.event)
        address = _address(said)
        if address and name in LEAVES + RETURNS and _of_marketing(said.properties.purposes):
            yield address, name in LEAVES


def _address(said: _Event) -> str | None:
    stated = said.traits.email or said.context.traits.email or said.properties.email
    return email(stated) if isinstance(stated, str) else None


def _of_marketing(purposes: Any) -> bool:
    return MARKETING in purposes if isinstance(purposes, list) and purposes else True
