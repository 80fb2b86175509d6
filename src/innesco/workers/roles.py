"""Roles: how each part of the program runs until it is told to stop."""

import asyncio

import structlog

from innesco.workers.garbage import settle
from innesco.workers.live import Live

IDLE_SECONDS = 0.05
log = structlog.get_logger()


async def run_live(live: Live, stop: asyncio.Event) -> None:
    """Read, fold, keep; when nothing waits in the log, listen whether somebody is due."""
    settle()
    while not stop.is_set():
        progress = await asyncio.to_thread(live.catch_up)
        if progress.rows or await asyncio.to_thread(live.hear_clock):
            continue
        try:
            await asyncio.wait_for(stop.wait(), IDLE_SECONDS)
        except TimeoutError:
            continue
