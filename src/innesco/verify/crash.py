"""Crash: roles are killed at random under load; nothing acknowledged is lost, nothing sent twice.

`innesco verify crash --seconds 60` asks for 20 kills and 100,000 acknowledged events; a slow
machine takes longer for as many.
"""

import random
import time
from collections.abc import Callable

from msgspec import Struct
from msgspec.structs import replace

from innesco.storage import lag
from innesco.storage.clock import wall
from innesco.verify import tally
from innesco.verify.load import Load
from innesco.verify.mailbox import Mailbox, listening
from innesco.verify.report import Report, Row, at_least, at_most, caught, none, report
from innesco.verify.roles import NAMES, Roles
from innesco.verify.sabotage import CRASHES
from innesco.verify.shop import Shop, free_port, shop
from innesco.verify.wait import until

EVENTS_A_SECOND = 1720
SECONDS_A_KILL = 2.9
SETTLE_SECONDS = 900.0
PATIENCE = 8.0
"""So many times the planned seconds a loaded machine may take."""
STOP_SECONDS = 10.0
TRIES = 3
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
    rate: float = EVENTS_A_SECOND  #: events of each second

    @property
    def events(self) -> int:
        return int(self.seconds * self.rate)

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
        rows.append(caught(fault, broken_by(plan, say, fault), BREAKS[fault]))
    return report("crash", rows, {"seconds each": plan.seconds})


def broken_by(plan: Plan, say: Say, fault: str) -> Report:
    """What a fault breaks: a kill shows it only when it comes at a bad moment, so it gets a few
    tries, each with other moments; the first that shows it, else the last."""
    for n in range(TRIES):
        found = crash(replace(plan, seed=plan.seed + n), say, fault)
        if any(not row.holds and row.what in BREAKS[fault] for row in found.rows):
            break
    return found


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
    """Every role in turn, in an order and at moments drawn from the seed.

    The kills are spread over the load, not over the time: a machine on which a role takes long to
    start again still gets both done.
    """
    chance = random.Random(plan.seed)
    order = [name for _ in range(plan.kills) for name in chance.sample(NAMES, len(NAMES))]
    share, end = plan.events / (plan.kills + 1), time.monotonic() + PATIENCE * plan.seconds
    for n, name in enumerate(order[: plan.kills], 1):
        _await(load, share * (n + chance.uniform(-0.4, 0.4)), end)
        roles.kill(name)
        say(f"{load.acknowledged} events acknowledged, {roles.kills.total()} kills")
    _await(load, 0.98 * plan.events, end)


def _await(load: Load, events: float, end: float) -> None:
    """Some hundredths of a second more or less are part of the chance."""
    while load.acknowledged < events and time.monotonic() < end:
        time.sleep(0.01)


def _settle(place: Shop, say: Say) -> bool:
    """Until nothing waits any more: the log is read, every message has its outcome and is told."""
    stores = place.innesco.stores

    def settled() -> bool:
        behind, waiting = lag.behind(stores.journal, stores.people, wall()), tally.waiting(stores)
        say(f"{behind.events} events and {waiting} messages wait")
        return not behind.events and not waiting

    return until(settled, SETTLE_SECONDS)


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
