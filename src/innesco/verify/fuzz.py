"""Fuzz: odd requests to every tracking path of a running server; always an answer, never a 5xx."""

import random
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from http.client import HTTPConnection, HTTPException

import httpx
from msgspec import Struct, field

from innesco.verify.odd import Odd, odd
from innesco.verify.report import Report, Row, at_least, caught, none, report
from innesco.verify.roles import Roles
from innesco.verify.settle import SECONDS, behind
from innesco.verify.shop import Shop, shop
from innesco.verify.wait import until

CLIENTS = 3
FAILED = "answers with a 5xx"
SILENT = "requests without an answer"
BREAKS = {"a-handler-that-raises": (FAILED, SILENT), "answers-that-leave-bodies-unread": (SILENT,)}
PATIENCE_SECONDS = 20
Say = Callable[[str], None]


class Heard(Struct):
    """What came back, and the first requests to which nothing did."""

    answers: Counter[int] = field(default_factory=Counter)  #: by status
    silent: list[str] = field(default_factory=list)

    def with_(self, other: "Heard") -> "Heard":
        return Heard(self.answers + other.answers, self.silent + other.silent)


def fuzz(cases: int, seed: int, say: Say, sabotage: str = "") -> Report:
    """Send them, let live read what was kept, then see whether all still stand."""
    with shop() as place, Roles(place.settings, sabotage, ("web", "live")) as roles:
        roles.wait_ready()
        heard = _send_all(place, cases, seed, say)
        read = until(lambda: not behind(place), SECONDS)
        well = _good_one(place) == 200
        ended = roles.deaths.total()
    rows = [
        at_least("cases", heard.answers.total() + len(heard.silent), cases),
        none(FAILED, sum(n for status, n in heard.answers.items() if status >= 500)),
        none(SILENT, len(heard.silent)),
        none("roles that ended by themselves", ended),
        Row("live read all of them", "yes" if read else "no", "yes", read),
        Row("a good request afterwards", "kept" if well else "not kept", "kept", well),
    ]
    return report("fuzz", rows, _figures(heard))


def sabotaged(cases: int, seed: int, say: Say) -> Report:
    """Each fault by itself; holds when every one was caught."""
    rows = []
    for fault, breaks in BREAKS.items():
        say(f"planted: {fault}")
        rows.append(caught(fault, fuzz(cases, seed, say, fault), breaks))
    return report("fuzz", rows, {"cases each": cases})


def _figures(heard: Heard) -> dict[str, float | str]:
    figures: dict[str, float | str] = {}
    for status, count in sorted(heard.answers.items()):
        figures[f"answers {status}"] = count
    for n, case in enumerate(heard.silent[:5], 1):
        figures[f"without an answer, {n}"] = case
    return figures


def _send_all(place: Shop, cases: int, seed: int, say: Say) -> Heard:
    shares = [range(n, cases, CLIENTS) for n in range(CLIENTS)]
    heard = Heard()
    with ThreadPoolExecutor(CLIENTS) as pool:
        for one in pool.map(lambda share: _send(place, share, seed, say), shares):
            heard = heard.with_(one)
    return heard


def _send(place: Shop, share: range, seed: int, say: Say) -> Heard:
    """One after another on one line, which only an answer that says so may end."""
    heard, before = Heard(), "nothing"
    line = HTTPConnection("127.0.0.1", place.settings.port, timeout=PATIENCE_SECONDS)
    with closing(line):
        for n in share:
            case = odd(random.Random(f"{seed}/{n}"), place.public)
            try:
                heard.answers[_ask(line, case)] += 1
            except (OSError, HTTPException) as error:
                heard.silent.append(f"{n}: {_shown(case)}: {error!r}; before it: {before}")
                line.close()
            before = _shown(case)
            if n % 500 == 0:
                say(f"{n} cases")
    return heard


def _ask(line: HTTPConnection, case: Odd) -> int:
    line.putrequest(case.method, case.path)
    for name, value in (*case.headers, ("content-length", str(len(case.body)))):
        line.putheader(name, value)
    line.endheaders(case.body)
    with line.getresponse() as said:
        said.read()
        return said.status


def _shown(case: Odd) -> str:
    return f"{case.method} {case.path.partition('?')[0]}, {len(case.body)} bytes"


def _good_one(place: Shop) -> int:
    event = {"type": "track", "event": "Product Viewed", "anonymousId": "well"}
    url = f"{place.settings.base_url}/v1/track"
    return httpx.post(url, json=event, auth=(place.public, ""), timeout=20).status_code
