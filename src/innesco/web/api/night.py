"""The nightly work of the installation: what the last one did, and when the next begins."""

from datetime import datetime
from typing import Any

from litestar import get
from litestar.params import FromPath
from msgspec import Struct

from innesco.web.api.members import PATH
from innesco.web.api.policy import OWNER
from innesco.web.ports import Given
from innesco.workers import nightly, shown
from innesco.workers.nightly import Night


class Nights(Struct, frozen=True, kw_only=True):
    last: Night | None  #: the last that came to its end
    good: datetime | None  #: when the last one began in which no part failed
    under_way: datetime | None  #: when the one began that is at work just now, or was cut short
    runs: bool  #: whether the role runs that does it by itself
    next: datetime  #: when its hour comes next


@get(PATH + "/night", needs=OWNER, sync_to_thread=True)
def look_at_night(workspace: FromPath[str], ports: Given) -> Nights:
    """What the last nightly work trimmed, compacted and saved, what failed, when the next is."""
    data = ports.settings.data
    return Nights(
        last=nightly.last(data),
        good=nightly.last_good(data),
        under_way=nightly.under_way(data),
        runs=shown.runs("nightly", data),
        next=nightly.next_hour(ports.wall(), nightly.zone_of(ports.stores)),
    )


ROUTES: list[Any] = [look_at_night]
