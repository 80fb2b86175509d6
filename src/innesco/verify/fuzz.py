"""Fuzz: odd requests to every tracking path of a running server; always an answer, never a 5xx."""

import random
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import httpx

from innesco.storage import lag
from innesco.storage.clock import wall
from innesco.verify.crash import SETTLE_SECONDS
from innesco.verify.odd import odd
from innesco.verify.report import Report, Row, at_least, caught, none, report
from innesco.verify.roles import Roles
from innesco.verify.shop import Shop, shop
from innesco.verify.wait import until

CLIENTS = 3
FAILED = "answers with a 5xx"
SILENT = "requests without an answer"
FAULT = "a-handler-that-raises"
Say = Callable[[str], None]


def fuzz(cases: int, seed: int, say: Say, sabotage: str = "") -> Report:
    """Send them, let live read what was kept, then see whether all still stand."""
    with shop() as place, Roles(place.settings, sabotage, ("web", "live")) as roles:
        roles.wait_ready()
        answers = _send_all(place, cases, seed, say)
        read = until(lambda: not _behind(place), SETTLE_SECONDS)
        well = _good_one(place) == 200
        ended = roles.deaths.total()
    rows = [
        at_least("cases", answers.total(), cases),
        none(FAILED, sum(n for status, n in answers.items() if status >= 500)),
        none(SILENT, answers[0]),
        none("roles that ended by themselves", ended),
        Row("live read all of them", "yes" if read else "no", "yes", read),
        Row("a good request afterwards", "kept" if well else "not kept", "kept", well),
    ]
    return report("fuzz", rows, {f"answers {status}": n for status, n in sorted(answers.items())})


def sabotaged(cases: int, seed: int, say: Say) -> Report:
    """A handler that raises on bad bodies must show as a 5xx."""
    found = fuzz(cases, seed, say, FAULT)
    return report("fuzz", [caught(FAULT, found, [FAILED, SILENT])], found.figures)


def _send_all(place: Shop, cases: int, seed: int, say: Say) -> Counter[int]:
    shares = [range(n, cases, CLIENTS) for n in range(CLIENTS)]
    with ThreadPoolExecutor(CLIENTS) as pool:
        found = list(pool.map(lambda share: _send(place, share, seed, say), shares))
    return sum(found, Counter())


def _send(place: Shop, share: range, seed: int, say: Say) -> Counter[int]:
    """How often each status was answered; 0 = no answer at all."""
    answers: Counter[int] = Counter()
    with httpx.Client(base_url=place.settings.base_url, timeout=20) as http:
        for n in share:
            case = odd(random.Random(f"{seed}/{n}"), place.public)
            try:
                said = http.request(
                    case.method, case.path, headers=list(case.headers), content=case.body
                )
                answers[said.status_code] += 1
            except httpx.TransportError:
                answers[0] += 1
            if n % 500 == 0:
                say(f"{n} cases")
    return answers


def _good_one(place: Shop) -> int:
    event = {"type": "track", "event": "Product Viewed", "anonymousId": "well"}
    url = f"{place.settings.base_url}/v1/track"
    return httpx.post(url, json=event, auth=(place.public, ""), timeout=20).status_code


def _behind(place: Shop) -> int:
    stores = place.innesco.stores
    return lag.behind(stores.journal, stores.people, wall()).events
