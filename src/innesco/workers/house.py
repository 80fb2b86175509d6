"""The house: all roles as processes of one program, started, watched and stopped together."""

import asyncio
import signal
import sys
from collections.abc import Mapping
from typing import BinaryIO, NamedTuple

import structlog

ROLES = ("sandbox", "columns", "live", "deliver", "web")
"""In the order in which they are started."""
LAST = ("sandbox",)
"""Asked to end when the others have: deliver may be in the middle of a mail to it."""
GRACE_SECONDS = 12.0
SOON_SECONDS = 5.0
log = structlog.get_logger()


class Role(NamedTuple):
    name: str
    process: asyncio.subprocess.Process


async def run_house(
    roles: tuple[str, ...],
    environ: Mapping[str, str],
    stop: asyncio.Event,
    commands: Mapping[str, list[str]] | None = None,
    says: BinaryIO | None = None,
) -> None:
    """Keep every role running until told to stop; one that dies is started again.

    A role that dies again and again is started ever later, up to half a minute. `commands` are
    Python's arguments for what is no role of ours, such as the demo's shop; `says` is the file of
    all that they print, when it is not ours.
    """
    others_ended = asyncio.Event()

    def keep(name: str) -> "asyncio.Task[None]":
        when = others_ended if name in LAST else stop
        return asyncio.create_task(_keep(name, _command(name, commands or {}), environ, when, says))

    keepers = {name: keep(name) for name in roles}
    try:
        stopping = asyncio.create_task(stop.wait())
        await asyncio.wait({stopping, *keepers.values()}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        stop.set()
        others = [keeper for name, keeper in keepers.items() if name not in LAST]
        await asyncio.gather(*others, return_exceptions=True)
        others_ended.set()
        await asyncio.gather(*keepers.values())


def _command(name: str, commands: Mapping[str, list[str]]) -> list[str]:
    return [sys.executable, *commands.get(name, ["-m", "innesco.cli", "role", name])]


async def _keep(
    name: str,
    command: list[str],
    environ: Mapping[str, str],
    stop: asyncio.Event,
    says: BinaryIO | None,
) -> None:
    pause = 0.2
    while not stop.is_set():
        started = asyncio.get_running_loop().time()
        process = await asyncio.create_subprocess_exec(
            *command, env=dict(environ), stdout=says, stderr=says
        )
        log.info("role.started", role=name, pid=process.pid)
        ended = asyncio.create_task(process.wait())
        stopping = asyncio.create_task(stop.wait())
        await asyncio.wait({ended, stopping}, return_when=asyncio.FIRST_COMPLETED)
        stopping.cancel()
        if stop.is_set():
            return await _end(Role(name, process), ended)
        lasted = asyncio.get_running_loop().time() - started
        pause = 0.2 if lasted > SOON_SECONDS else min(30.0, pause * 2)
        log.warning("role.died", role=name, code=process.returncode, again_in=pause)
        await asyncio.wait({asyncio.create_task(stop.wait())}, timeout=pause)


async def _end(role: Role, ended: "asyncio.Task[int]") -> None:
    """Ask it to finish; past its grace it is ended."""
    if role.process.returncode is None:
        role.process.send_signal(signal.SIGTERM)
    try:
        await asyncio.wait_for(asyncio.shield(ended), GRACE_SECONDS)
    except TimeoutError:
        log.warning("role.killed", role=role.name)
        role.process.kill()
        await ended
