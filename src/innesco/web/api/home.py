"""Home: what happens just now, what needs a person, how far visitors come."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from litestar import get
from litestar.params import FromPath
from msgspec import Struct

from innesco.storage import directory, funnel, lag, progress, quarantine, sent, stops, workspaces
from innesco.storage.funnel import Funnel
from innesco.storage.stops import Stop
from innesco.web.api.members import PATH
from innesco.web.api.policy import VIEWER
from innesco.web.ports import Given

NOW = timedelta(minutes=5)
"""Who did something in this while is on the site now."""


class Home(Struct, frozen=True):
    now: datetime
    events_last_minute: int
    events_last_hour: int
    visitors_now: int
    messages_today: dict[str, int]  #: by state, of those asked for since midnight in the shop
    behind_seconds: float  #: age of the oldest event that live has not read
    behind_events: int
    waiting: int  #: messages that wait for their time or turn
    failing: int  #: messages that failed, or of which nobody knows whether they left
    held: int  #: runs that a person must look at
    quarantined: int
    stops: list[Stop]


@get(PATH + "/home", needs=VIEWER, sync_to_thread=True)
def look_at_home(workspace: FromPath[str], ports: Given) -> Home:
    """The live figures; cheap enough to ask every few seconds."""
    now, stores = ports.now(), ports.stores
    with stores.control.connect() as connection:
        shop = workspaces.settings(connection, workspace)
        stopped = stops.of_workspace(connection, workspace)
    with stores.people.connect() as connection:
        reasons = quarantine.reasons(connection, workspace)
        held = progress.held(connection, workspace)
    midnight = now.astimezone(ZoneInfo(shop.zone)).replace(
        hour=0, minute=0, second=0, microsecond=0
    )
    behind = lag.behind(stores.journal, stores.people, now)
    states = sent.states(stores.outbox, workspace)
    return Home(
        now=now,
        events_last_minute=lag.events_since(stores.journal, workspace, now - timedelta(minutes=1)),
        events_last_hour=lag.events_since(stores.journal, workspace, now - timedelta(hours=1)),
        visitors_now=directory.seen_since(stores.people, workspace, now - NOW),
        messages_today=sent.states(stores.outbox, workspace, midnight),
        behind_seconds=behind.seconds,
        behind_events=behind.events,
        waiting=states.get("waiting", 0),
        failing=states.get("failed", 0) + states.get("uncertain", 0),
        held=held,
        quarantined=sum(reasons.values()),
        stops=stopped,
    )


@get(PATH + "/home/funnel", needs=VIEWER, sync_to_thread=True)
def look_at_funnel(workspace: FromPath[str], ports: Given) -> Funnel:
    """How far the visitors of the last seven days came, by day of the shop's calendar."""
    with ports.stores.control.connect() as connection:
        zone = workspaces.settings(connection, workspace).zone
    return funnel.last_days(ports.stores.people, workspace, ports.now(), zone)


ROUTES: list[Any] = [look_at_home, look_at_funnel]
