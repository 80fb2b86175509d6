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
from innesco.storage import clock, decisions, journal, people, sent
from innesco.storage.audit import Act, record
from innesco.storage.engines import writing
from innesco.storage.journal import Entry
from innesco.web.api.caller import Asking, Caller
from innesco.web.api.members import PATH
from innesco.web.api.policy import EDITOR
from innesco.web.api.problem import missing
from innesco.web.api.visitor import UNKNOWN, VisitorPage, visitor_page
from innesco.web.ports import Given, Ports

EXEMPT = "holdout_exempt"
"""Attribute of the visitor in front of the demo: never in a control group."""


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
    with ports.stores.people.connect() as connection:
        who = ("anonymous", anonymous)
        name = people.identities(connection, workspace, [who]).get(who)
        state = people.load(connection, workspace, [name]).get(name) if name else None
        if name is None or state is None:
            return UNKNOWN
        profiles = people.profiles_of(connection, workspace, [name])[name]
        told = decisions.of_person(connection, workspace, profiles, most=50)
    if EXEMPT not in state.person.attributes:
        _exempt(ports, workspace, name, caller)
    messages = sent.messages(
        ports.stores.outbox, workspace, sent.Which(people=tuple(profiles), most=20)
    )
    return visitor_page(state, told, messages, _suppressed(ports, workspace, state.person.email))


def _only_in_a_demo(ports: Ports) -> None:
    if not ports.settings.demo:
        raise missing("demo")


def _exempt(ports: Ports, workspace: str, person: str, caller: Caller) -> None:
    event = {
        "type": "identify",
        "messageId": f"{EXEMPT}/{person}",
        "context": {"person": person},
        "traits": {EXEMPT: True},
    }
    body = msgspec.json.encode({"batch": [event]})
    entry = Entry(workspace, Source.INNESCO, "innesco", body=body)
    journal.append(ports.stores.journal, [entry], ports.now())
    with writing(ports.stores.control).begin() as connection:
        act = Act(caller.actor, "took out of control groups", f"person/{person}", workspace)
        record(connection, act, ports.wall())


def _suppressed(ports: Ports, workspace: str, address: str | None) -> bool:
    if address is None:
        return False
    with ports.stores.journal.connect() as connection:
        return bool(journal.suppressed(connection, workspace, "email", address))


ROUTES: list[Any] = [move_clock, look_at_visitor]
