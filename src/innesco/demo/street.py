"""Street: simulated shoppers who come to the running demo by the wall's clock, over HTTP.

A few a minute, so that every page of the admin UI has life in it: `python -m innesco.demo.street`.
They are the shoppers of the virtual month, but read their mails sooner, since somebody watches.
"""

import asyncio
import logging
import signal
from collections.abc import Coroutine
from datetime import datetime
from itertools import count
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlsplit

import httpx
import sqlalchemy as sa
import typer

from innesco.demo.chance import Dice
from innesco.demo.doorstep import Doorstep, NotTaken
from innesco.demo.mind import Mind
from innesco.demo.month import errand_of, home
from innesco.demo.reply import Clicks, Confirms, Leaves, Mail, links_of, read_at, reply
from innesco.demo.shoppers import drawn
from innesco.demo.visit import Errand, Place, visit
from innesco.storage.clock import wall
from innesco.storage.engines import sqlite_engine
from innesco.workers import sandbox

CROWD = 120
"""So many come again and again."""
HASTE = 20
"""How much sooner than in life a mail is read."""
LOOK_SECONDS = 3.0
PATIENCE = 10.0  # seconds for one answer

log = logging.getLogger(__name__)


class Street:
    """Everybody's minds, and what they are about to do."""

    def __init__(self, seed: int, shop_url: str, doorstep: Doorstep, mails: sa.Engine) -> None:
        self._seed = seed
        self._shoppers = tuple(drawn(seed, n) for n in range(CROWD))  # the cast is the visitor's
        self._minds = [Mind() for _ in self._shoppers]
        self._by_email = {one.email: n for n, one in enumerate(self._shoppers)}
        self._place = Place(seed, shop_url)
        self._doorstep = doorstep
        self._mails = mails
        self._doing: set[asyncio.Task[None]] = set()
        self._seen = max((one.id for one in sandbox.inbox(mails, most=1)), default=0)

    async def run(self, a_minute: float, stop: asyncio.Event) -> None:
        """Until told to stop: who is in the middle of something leaves it there."""
        self._begin(self._come_and_go(a_minute))
        self._begin(self._look_for_mail())
        await stop.wait()
        for task in list(self._doing):
            task.cancel()
        await asyncio.gather(*self._doing, return_exceptions=True)

    def _begin(self, act: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(_patiently(act))
        self._doing.add(task)
        task.add_done_callback(self._doing.discard)

    async def _come_and_go(self, a_minute: float) -> None:
        dice = Dice(self._seed, "street")
        for n in count():
            who = int(dice.share("who", n) * len(self._shoppers))
            self._begin(self._visit(who, Errand(f"street{n}")))
            await asyncio.sleep(dice.after(60 / a_minute, "next", n))

    async def _visit(self, who: int, errand: Errand) -> None:
        mind, now = self._minds[who], self._doorstep.now()
        if mind.last_visit and now <= mind.last_visit:
            return  # is in the shop already
        for said in visit(self._place, self._shoppers[who], mind, errand, now):
            await self._until(said.moment)
            await self._doorstep.hear(said, home(who))

    async def _look_for_mail(self) -> None:
        while True:
            for mail in await asyncio.to_thread(self._new_mail):
                self._begin(self._read(mail))
            await asyncio.sleep(LOOK_SECONDS)

    def _new_mail(self) -> list[Mail]:
        """What the sandbox caught for these shoppers since the last look, oldest first."""
        caught = [one for one in sandbox.inbox(self._mails) if one.id > self._seen]
        self._seen = max([self._seen, *(one.id for one in caught)])
        ours = [one for one in reversed(caught) if one.recipients[0] in self._by_email]
        letters = [sandbox.letter(self._mails, one.id) for one in ours]
        return [mail_of(letter, self._doorstep.now()) for letter in letters if letter]

    async def _read(self, mail: Mail) -> None:
        who = self._by_email[mail.to]
        shopper, mind = self._shoppers[who], self._minds[who]
        mind.letters += 1
        letter = mind.letters
        if "u" in mail.links:
            mind.mails.append(mail.came)
        await self._until(
            mail.came + (read_at(self._seed, shopper, letter, mail) - mail.came) / HASTE
        )
        match reply(self._seed, shopper, mind, letter, mail, self._doorstep.now()):
            case Leaves(path):
                await self._doorstep.press(path, home(who))
            case Confirms(path, goes_on):
                url = await self._doorstep.press(path, home(who))
                if url and goes_on:
                    await self._visit(who, errand_of(url, f"mail{letter}", phone=False))
            case Clicks(path, phone):
                url = await self._doorstep.follow(path, home(who))
                if url:
                    await self._visit(who, errand_of(url, f"mail{letter}", phone))
            case None:
                pass

    async def _until(self, moment: datetime) -> None:
        await asyncio.sleep(max(0.0, (moment - self._doorstep.now()).total_seconds()))


async def _patiently(act: Coroutine[Any, Any, None]) -> None:
    """While Innesco starts, stops or is busy, whoever wanted something goes home."""
    try:
        await act
    except (httpx.HTTPError, NotTaken) as away:
        log.info("a shopper went home: %s", away)


def mail_of(letter: sandbox.Letter, now: datetime) -> Mail:
    headers = dict(letter.headers)
    links = links_of(letter.text)
    if leave := headers.get("List-Unsubscribe"):
        links["u"] = urlsplit(leave.strip("<> ")).path
    template = headers.get("Feedback-ID", "").partition(":")[0]
    return Mail(letter.caught.recipients[0], template, now, links)


def start(
    innesco: Annotated[str, typer.Option(help="Innesco's address")],
    data: Annotated[Path, typer.Option(help="Innesco's folder, whose sandbox has their mails")],
    shop_url: Annotated[str, typer.Option(help="the demo shop's address")],
    write_key: Annotated[str, typer.Option(envvar="SHOP_WRITE_KEY", help="public, pk_…")],
    server_key: Annotated[str, typer.Option(envvar="SHOP_SERVER_KEY", help="secret, sk_…")],
    a_minute: Annotated[float, typer.Option(help="how many come a minute")] = 4.0,
) -> None:
    """Simulated shoppers in a running demo."""
    logging.getLogger("httpx").setLevel(logging.WARNING)
    seed = int(wall().timestamp())  # other people at each start: nobody forgets their cart

    async def walk() -> None:
        stop = asyncio.Event()
        for sign in (signal.SIGTERM, signal.SIGINT):
            asyncio.get_running_loop().add_signal_handler(sign, stop.set)
        mails = sqlite_engine(data / "sandbox.sqlite")
        async with httpx.AsyncClient(base_url=innesco, timeout=PATIENCE) as client:
            doorstep = Doorstep(client, write_key, server_key, wall)
            await Street(seed, shop_url, doorstep, mails).run(a_minute, stop)
        mails.dispose()

    asyncio.run(walk())


if __name__ == "__main__":
    typer.run(start)
