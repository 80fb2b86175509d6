"""Simulate: a virtual month in a folder of its own, or the last days of a demo that just began."""

import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from msgspec import Struct
from msgspec.structs import replace

from innesco.demo.month import Plan, Progress, live_through
from innesco.demo.report import Report, report
from innesco.demo.setup import WORKSPACE, demo_settings, set_up
from innesco.demo.shoppers import people
from innesco.demo.town import VirtualClock, town
from innesco.errors import InnescoError
from innesco.main import Innesco
from innesco.settings import Settings
from innesco.storage import journal
from innesco.storage.open import opened

START = datetime(2026, 3, 1, 23, tzinfo=UTC)
"""A Monday at midnight in Turin; at the end of the month the clocks go forward."""
SHOP_URL = "https://fico.test"
PUBLIC_URL = "https://innesco.test"
MEMORY = Path("/dev/shm")


class Begun(InnescoError):
    """This folder already holds a log: a simulated month starts in an empty one."""


class Wish(Struct, frozen=True, kw_only=True):
    """What shall be simulated."""

    days: int = 30
    seed: int = 7
    people: int = 200
    batch: int = 500  #: rows of the log that live reads at once: changes nothing but the pace
    data: Path | None = None  #: a folder to look at afterwards
    keen: float = 1  #: how many times less often shoppers only look than in life
    language: str = "it"  #: of whoever signs in


async def simulate(wish: Wish, progress: Progress = lambda share: None) -> Report:
    """The month in its folder, from an empty shop to the report."""
    began = time.perf_counter()
    with folder(wish.data) as data:
        settings = Settings(data=data, demo=True, public_url=PUBLIC_URL)
        with opened(settings) as stores:
            if journal.head(stores.journal) is not None:
                raise Begun(f"{data}: {Begun.__doc__}")
            clock = VirtualClock(START)
            innesco = Innesco(settings, stores, clock)
            await _run(innesco, clock, wish, SHOP_URL, progress)
            return report(stores, WORKSPACE, time.perf_counter() - began)


async def remember(innesco: Innesco, wish: Wish, shop_url: str, progress: Progress) -> None:
    """Give a new demo a past: it begins some days ago and ends now."""
    clock = VirtualClock(innesco.now() - timedelta(days=wish.days))
    await _run(replace(innesco, now=clock), clock, wish, shop_url, progress)


async def _run(
    innesco: Innesco, clock: VirtualClock, wish: Wish, shop_url: str, progress: Progress
) -> None:
    access = set_up(innesco, shop_url, wish.language)
    plan = Plan(
        seed=wish.seed,
        shoppers=people(wish.seed, wish.people, wish.keen),
        start=clock(),
        days=wish.days,
        shop_url=shop_url,
        zone=ZoneInfo(demo_settings(shop_url).zone),
    )
    async with town(innesco, clock, access, wish.batch) as one:
        await live_through(plan, one, progress)


@contextmanager
def folder(wished: Path | None) -> Iterator[Path]:
    """The folder asked for, else one that is gone afterwards: in memory where there is some,
    since what will be thrown away need not wait for a disk."""
    if wished is not None:
        yield wished
        return
    memory = MEMORY if MEMORY.is_dir() else None
    with tempfile.TemporaryDirectory(prefix="innesco-month-", dir=memory) as made:
        yield Path(made)
