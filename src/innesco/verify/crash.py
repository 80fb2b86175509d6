"""Crash: roles are killed at random under load; nothing acknowledged is lost, nothing sent twice.

`innesco verify crash --seconds 60` asks for 20 kills and 100,000 acknowledged events; a slow
machine takes longer for as many.
"""

import random
import time
from collections.abc import Callable, Sequence

from msgspec import Struct
from msgspec.structs import replace

from innesco.verify import tally
from innesco.verify.load import ENDLESS, Load
from innesco.verify.mailbox import Mailbox, listening
from innesco.verify.report import Report, Row, at_least, at_most, caught, none, report
from innesco.verify.roles import NAMES, Roles
from innesco.verify.sabotage import CRASHES
from innesco.verify.settle import settle
from innesco.verify.shop import Shop, free_port, shop
from innesco.workers.claim import BATCH

EVENTS_A_SECOND = 1720
SECONDS_A_KILL = 2.9
PATIENCE = 8.0
"""So many times the planned seconds a loaded machine may take."""
STOP_SECONDS = 10.0
Say = Callable[[str], None]


class Plan(Struct, frozen=True):
    """How hard it is tried."""

    seconds: float = 60.0
    seed: int = 7
    rate: float = EVENTS_A_SECOND  #: events of each second
    roles: tuple[str, ...] = NAMES  #: that are killed
    every: float = SECONDS_A_KILL

    @property
    def events(self) -> int:
        return int(self.seconds * self.rate)

    @property
    def kills(self) -> int:
        return max(len(self.roles), round(self.seconds / self.every))


class Tried(Struct, frozen=True):
    """What was done to it, before it is looked at."""

    load: Load
    mailbox: Mailbox
    roles: Roles
    seconds: float
    settled: bool
    settling: float
    stopping: float
    words: str  #: the end of what the roles said


def crash(plan: Plan, say: Say, sabotage: str = "") -> Report:
    """Run the load, kill, let it catch up, count."""
    port = free_port()
    with listening(port) as mailbox, shop(port, demo=True) as place:
        with Roles(place.settings, sabotage) as roles:
            roles.wait_ready()
            enough = ENDLESS if sabotage else plan.events  # bad moments want somebody who speaks
            load = Load(place, enough, plan.rate, plan.seed)
            tried = _try(place, plan, roles, load, mailbox, say)
        return _judge(place, plan, tried)


def sabotaged(plan: Plan, say: Say) -> Report:
    """Each fault by itself, in the role that is killed; holds when every one was caught."""
    rows = [row for fault in CRASHES for row in catch(plan, say, [fault])]
    return report("crash", rows, {"seconds each": plan.seconds})


def catch(plan: Plan, say: Say, faults: Sequence[str]) -> list[Row]:
    """Plant them, kill the roles that they are in, and see each break its own row."""
    say(f"planted: {', '.join(faults)}")
    killed = tuple({CRASHES[fault][0]: None for fault in faults})
    found = crash(replace(plan, roles=killed), say, ",".join(faults))
    return [caught(fault, found, [CRASHES[fault][1]]) for fault in faults]


def _try(place: Shop, plan: Plan, roles: Roles, load: Load, mailbox: Mailbox, say: Say) -> Tried:
    began = time.monotonic()
    load.start()
    _kill(plan, roles, load, say)
    load.finish()
    seconds = time.monotonic() - began
    say(f"{load.acknowledged} events acknowledged, {roles.kills.total()} kills; catching up")
    settled = settle(place, say)
    settling = time.monotonic() - began - seconds
    stopping, words = roles.stop(), roles.last_words()
    return Tried(load, mailbox, roles, seconds, settled, settling, stopping, words)


def _kill(plan: Plan, roles: Roles, load: Load, say: Say) -> None:
    """Every role in turn, in an order and at moments drawn from the seed.

    The kills are spread over the load, not over the time: a machine on which a role takes long to
    start again still gets both done.
    """
    chance = random.Random(plan.seed)
    order = [name for _ in range(plan.kills) for name in chance.sample(plan.roles, len(plan.roles))]
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


def _judge(place: Shop, plan: Plan, tried: Tried) -> Report:
    load, roles, stores = tried.load, tried.roles, place.stores
    workspaces = [keys.workspace for keys in place.keys]
    arrived = tried.mailbox.arrived.with_(tally.caught(stores.sandbox))
    in_flight = (roles.kills["deliver"] + roles.kills["sandbox"]) * BATCH
    rows: list[Row] = [
        at_least("kills", roles.kills.total(), plan.kills),
        at_least("acknowledged events", load.acknowledged, 0.98 * plan.events),
        Row("caught up", "yes" if tried.settled else "no", "yes", tried.settled),
        none("answers that nobody should get", load.odd()),
        none("roles that ended by themselves", roles.deaths.total()),
        *tally.events(stores, list(load.ids())),
        *tally.messages(stores, arrived, load.asked, in_flight),
        *tally.columns(stores, place.settings.data / "columns", workspaces),
        at_most("seconds to stop when asked", round(tried.stopping, 1), STOP_SECONDS),
    ]
    return report("crash", rows, _figures(tried, arrived.messages.total()))


def _figures(tried: Tried, came: int) -> dict[str, float | str]:
    kills: dict[str, float | str] = {f"kills of {name}": tried.roles.kills[name] for name in NAMES}
    words = {"last words": tried.words} if tried.roles.deaths else {}
    return (
        kills
        | words
        | {
            "seconds under load": round(tried.seconds, 1),
            "seconds to catch up": round(tried.settling, 1),
            "requests said again": tried.load.retried,
            "messages asked for": tried.load.asked,
            "mails that arrived": came,
        }
    )
