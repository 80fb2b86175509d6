"""The demo's own routes: moving the clock, being somebody, hearing what was decided for a visitor.

They exist only where INNESCO_DEMO is set.
"""

from datetime import datetime, timedelta
from typing import Annotated, Any

import msgspec
from litestar import post
from litestar.params import FromPath, JSONBody
from msgspec import Meta, Struct

from innesco.events.event import Source
from innesco.journeys.journey import Journey
from innesco.profiles.learn import EXEMPT
from innesco.storage import (
    clock,
    decisions,
    definitions,
    journal,
    lag,
    people,
    sent,
    stops,
    workspaces,
)
from innesco.storage.audit import Act, record
from innesco.storage.engines import writing
from innesco.storage.journal import Entry
from innesco.web.api.caller import Asking, Caller
from innesco.web.api.members import PATH
from innesco.web.api.obstacles import obstacles
from innesco.web.api.policy import EDITOR
from innesco.web.api.problem import missing
from innesco.web.api.visitor import UNSEEN, VisitorPage, visitor_page
from innesco.web.ports import Given, Ports
from innesco.workers.claim import Facts


class MoveClock(Struct, frozen=True, forbid_unknown_fields=True):
    hours: Annotated[float, Meta(gt=0, le=24 * 31)]


class Clock(Struct, frozen=True):
    now: datetime  #: the shop's time after the move
    moved_seconds: float  #: how far it is ahead of the wall's, all in all


@post(PATH + "/demo/clock", needs=EDITOR, status_code=200, sync_to_thread=True)
def move_clock(
    workspace: FromPath[str], data: JSONBody[MoveClock], ports: Given, caller: Asking
) -> Clock:
    """Move the clock forward, for every shop of this installation; it never goes back."""
    _only_in_a_demo(ports)
    offset = clock.move(ports.stores.control, timedelta(hours=data.hours))
    with writing(ports.stores.control).begin() as connection:
        act = Act(caller.actor, "moved", "clock", workspace, {"hours": data.hours})
        record(connection, act, ports.wall())
    return Clock(ports.wall() + offset, offset.total_seconds())


@post(PATH + "/demo/visitor/{anonymous:str}", needs=EDITOR, status_code=200, sync_to_thread=True)
def look_at_visitor(
    workspace: FromPath[str], anonymous: FromPath[str], ports: Given, caller: Asking
) -> VisitorPage:
    """What was decided for the browser of this anonymous id; it is taken out of control groups."""
    _only_in_a_demo(ports)
    shop, behind = (
        _facts(ports, workspace),
        lag.behind(ports.stores.journal, ports.stores.people, ports.now()),
    )
    zone = shop.settings(workspace).zone
    with ports.stores.people.connect() as connection:
        who = ("anonymous", anonymous)
        name = people.identities(connection, workspace, [who]).get(who)
        state = people.load(connection, workspace, [name]).get(name) if name else None
        if name is None or state is None:
            _exempt(ports, workspace, anonymous, caller)
            return VisitorPage(zone=zone, behind=behind.events, lines=[UNSEEN])
        profiles = people.profiles_of(connection, workspace, [name])[name]
        told = decisions.of_person(connection, workspace, profiles, most=50)
    if EXEMPT not in state.person.attributes:
        _exempt(ports, workspace, anonymous, caller)
    messages = sent.messages(
        ports.stores.outbox, workspace, sent.Which(people=tuple(profiles), most=20)
    )
    journeys = _journeys(ports, workspace)
    stopped = obstacles(shop, workspace, state, journeys, ports.now())
    names = {id: journey.name for id, journey in journeys.items()}
    return visitor_page(state, told, messages, names, stopped, zone, behind.events)


def _only_in_a_demo(ports: Ports) -> None:
    if not ports.settings.demo:
        raise missing("demo")


def _exempt(ports: Ports, workspace: str, anonymous: str, caller: Caller) -> None:
    """Said of the browser, so that it holds before the first event of it was read."""
    event = {
        "type": "identify",
        "messageId": f"{EXEMPT}/{anonymous}",
        "anonymousId": anonymous,
        "traits": {EXEMPT: True},
    }
    body = msgspec.json.encode({"batch": [event]})
    entry = Entry(workspace, Source.INNESCO, "innesco", body=body)
    journal.append(ports.stores.journal, [entry], ports.now())
    with writing(ports.stores.control).begin() as connection:
        act = Act(caller.actor, "took out of control groups", f"visitor/{anonymous}", workspace)
        record(connection, act, ports.wall())


def _facts(ports: Ports, workspace: str) -> Facts:
    """Where the gate reads, as it stands this moment."""
    with ports.stores.control.connect() as connection:
        shop = workspaces.settings(connection, workspace)
        stopped = stops.of_workspace(connection, workspace)
    stores, reasons = ports.stores, {one.scope: one.reason for one in stopped}
    return Facts(
        outbox=stores.outbox,
        people=stores.people,
        journal=stores.journal,
        settings=lambda _: shop,
        stops=lambda _: reasons,
    )


def _journeys(ports: Ports, workspace: str) -> dict[str, Journey]:
    """Those that are in force, paused ones too."""
    with ports.stores.control.connect() as connection:
        names = definitions.named(connection, workspace, "journey")
        held = [(one.id, definitions.in_force(connection, one)) for one in names]
        bodies = {id: definitions.document(connection, one.hash) for id, one in held if one}
    return {id: msgspec.json.decode(body, type=Journey) for id, body in bodies.items()}


ROUTES: list[Any] = [move_clock, look_at_visitor]
