"""What the door is given: where to keep, whom to ask, and how much is too much."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from msgspec import Struct

from innesco.storage.keys import Known
from innesco.web.door.commit import Append
from innesco.web.door.starters import SDK


class Bounds(Struct, frozen=True):
    """How much is too much; the defaults suit a shop on one machine."""

    body: int = 512 * 1024  #: bytes of a request, inflated
    events: int = 2_500  #: of a request
    waiting_requests: int = 4_000  #: taken in and not yet on the disk
    waiting_bytes: int = 64 * 1024 * 1024
    lag: float = 900.0  #: seconds that live may be behind before the door asks for patience
    rate: float = 1_000.0  #: of one network with the public key: requests or kilobytes a second
    burst: float = 20_000.0
    proxies: int = 0  #: how many of ours stand in front and write X-Forwarded-For


class Ports(Struct, frozen=True, kw_only=True):
    """What the door asks of the rest of the program."""

    append: Append  #: `journal.append` on the log
    keys: Callable[[str], Known | None]  #: `storage.keys.keyring`
    now: Callable[[], datetime]  #: the shop's time, which the demo can move
    lag: Callable[[], float]  #: how many seconds live is behind
    salt: bytes  #: the installation's own, for hashing networks
    base_url: str  #: how browsers reach us
    bounds: Bounds = Bounds()
    sdk: Path = SDK
