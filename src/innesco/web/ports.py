"""What the web role is given from outside: its stores, its clocks, its mail, the live parts."""

from collections.abc import Awaitable, Callable, MutableMapping
from typing import TYPE_CHECKING, Any

from litestar.connection import ASGIConnection
from litestar.di import NamedDependency
from litestar.params import SkipValidation
from msgspec import Struct

from innesco.settings import Settings
from innesco.storage.clock import Clock, wall
from innesco.storage.open import Stores

if TYPE_CHECKING:  # a third of a second and 20 MB, which only Home's questions need
    import pyarrow as pa

    from innesco.columns.questions import Question

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

Ask = Callable[[str, "Question"], Awaitable["pa.Table"]]
"""A question over everybody, to the columns role; raises `NotAnswered` when that is not there."""


class Ports(Struct, frozen=True, kw_only=True):
    """One value made at the start; nothing in the web role looks anything up behind its back."""

    settings: Settings
    stores: Stores
    now: Clock  #: the shop's time, which the demo can move
    mail: Mail
    ask: Ask
    wall: Clock = wall  #: the wall's time: sessions, keys and the audit log never jump


Given = NamedDependency[SkipValidation[Ports]]
"""How a route asks for the ports."""
