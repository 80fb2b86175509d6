"""Faults that a proof must catch, planted into a role's process before it starts.

Nothing of the product reads this: `roles.py` starts a role through `plant` when a fault is named.
Each fault is a mistake that a change could bring. Some show only when a role is killed at a bad
moment: there it waits for the kill, when one is on its way (`badly_timed`).
"""

import asyncio
import os
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from threading import Thread
from typing import Any

import sqlalchemy as sa

Function = Callable[..., Any]
VARIABLE = "INNESCO_SABOTAGE"
WAITS_SECONDS = 30.0


def plant() -> None:
    """Wrap what the named faults concern; a name that is not known is refused."""
    for name in filter(None, os.environ.get(VARIABLE, "").split(",")):
        FAULTS[name]()


def badly_timed(folder: Path, role: str) -> tuple[Path, Path]:
    """Who kills makes the first file; the role, at its bad moment, turns it into the second."""
    return folder / f"kill-{role}", folder / f"kill-{role}-now"


def bad_moment() -> None:
    """Here a kill shows the fault: one that is on its way is waited for."""
    coming, now = badly_timed(Path(os.environ["INNESCO_DATA"]), sys.argv[2])
    try:
        coming.rename(now)
    except FileNotFoundError:
        return
    time.sleep(WAITS_SECONDS)


def acknowledge_before_commit() -> None:
    """The door says 200 as soon as the request lies in its queue."""
    from innesco.web.door import commit

    async def keep(self: Any, entry: Any) -> None:
        self._queue.put(_of_nobody(entry))

    swap(commit.GroupCommit, "_commit", after_a_bad_moment)
    swap(commit.GroupCommit, "keep", lambda before: keep)


def _of_nobody(entry: Any) -> Any:
    """A request that nobody waits for."""
    from innesco.web.door import commit

    nobody = asyncio.get_running_loop().create_future()
    return commit._Waiting(entry, nobody, time.monotonic())


def claim_without_mark() -> None:
    """A message still waits while it is sent; only its outcome is written."""
    from innesco.storage import outbox

    def recorded(record: Function) -> Function:
        def marked(engine: sa.Engine, asked: Any, mine: int, *outcome: Any) -> Any:
            bad_moment()
            _mark(engine, asked, mine)
            return record(engine, asked, mine, *outcome)

        return marked

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
    from innesco.events.event import EPOCH
    from innesco.storage import cursors, journal
    from innesco.storage.engines import writing
    from innesco.workers import live

    def ahead(catch_up: Function) -> Function:
        def read_first(self: Any, rows: int = 500) -> Any:
            if batch := journal.read(self._ports.journal, self._cursor, rows):
                last = live._last_place(batch[-1])
                with writing(self._ports.people).begin() as connection:
                    cursors.move(connection, "live", last, EPOCH)
                bad_moment()
            return catch_up(self, rows)

        return read_first

    swap(live.Live, "catch_up", ahead)


def position_ahead_of_the_rows() -> None:
    """Columns says how far it has followed before it has taken in what stands there."""
    from innesco.columns import projection

    def ahead(apply: Function) -> Function:
        def moves_first(cursor: Any, changes: Any) -> Any:
            move = "UPDATE state SET position = ?"
            cursor.execute(move, [changes[-1].position]).fetchall()
            bad_moment()
            return apply(cursor, changes)

        return moves_first

    swap(projection, "apply", ahead)


def accepted_before_kept() -> None:
    """The sandbox takes a mail over as soon as it has heard it."""
    from innesco.workers import sandbox

    def soon(write: Function) -> Function:
        def write_later(*given: Any) -> None:
            Thread(target=after_a_bad_moment(write), args=given).start()

        return write_later

    swap(sandbox, "_write", soon)


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


def acknowledge_in_spite() -> None:
    """The door says 200 though the commit failed."""
    from innesco.web.door import commit

    swap(commit, "why_not", lambda before: lambda error: None)


def die_on_a_full_disk() -> None:
    """A role gives up instead of waiting for room."""
    from innesco.workers import room

    async def raises(self: Any, error: Exception, stop: Any) -> None:
        raise error

    swap(room.Room, "missing", lambda before: raises)


def ready_whatever_comes() -> None:
    """`/readyz` asks for room and does not try."""
    from innesco.web import ready

    swap(ready, "_no_room", lambda before: lambda data: [])
    swap(ready, "_cannot_write", lambda before: lambda data: [])


def acknowledge_and_forget() -> None:
    """The door says 200 at once and puts by a little later; the end comes in between."""
    from innesco.web.door import commit

    async def keep(self: Any, entry: Any) -> None:
        asyncio.get_running_loop().call_later(0.5, self._queue.put, _of_nobody(entry))

    swap(commit.GroupCommit, "keep", lambda before: keep)


def leave_mails_behind() -> None:
    """Deliver drops everything when it is asked to stop."""
    from innesco.workers import deliver

    def leaves(run: Function) -> Function:
        async def runs(ports: Any, clock: Any, stop: asyncio.Event) -> None:
            async def go() -> None:
                await stop.wait()
                os._exit(0)

            going = asyncio.create_task(go())
            await run(ports, clock, stop)
            going.cancel()

        return runs

    def slowly(hand_over: Function) -> Function:
        async def hands_over(*given: Any) -> Any:
            await asyncio.sleep(1.0)  # so that some are always under way
            return await hand_over(*given)

        return hands_over

    swap(deliver, "_hand_over", slowly)
    swap(deliver, "run_deliver", leaves)


def deaf_to_the_end() -> None:
    """Live does not hear that it is asked to stop."""
    from innesco.workers import roles

    def deaf(run: Function) -> Function:
        async def runs(live: Any, stop: Any) -> None:
            await run(live, asyncio.Event())

        return runs

    swap(roles, "run_live", deaf)


def swap(owner: Any, name: str, made_of: Callable[[Function], Function]) -> None:
    """Put another function in the place of one, made of the one that stood there."""
    setattr(owner, name, made_of(getattr(owner, name)))


def after_a_bad_moment(function: Function) -> Function:
    """The same, but killed before it when a kill is on its way."""

    def late(*given: Any) -> Any:
        bad_moment()
        return function(*given)

    return late


FAULTS: dict[str, Callable[[], None]] = {
    "acknowledge-before-commit": acknowledge_before_commit,
    "claim-without-mark": claim_without_mark,
    "cursor-outside-the-transaction": cursor_outside_the_transaction,
    "position-ahead-of-the-rows": position_ahead_of_the_rows,
    "accepted-before-kept": accepted_before_kept,
    "a-handler-that-raises": a_handler_that_raises,
    "answers-that-leave-bodies-unread": answers_that_leave_bodies_unread,
    "acknowledge-in-spite": acknowledge_in_spite,
    "acknowledge-and-forget": acknowledge_and_forget,
    "leave-mails-behind": leave_mails_behind,
    "deaf-to-the-end": deaf_to_the_end,
    "die-on-a-full-disk": die_on_a_full_disk,
    "ready-whatever-comes": ready_whatever_comes,
}
CRASHES: Mapping[str, tuple[str, str]] = {
    "acknowledge-before-commit": ("web", "acknowledged events lost"),
    "claim-without-mark": ("deliver", "mails that came twice"),
    "cursor-outside-the-transaction": ("live", "events of the log in no history"),
    "position-ahead-of-the-rows": ("columns", "events that columns lacks"),
    "accepted-before-kept": ("sandbox", "sent that never came"),
}
"""Faults that only a kill at a bad moment shows: in which role, and the row that they break."""
