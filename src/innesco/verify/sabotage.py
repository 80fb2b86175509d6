"""Faults that a proof must catch, planted into a role's process before it starts.

Nothing of the product reads this: `roles.py` starts a role through `plant` when a fault is named.
Each fault is a mistake that a change could bring, made a little slower so that it shows soon.
"""

import asyncio
import os
import time
from collections.abc import Callable, Sequence
from typing import Any

import sqlalchemy as sa

Function = Callable[..., Any]
VARIABLE = "INNESCO_SABOTAGE"


def plant() -> None:
    """Wrap what the named fault concerns; a name that is not known is refused."""
    name = os.environ.get(VARIABLE, "")
    if name:
        FAULTS[name]()


def acknowledge_before_commit() -> None:
    """The door says 200 as soon as the request lies in its queue."""
    from innesco.web.door import commit

    async def keep(self: Any, entry: Any) -> None:
        nobody = asyncio.get_running_loop().create_future()
        self._queue.put(commit._Waiting(entry, nobody, time.monotonic()))

    swap(commit.GroupCommit, "_commit", lambda before: later(before, 0.2))
    swap(commit.GroupCommit, "keep", lambda before: keep)


def claim_without_mark() -> None:
    """A message still waits while it is sent; only its outcome is written."""
    from innesco.storage import outbox

    def recorded(record: Function) -> Function:
        def marked(engine: sa.Engine, asked: Any, mine: int, *outcome: Any) -> Any:
            _mark(engine, asked, mine)
            return record(engine, asked, mine, *outcome)

        return later(marked, 0.15)

    swap(outbox, "claim", lambda before: lambda *given: None)
    swap(outbox, "record", recorded)


def _mark(engine: sa.Engine, asked: Any, mine: int) -> None:
    from innesco.storage import tables
    from innesco.storage.engines import writing

    with writing(engine).begin() as connection:
        ours = sa.update(tables.messages).where(tables.messages.c.key == asked.key)
        connection.execute(ours.values(state="claimed", worker=str(mine), next_at=None))


def cursor_outside_the_transaction() -> None:
    """Live says that it has read a batch, and only then keeps what follows from it."""
    from innesco.storage import journal
    from innesco.storage.engines import writing
    from innesco.workers import live

    def ahead(catch_up: Function) -> Function:
        def read_first(self: Any, rows: int = 500) -> Any:
            if batch := journal.read(self._ports.journal, self._cursor, rows):
                last = live._last_place(batch[-1])
                with writing(self._ports.people).begin() as connection:
                    connection.execute(live._MOVE, {"name": "live", "position": last, "moment": 0})
                time.sleep(1.0)
            return catch_up(self, rows)

        return read_first

    swap(live.Live, "catch_up", ahead)


def a_handler_that_raises() -> None:
    """The door stumbles over a bad body instead of refusing it."""
    from innesco.web.door import door

    def stumbling(answer: Function) -> Function:
        def stumbles(refused: Any) -> Any:
            if refused.status == 400:
                raise RuntimeError("a planted fault")
            return answer(refused)

        return stumbles

    swap(door, "answer", stumbling)


def answers_that_leave_bodies_unread() -> None:
    """The server answers a request that it has not heard to its end, and hangs up."""
    from innesco.web import server

    swap(server, "read_out", lambda before: lambda app: app)


def swap(owner: Any, name: str, made_of: Callable[[Function], Function]) -> None:
    """Put another function in the place of one, made of the one that stood there."""
    setattr(owner, name, made_of(getattr(owner, name)))


def later(function: Function, seconds: float) -> Function:
    """The same, but slower: what goes wrong in between is seen sooner."""

    def late(*given: Any) -> Any:
        time.sleep(seconds)
        return function(*given)

    return late


FAULTS: dict[str, Callable[[], None]] = {
    "acknowledge-before-commit": acknowledge_before_commit,
    "claim-without-mark": claim_without_mark,
    "cursor-outside-the-transaction": cursor_outside_the_transaction,
    "a-handler-that-raises": a_handler_that_raises,
    "answers-that-leave-bodies-unread": answers_that_leave_bodies_unread,
}
CRASHES: Sequence[str] = tuple(FAULTS)[:3]
