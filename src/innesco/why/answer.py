"""The answer to *why*: gates in the order of the way, each with the values of its moment."""

from datetime import datetime
from typing import Literal

from msgspec import Struct

from innesco.conditions.explained import Explained

Value = str | int | float | bool | None
"""Moments and lengths of time are texts of ISO 8601."""

Verdict = Literal[
    "not published",  # the journey was not in force then
    "not known",  # nothing had been heard of her by then
    "not started",  # nothing came that starts it
    "refused",  # it came, and a gate was closed
    "inside",
    "held",  # in it, and a person must look
    "left",
]


class Check(Struct, frozen=True, kw_only=True):
    """One question on the way, and how it was answered."""

    gate: str  #: published, known, heard, start, imported, late, condition, key, stay, …
    passed: bool
    because: str = ""  #: why it was closed
    values: dict[str, Value] = {}
    condition: Explained | None = None


class Tried(Struct, frozen=True, kw_only=True):
    """One happening that starts the journey, and what came of it."""

    seq: int
    moment: datetime  #: when it was heard
    event: str
    profile: str  #: as whom she was known then
    entered: bool
    run: str | None  #: the run that began, or the one that was under way
    because: str  #: why she did not enter


class Passage(Struct, frozen=True, kw_only=True):
    """One node that a run came to, and what followed."""

    moment: datetime
    node: str
    kind: str  #: message, wait, wait for, wait for inactivity, branch
    waits_until: datetime | None = None  #: it waits, or waited, there
    ended: datetime | None = None  #: when the wait did
    to: str | None = None  #: the next node; absent while it waits, and where the journey ends
    event: str | None = None  #: what ended the wait, when it was not the time
    message: str | None = None  #: the key of the message that it asked for
    because: str = ""  #: why the run left, or asked for no message
    condition: Explained | None = None


class Walked(Struct, frozen=True, kw_only=True):
    """One run of hers, as far as it had come."""

    id: str
    key: str  #: the cart, the order
    entered: datetime
    held_out: bool
    node: str | None  #: where it stands; None once it has left
    until: datetime | None  #: of the wait there
    left: datetime | None
    because: str  #: why it left or is held
    passages: tuple[Passage, ...]


class MissingPast(Struct, frozen=True):
    """A part of the past that is not there any more; what is said may differ from what was."""

    what: Literal["publications", "past", "log"]
    because: str


class JourneyTold(Struct, frozen=True, kw_only=True):
    """Why she is, was or was never in a journey, as of a place in the log."""

    person: str
    about: str  #: `journey/cart-recovery`
    seq: int  #: as of this place
    moment: datetime | None  #: when the log took it
    verdict: Verdict
    tried: Tried | None  #: whose gates are told: the one that led in, or the last
    gates: tuple[Check, ...]
    run: Walked | None
    tries: tuple[Tried, ...]  #: all, newest first
    missing: tuple[MissingPast, ...] = ()
