"""The house asked to end: each role in its turn, as real processes."""

import asyncio
import os
from pathlib import Path

from innesco.workers.house import run_house

ROLE = """
import pathlib, signal, sys, time
name, takes, folder = sys.argv[1], float(sys.argv[2]), pathlib.Path(sys.argv[3])
def end(*_):
    with (folder / "ends").open("a") as said: said.write(f"{name} asked\\n")
    time.sleep(takes)
    with (folder / "ends").open("a") as said: said.write(f"{name} ended\\n")
    sys.exit(0)
signal.signal(signal.SIGTERM, end)
(folder / name).touch()
time.sleep(60)
"""


async def test_the_sandbox_is_asked_to_end_when_the_mail_under_way_is_out(tmp_path: Path) -> None:
    stop, takes = asyncio.Event(), {"sandbox": "0", "deliver": "0.5"}
    commands = {name: ["-c", ROLE, name, long, str(tmp_path)] for name, long in takes.items()}
    house = asyncio.create_task(run_house(tuple(takes), os.environ, stop, commands))
    async with asyncio.timeout(20):
        while not all((tmp_path / name).exists() for name in takes):
            await asyncio.sleep(0.05)
        stop.set()
        await house
    assert (tmp_path / "ends").read_text().split("\n")[:-1] == [
        "deliver asked",
        "deliver ended",
        "sandbox asked",
        "sandbox ended",
    ]
