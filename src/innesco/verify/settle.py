"""Settling: until nothing waits any more after a fault, by the stores themselves.

The log is read, every message has its outcome and the log was told, columns has followed. Where a
message waits for its next try the clock is moved on: a minute's patience would prove nothing.
"""

import asyncio
from collections.abc import Callable
from datetime import timedelta

from innesco.columns import feed
from innesco.columns.questions import Totals
from innesco.columns.socket import NotAnswered, ask
from innesco.storage import clock, lag, outbox
from innesco.verify import tally
from innesco.verify.shop import Shop
from innesco.verify.wait import until

SECONDS = 900.0
Say = Callable[[str], None]


def settle(place: Shop, say: Say, columns: bool = True) -> bool:
    """False when something still waits after a quarter of an hour."""

    def settled() -> bool:
        events, messages = behind(place), tally.waiting(place.stores)
        say(f"{events} events and {messages} messages wait")
        if not events and messages:
            _pass_the_time(place)
        return not events and not messages and (not columns or _followed(place))

    return until(settled, SECONDS)


def behind(place: Shop) -> int:
    """Events that live has not read."""
    now = place.innesco.now()
    return lag.behind(place.stores.journal, place.stores.people, now).events


def _pass_the_time(place: Shop) -> None:
    """When all that waits has a later try before it."""
    next_at, now = outbox.oldest_due(place.stores.outbox), place.innesco.now()
    if place.settings.demo and next_at is not None and next_at > now:
        clock.move(place.stores.control, next_at - now + timedelta(seconds=1))


def _followed(place: Shop) -> bool:
    """Columns answers, and stands where live's feed ends, for each workspace."""
    for keys in place.keys:
        with place.stores.people.connect() as connection:
            last = feed.last(connection, keys.workspace)
        try:
            answer = asyncio.run(ask(place.settings.data, keys.workspace, Totals()))
        except NotAnswered:
            return False
        if answer["position"][0].as_py() != last:
            return False
    return True
