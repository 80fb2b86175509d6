"""Home: what happens just now, and what needs a person."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from litestar import get
from litestar.params import FromPath
from msgspec import Struct

from innesco.messages.asked import Outcome
from innesco.storage import (
    definitions,
    directory,
    lag,
    progress,
    quarantine,
    sent,
    stops,
    workspaces,
)
from innesco.storage.full import is_scarce
from innesco.storage.stops import Stop
from innesco.web.api.members import PATH
from innesco.web.api.policy import VIEWER
from innesco.web.ports import Given

NOW = timedelta(minutes=5)
"""Who did something in this while is on the site now."""
RECENT = timedelta(days=7)
"""What went wrong longer ago has been looked at, or will not be."""


class Home(Struct, frozen=True):
    now: datetime
    events_last_minute: int
    events_last_hour: int
    visitors_now: int
    messages_today: dict[str, int]  #: by state, of those asked for since midnight in the shop
    behind_seconds: float  #: age of the oldest event that live has not read
    behind_events: int
    waiting: int  #: messages that wait for their time or turn
    failed: int  #: messages of the last seven days that failed
    uncertain: int  #: messages of the last seven days of which nobody knows whether they left
    held: int  #: runs that a person must look at
    quarantined: int  #: events of the last seven days that were refused
    drafts: int  #: journeys whose newest version waits to be published
    little_room: bool  #: the disk is almost full: soon nothing more can be kept
    lacks_sender: bool  #: without a sender's address nothing can be sent
    stops: list[Stop]


@get(PATH + "/home", needs=VIEWER, sync_to_thread=True)
def look_at_home(workspace: FromPath[str], ports: Given) -> Home:
    """The live figures; cheap enough to ask every few seconds."""
    now, stores = ports.now(), ports.stores
    with stores.control.connect() as connection:
        shop = workspaces.settings(connection, workspace)
        stopped = stops.of_workspace(connection, workspace)
        drafts = definitions.drafts(connection, workspace, "journey")
    with stores.people.connect() as connection:
        refused = quarantine.since(connection, workspace, now - RECENT)
        held = progress.held(connection, workspace)
    midnight = now.astimezone(ZoneInfo(shop.zone)).replace(
        hour=0, minute=0, second=0, microsecond=0
    )
    behind = lag.behind(stores.journal, stores.people, now)
    recent = sent.states(stores.outbox, workspace, now - RECENT)
    return Home(
        now=now,
        events_last_minute=lag.events_since(stores.journal, workspace, now - timedelta(minutes=1)),
        events_last_hour=lag.events_since(stores.journal, workspace, now - timedelta(hours=1)),
        visitors_now=directory.seen_since(stores.people, workspace, now - NOW),
        messages_today=sent.states(stores.outbox, workspace, midnight),
        behind_seconds=behind.seconds,
        behind_events=behind.events,
        waiting=sent.in_state(stores.outbox, workspace, Outcome.WAITING),
        failed=recent.get("failed", 0),
        uncertain=recent.get("uncertain", 0),
        held=held,
        quarantined=refused,
        drafts=drafts,
        little_room=is_scarce(ports.settings.data),
        lacks_sender=not shop.sender_email,
        stops=stopped,
    )


ROUTES: list[Any] = [look_at_home]
