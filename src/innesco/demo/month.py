"""Month: simulated shoppers live in the shop for some days, as fast as the machine can.

The virtual clock jumps to whatever comes next: something a shopper does, a wait that ends, a
message that is due. The same seed gives the same month, in whatever batches live reads its log.
"""

import heapq
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from urllib.parse import parse_qs, urlsplit
from zoneinfo import ZoneInfo

from msgspec import Struct, field

from innesco.demo.chance import Dice
from innesco.demo.mind import Mind
from innesco.demo.reply import Clicks, Confirms, Leaves, Mail, read_at, reply
from innesco.demo.said import Said
from innesco.demo.shoppers import Shopper
from innesco.demo.town import Town
from innesco.demo.visit import Errand, Place, rebuilt, visit

STEP = timedelta(minutes=10)
"""What happens within so long is read by live together, as under load; less than the door bears."""

Progress = Callable[[float], None]
"""Hears which share of the month is over."""


class Plan(Struct, frozen=True, kw_only=True):
    seed: int
    shoppers: tuple[Shopper, ...]
    start: datetime
    days: int
    shop_url: str
    zone: ZoneInfo

    @property
    def end(self) -> datetime:
        return self.start + timedelta(days=self.days)


class Comes(Struct, frozen=True):
    """Somebody comes to the shop."""

    errand: Errand


class Reads(Struct, frozen=True):
    """Somebody reads a mail, the n-th they got."""

    n: int
    mail: Mail


Act = Comes | Reads | Said


class Agenda(Struct):
    """What everybody will do, soonest first; of two at one moment, the shopper's number decides."""

    _acts: list[tuple[datetime, int, int, Act]] = field(default_factory=list)
    _written: dict[int, int] = field(default_factory=dict)

    def write(self, moment: datetime, shopper: int, act: Act) -> None:
        n = self._written[shopper] = self._written.get(shopper, 0) + 1
        heapq.heappush(self._acts, (moment, shopper, n, act))

    @property
    def next(self) -> datetime | None:
        return self._acts[0][0] if self._acts else None

    def take(self, until: datetime) -> tuple[datetime, int, Act] | None:
        if not self._acts or self._acts[0][0] >= until:
            return None
        moment, shopper, _, act = heapq.heappop(self._acts)
        return moment, shopper, act


async def live_through(plan: Plan, town: Town, progress: Progress = lambda share: None) -> None:
    """From the plan's start to its end."""
    month = Month(plan, town)
    month.expect_visits()
    await town.settle()
    while (moment := month.next()) is not None and moment < plan.end:
        await month.step(min(moment + STEP, plan.end))
        progress((town.clock() - plan.start) / (plan.end - plan.start))
    town.clock.move_to(plan.end)
    await town.settle()
    progress(1.0)


class Month:
    """The shoppers' minds and agenda between two steps of the clock."""

    def __init__(self, plan: Plan, town: Town) -> None:
        self._plan = plan
        self._town = town
        self._agenda = Agenda()
        self._minds = [Mind() for _ in plan.shoppers]
        self._place = Place(plan.seed, plan.shop_url)
        self._by_email: Mapping[str, int] = {s.email: n for n, s in enumerate(plan.shoppers)}

    def expect_visits(self) -> None:
        """When everybody will come by themselves, whatever else happens."""
        for n, shopper in enumerate(self._plan.shoppers):
            for day in range(self._plan.days):
                start = visit_of_day(self._plan, shopper, day)
                if start is not None:
                    self._agenda.write(start, n, Comes(Errand(f"day{day}")))

    def next(self) -> datetime | None:
        """When something is next to be done, by a shopper or by time alone."""
        due, act = self._town.next_due(), self._agenda.next
        return min([one for one in (due, act) if one is not None], default=None)

    async def step(self, until: datetime) -> None:
        """All that shoppers do before `until`; then live and deliver as of it."""
        while taken := self._agenda.take(until):
            moment, n, act = taken
            self._town.clock.move_to(moment)
            await self._do(n, act, moment)
        self._town.clock.move_to(until)
        await self._town.settle()
        for mail in self._town.mailboxes.fetch():
            self._post(mail)

    async def _do(self, n: int, act: Act, now: datetime) -> None:
        match act:
            case Comes(errand):
                self._come(n, errand, now)
            case Reads(letter, mail):
                await self._read(n, letter, mail, now)
            case Said():
                await self._town.doorstep.hear(act, home(n))

    def _come(self, n: int, errand: Errand, now: datetime) -> None:
        mind = self._minds[n]
        if mind.last_visit and now <= mind.last_visit:  # still there: comes again when gone
            later = mind.last_visit + timedelta(minutes=1)
            return self._agenda.write(later, n, Comes(errand))
        for said in visit(self._place, self._plan.shoppers[n], mind, errand, now):
            self._agenda.write(said.moment, n, said)

    def _post(self, mail: Mail) -> None:
        """A mail reaches its shopper, who will read it."""
        n = self._by_email[mail.to]
        mind = self._minds[n]
        mind.letters += 1
        if "u" in mail.links:
            mind.mails.append(mail.came)
        at = read_at(self._plan.seed, self._plan.shoppers[n], mind.letters, mail)
        self._agenda.write(at, n, Reads(mind.letters, mail))

    async def _read(self, n: int, letter: int, mail: Mail, now: datetime) -> None:
        shopper = self._plan.shoppers[n]
        match reply(self._plan.seed, shopper, self._minds[n], letter, mail, now):
            case Leaves(path):
                await self._town.doorstep.press(path, home(n))
            case Confirms(path, goes_on):
                url = await self._town.doorstep.press(path, home(n))
                if url and goes_on:
                    self._come(n, errand_of(url, f"mail{letter}", phone=False), now)
            case Clicks(path, phone):
                url = await self._town.doorstep.follow(path, home(n))
                if url:
                    self._come(n, errand_of(url, f"mail{letter}", phone), now)
            case None:
                pass


def visit_of_day(plan: Plan, shopper: Shopper, day: int) -> datetime | None:
    """When a shopper comes on this day, if at all: around the hour that they like."""
    dice = Dice(plan.seed, shopper.id)
    if not dice.happens(1 / shopper.every, "visit", day):
        return None
    hour = shopper.hour + dice.between(-2, 2, "hour", day)
    midnight = (plan.start + timedelta(days=day)).astimezone(plan.zone).replace(hour=0, minute=0)
    start = (midnight + timedelta(seconds=round(hour * 3600))).astimezone(plan.start.tzinfo)
    return start if start > plan.start else None


def errand_of(url: str, name: str, phone: bool) -> Errand:
    """What a link of a mail brings somebody to do; the token says who they are."""
    parts = urlsplit(url)
    query = parse_qs(parts.query)
    return Errand(
        name=name,
        page=parts.path or "/",
        token=query.get("innesco_t", [""])[0],
        lines=dict(rebuilt(query.get("rebuild", [""])[0])),
        phone=phone,
    )


def home(n: int) -> str:
    """The network address that the n-th shopper surfs from."""
    return f"10.{n // 65_536 % 256}.{n // 256 % 256}.{n % 256}"
