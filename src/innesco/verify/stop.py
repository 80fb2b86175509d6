"""Stop: the whole house is asked to end under load, again and again, and starts anew.

What `innesco run` runs is sent SIGTERM, as a supervisor or an upgrade does. Clients speak on all
the while. Whatever was acknowledged is kept, and no mail is left half sent.
"""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from msgspec import Struct, field

from innesco.settings import Settings
from innesco.verify import tally
from innesco.verify.load import ENDLESS, Load
from innesco.verify.mailbox import Mailbox, listening
from innesco.verify.report import Report, Row, at_least, at_most, caught, none, report
from innesco.verify.roles import answers, environ
from innesco.verify.settle import settle
from innesco.verify.shop import Shop, free_port, shop
from innesco.verify.wait import until

RATE = 400.0
STOP_SECONDS = 10.0
TOO_LONG = 30.0
SHOWS_SECONDS = 3.0
"""Until a house with faults is well under way, mails too."""
START_SECONDS = 120.0
KNOWN = (503,)
"""What is answered while the door drains; nothing else may be."""
AS_INSTALLED = ["-m", "innesco.cli", "run"]
WITH_A_FAULT = [
    "-c",
    "import os\n"
    "from innesco.cli.run import until_stopped\n"
    "from innesco.verify.roles import WITH_A_FAULT\n"
    "from innesco.workers.house import ROLES, run_house\n"
    "faulty = {name: [*WITH_A_FAULT, 'role', name] for name in ROLES}\n"
    "until_stopped(lambda stop: run_house(ROLES, dict(os.environ), stop, faulty))",
]
BREAKS = {
    "acknowledge-and-forget": "acknowledged events lost",
    "leave-mails-behind": "uncertain",
    "deaf-to-the-end": "seconds of the slowest stop",
}
Say = Callable[[str], None]


class Stops(Struct):
    """How the house ended each time."""

    seconds: list[float] = field(default_factory=list)
    badly: int = 0  #: with another code than 0, or not at all


def stop(times: int, seed: int, say: Say, sabotage: str = "") -> Report:
    """Start, wait for the first acknowledgement and a moment, ask to stop; so many times."""
    port, chance = free_port(), random.Random(seed)
    with listening(port) as mailbox, shop(port, demo=True) as place:
        load, stops = Load(place, ENDLESS, RATE, seed), Stops()
        load.start()
        for n in range(times):
            say(f"stop {n + 1} of {times}; {load.acknowledged} events acknowledged")
            house = start(place.settings, sabotage)
            _until_kept(load)
            time.sleep(chance.uniform(0.0, 1.5) + (SHOWS_SECONDS if sabotage else 0))
            end(house, stops)
        settled = _rest(place, load, say, stops)
        return _judge(place, times, load, mailbox, stops, settled)


def sabotaged(times: int, seed: int, say: Say) -> Report:
    """All at once, each watched by a row of its own."""
    found = stop(times, seed, say, ",".join(BREAKS))
    return report("stop", [caught(fault, found, [row]) for fault, row in BREAKS.items()], {})


def _until_kept(load: Load) -> None:
    """Something more than by now is acknowledged."""
    by_now = load.acknowledged
    until(lambda: load.acknowledged > by_now, START_SECONDS, 0.02)


def start(settings: Settings, sabotage: str) -> subprocess.Popen[bytes]:
    """All roles, as one program of which they are children."""
    program = WITH_A_FAULT if sabotage else AS_INSTALLED
    with (settings.data / "house.log").open("ab") as log:
        return subprocess.Popen(
            [sys.executable, *program],
            env=environ(settings, sabotage),
            stdout=log,
            stderr=log,
            start_new_session=True,
        )


def end(house: subprocess.Popen[bytes], stops: Stops) -> None:
    """Ask it, wait, and see that nobody of it is left."""
    began = time.monotonic()
    house.send_signal(signal.SIGTERM)
    try:
        code = house.wait(TOO_LONG)
    except subprocess.TimeoutExpired:
        code = None
    stops.seconds.append(time.monotonic() - began)
    left = _left(house.pid)
    stops.badly += code != 0 or bool(left)
    for pid in left:
        os.kill(pid, signal.SIGKILL)
    house.wait()


def _left(session: int) -> list[int]:
    """Processes of the house that still run."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, _, _, of = path.read_text().rpartition(")")[2].split()[:4]
        except OSError:
            continue  # it ended while we looked
        if int(of) == session and state != "Z":
            found.append(int(path.parent.name))
    return found


def _rest(place: Shop, load: Load, say: Say, stops: Stops) -> bool:
    """One more life without a fault, in which the clients finish and everything is worked off."""
    house = start(place.settings, sabotage="")
    until(lambda: answers(place.settings), START_SECONDS, 0.05)
    load.finish()
    settled = settle(place, say)
    end(house, stops)
    return settled


def _judge(
    place: Shop, times: int, load: Load, mailbox: Mailbox, stops: Stops, settled: bool
) -> Report:
    stores, workspaces = place.stores, [keys.workspace for keys in place.keys]
    arrived = mailbox.arrived.with_(tally.caught(stores.sandbox))
    rows: list[Row] = [
        at_least("stops", len(stops.seconds), times + 1),
        none("stops that left somebody or ended badly", stops.badly),
        at_most("seconds of the slowest stop", round(max(stops.seconds), 1), STOP_SECONDS),
        none("answers that nobody should get", load.odd(KNOWN)),
        Row("caught up", "yes" if settled else "no", "yes", settled),
        *tally.events(stores, list(load.ids())),
        *tally.messages(stores, arrived, load.asked, 0),
        *tally.columns(stores, place.settings.data / "columns", workspaces),
    ]
    return report("stop", rows, _figures(load, stops))


def _figures(load: Load, stops: Stops) -> dict[str, float | str]:
    return {
        "acknowledged events": load.acknowledged,
        "requests answered with 503": load.refused[503],
        "requests that nobody answered": load.silent,
        "messages asked for": load.asked,
        "seconds of a stop, in the middle": round(
            sorted(stops.seconds)[len(stops.seconds) // 2], 1
        ),
    }
