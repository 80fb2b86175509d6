"""Crash: roles are killed at random under load; nothing acknowledged is lost, nothing sent twice.

`innesco verify crash --seconds 60` asks for 20 kills and 100,000 acknowledged events; a slow
machine takes longer for as many.
"""

import random
import time
from collections.abc import Callable

from msgspec import Struct

from innesco.storage import lag
from innesco.storage.clock import wall
from innesco.verify import tally
from innesco.verify.load import Load
from innesco.verify.mailbox import Mailbox, listening
from innesco.verify.report import Report, Row, at_least, at_most, caught, none, report
from innesco.verify.roles import NAMES, Roles
from innesco.verify.sabotage import CRASHES
from innesco.verify.shop import Shop, free_port, shop

EVENTS_A_SECOND = 1700
SECONDS_A_KILL = 2.9
SETTLE_SECONDS = 900.0
STOP_SECONDS = 10.0
BREAKS = {
    "acknowledge-before-commit": ("acknowledged events lost",),
    "claim-without-mark": ("mails that came twice",),
    "cursor-outside-the-transaction": ("acknowledged events not in a history",),
}
Say = Callable[[str], None]


class Plan(Struct, frozen=True):
    """How hard it is tried."""

    seconds: float = 60.0
    seed: int = 7

    @property
    def events(self) -> int:
        return int(self.seconds * EVENTS_A_SECOND)

    @property
    def kills(self) -> int:
        return max(len(NAMES), int(self.seconds / SECONDS_A_KILL))


class Tried(Struct, frozen=True):
    """What was done to it, before it is looked at."""

    load: Load
    mailbox: Mailbox
    roles: Roles
    seconds: float
    settled: bool
    settling: float
    stopping: float


def crash(plan: Plan, say: Say, sabotage: str = "") -> Report:
    """Run the load, kill, let it catch up, count."""
    port = free_port()
    with listening(port) as mailbox, shop(port) as place:
        with Roles(place.settings, sabotage) as roles:
            roles.wait_ready()
            load = Load(place, plan.events, plan.seed)
            tried = _try(place, plan, roles, load, mailbox, say)
        return _judge(place, plan, tried)


def sabotaged(plan: Plan, say: Say) -> Report:
    """Each fault by itself; holds when every one was caught."""
    rows = []
    for fault in CRASHES:
        say(f"planted: {fault}")
        rows.append(caught(fault, crash(plan, say, fault), BREAKS[fault]))
    return report("crash", rows, {"seconds each": plan.seconds})


def _try(place: Shop, plan: Plan, roles: Roles, load: Load, mailbox: Mailbox, say: Say) -> Tried:
    began = time.monotonic()
    load.start()
    _kill(plan, roles, load, say)
    load.finish()
    seconds = time.monotonic() - began
    say(f"{load.acknowledged} events acknowledged, {roles.kills.total()} kills; catching up")
    settled = _settle(place, say)
    settling = time.monotonic() - began - seconds
    return Tried(load, mailbox, roles, seconds, settled, settling, roles.stop())


def _kill(plan: Plan, roles: Roles, load: Load, say: Say) -> None:
    """Every role in turn, in an order and at moments drawn from the seed, until there is enough."""
    chance = random.Random(plan.seed)
    began, order = time.monotonic(), list[str]()
    while not _enough(plan, roles, load) and time.monotonic() - began < 3 * plan.seconds:
        time.sleep(plan.seconds / plan.kills * chance.uniform(0.5, 1.5))
        order = order or chance.sample(NAMES, len(NAMES))
        roles.kill(order.pop())
        say(f"{load.acknowledged} events acknowledged, {roles.kills.total()} kills")


def _enough(plan: Plan, roles: Roles, load: Load) -> bool:
    return roles.kills.total() >= plan.kills and load.acknowledged >= 0.98 * plan.events


def _settle(place: Shop, say: Say) -> bool:
    """Until nothing waits any more: the log is read, every message has its outcome and is told."""
    until = time.monotonic() + SETTLE_SECONDS
    while time.monotonic() < until:
        stores = place.innesco.stores
        behind = lag.behind(stores.journal, stores.people, wall())
        waiting = tally.waiting(stores)
        if not behind.events and not waiting:
            return True
        say(f"{behind.events} events and {waiting} messages wait")
        time.sleep(0.5)
    return False


def _judge(place: Shop, plan: Plan, tried: Tried) -> Report:
    load, roles, stores = tried.load, tried.roles, place.innesco.stores
    rows: list[Row] = [
        at_least("kills", roles.kills.total(), plan.kills),
        at_least("acknowledged events", load.acknowledged, 0.98 * plan.events),
        Row("caught up", "yes" if tried.settled else "no", "yes", tried.settled),
        none("answers that nobody should get", len(load.odd)),
        none("roles that ended by themselves", roles.deaths.total()),
        *tally.events(stores, place.server_id, list(load.ids())),
        *tally.messages(stores, tried.mailbox, load.asked, roles.kills["deliver"]),
        at_most("seconds to stop when asked", round(tried.stopping, 1), STOP_SECONDS),
    ]
    return report("crash", rows, _figures(tried))


def _figures(tried: Tried) -> dict[str, float | str]:
    kills: dict[str, float | str] = {f"kills of {name}": tried.roles.kills[name] for name in NAMES}
    return kills | {
        "seconds under load": round(tried.seconds, 1),
        "seconds to catch up": round(tried.settling, 1),
        "requests said again": tried.load.retried,
        "messages asked for": tried.load.asked,
        "mails that arrived": tried.mailbox.messages.total(),
    }
