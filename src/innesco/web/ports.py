"""What the web role is given from outside: its stores, its clocks, its mail, the live parts."""

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from litestar.connection import ASGIConnection
from litestar.di import NamedDependency
from litestar.params import SkipValidation
from msgspec import Struct

from innesco.settings import Settings
from innesco.storage.clock import Clock, wall
from innesco.storage.open import Stores

ASGI = Callable[
    [
        MutableMapping[str, Any],
        Callable[[], Awaitable[MutableMapping[str, Any]]],
        Callable[[MutableMapping[str, Any]], Awaitable[None]],
    ],
    Awaitable[None],
]
"""An ASGI application: the door, the hosted pages and Litestar are all one of these."""

Connection = ASGIConnection[Any, Any, Any, Any]
"""A request as the framework shows it."""

Mail = Callable[[str, str, str], object]
"""(to, subject, text): hands a mail to the people who run the shop over, and returns at once."""


class Ports(Struct, frozen=True, kw_only=True):
    """One value made at the start; nothing in the web role looks anything up behind its back."""

    settings: Settings
    stores: Stores
    now: Clock  #: the shop's time, which the demo can move
    mail: Mail
    wall: Clock = wall  #: the wall's time: sessions, keys and the audit log never jump


Given = NamedDependency[SkipValidation[Ports]]
"""How a route asks for the ports."""
