"""Roles: how each part of the program runs until it is told to stop."""

import asyncio

from innesco.workers.garbage import settle
from innesco.workers.live import Live
from innesco.workers.room import Room

IDLE_SECONDS = 0.05


async def run_live(live: Live, stop: asyncio.Event) -> None:
    """Read, fold, keep; when nothing waits in the log, listen whether somebody is due."""
    settle()
    room = Room()
    while not stop.is_set():
        try:
            busy = await asyncio.to_thread(_step, live)
        except Exception as error:
            await room.missing(error, stop)
            continue
        room.there()
        if busy:
            continue
        try:
            await asyncio.wait_for(stop.wait(), IDLE_SECONDS)
        except TimeoutError:
            continue


def _step(live: Live) -> bool:
    """Whether there was anything to do."""
    heard, taken = live.catch_up().rows, live.take_answers()
    return bool(heard) or taken or live.hear_clock()
