"""`innesco run`: starts everything; `innesco role NAME` one part alone."""

import asyncio
import os
import signal
from collections.abc import Awaitable, Callable
from typing import Annotated

import typer

from innesco.settings import Settings, settings
from innesco.workers.house import ROLES, run_house
from innesco.workers.log import set_up
from innesco.workers.shown import showing

NIGHTLY = "nightly"
"""Of a house only: the demo moves its clock, and proofs start what they look at."""

Work = Callable[[Settings, asyncio.Event], Awaitable[None]]


def run(
    only: Annotated[
        list[str] | None, typer.Option("--only", help="roles to start, all when not given")
    ] = None,
) -> None:
    """Start Innesco: web, live, deliver, columns, the sandbox mail server, and the nightly work."""
    set_up()
    roles = tuple(role for role in (*ROLES, NIGHTLY) if not only or role in only)
    environ = dict(os.environ)
    until_stopped(lambda stop: run_house(roles, environ, stop))


def role(name: str) -> None:
    """Run one role in this process."""
    set_up()
    if name not in WORK:
        raise typer.BadParameter(f"{name!r}: the roles are {', '.join(WORK)}")
    chosen = settings()
    until_stopped(lambda stop: showing(name, chosen.data, WORK[name](chosen, stop)))


def until_stopped(work: Callable[[asyncio.Event], Awaitable[None]]) -> None:
    """Run until SIGTERM or Ctrl-C, then let it finish what is under way."""

    async def main() -> None:
        stop = asyncio.Event()
        loop = asyncio.get_running_loop()
        for sign in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(sign, stop.set)
        await work(stop)

    asyncio.run(main())


async def _web(chosen: Settings, stop: asyncio.Event) -> None:
    from innesco.main import open_innesco, web
    from innesco.web.server import serve

    innesco = open_innesco(chosen)
    await serve(web(innesco), chosen.host, chosen.port, stop)


async def _live(chosen: Settings, stop: asyncio.Event) -> None:
    from innesco.main import make_live, open_innesco
    from innesco.workers.roles import run_live

    await run_live(make_live(open_innesco(chosen)), stop)


async def _deliver(chosen: Settings, stop: asyncio.Event) -> None:
    from innesco.main import deliver_ports, open_innesco
    from innesco.workers.deliver import run_deliver

    innesco = open_innesco(chosen)
    await run_deliver(deliver_ports(innesco), innesco.now, stop)


async def _columns(chosen: Settings, stop: asyncio.Event) -> None:
    from innesco.main import make_columns, open_innesco
    from innesco.workers.columns import run_columns

    columns, asking = make_columns(open_innesco(chosen))
    try:
        await run_columns(columns, stop, asking.ask)
    finally:
        columns.close()


async def _sandbox(chosen: Settings, stop: asyncio.Event) -> None:
    from innesco.main import open_innesco
    from innesco.workers.sandbox import run_sandbox

    innesco = open_innesco(chosen)
    await run_sandbox(innesco.stores.sandbox, chosen.sandbox_port, innesco.now, stop)


async def _nightly(chosen: Settings, stop: asyncio.Event) -> None:
    from innesco.main import open_innesco
    from innesco.workers.nightly import run_nightly

    innesco = open_innesco(chosen)
    await run_nightly(chosen, innesco.stores, innesco.now, stop)


WORK: dict[str, Work] = {
    "web": _web,
    "live": _live,
    "deliver": _deliver,
    "columns": _columns,
    "sandbox": _sandbox,
    NIGHTLY: _nightly,
}
