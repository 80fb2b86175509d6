"""The demo's own: moving the clock, so that one need not wait a day for a reminder."""

from datetime import datetime, timedelta
from typing import Annotated, Any

from litestar import post
from litestar.params import JSONBody
from msgspec import Meta, Struct

from innesco.storage import clock
from innesco.storage.audit import Act, record
from innesco.storage.engines import writing
from innesco.web.api.caller import Asking
from innesco.web.api.policy import ACCOUNT
from innesco.web.api.problem import missing
from innesco.web.ports import Given


class MoveClock(Struct, frozen=True, forbid_unknown_fields=True):
    hours: Annotated[float, Meta(gt=0, le=24 * 31)]


class Clock(Struct, frozen=True):
    now: datetime  #: the shop's time after the move
    moved_seconds: float  #: how far it is ahead of the wall's, all in all


@post("/api/demo/clock", needs=ACCOUNT, status_code=200, sync_to_thread=True)
def move_clock(data: JSONBody[MoveClock], ports: Given, caller: Asking) -> Clock:
    """Move the shop's clock forward; it never goes back. Only where INNESCO_DEMO is set."""
    if not ports.settings.demo:
        raise missing("movable clock")
    offset = clock.move(ports.stores.control, timedelta(hours=data.hours))
    with writing(ports.stores.control).begin() as connection:
        act = Act(caller.actor, "moved", "clock", detail={"hours": data.hours})
        record(connection, act, ports.wall())
    return Clock(ports.wall() + offset, offset.total_seconds())


ROUTES: list[Any] = [move_clock]
