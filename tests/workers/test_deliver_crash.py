"""The process dies between sending and recording: marketing is never doubled, nothing is lost."""

import os
import signal
import subprocess
import sys
from collections import Counter
from pathlib import Path

import sqlalchemy as sa

from innesco.messages.asked import Class
from innesco.storage import tables
from innesco.workers.claim import BATCH
from tests.messages.stock import ask
from tests.workers.post_office import Office

ORDERS = {"kind": Class.TRANSACTIONAL, "template": "confirm", "lines": ()}
KILLS = 3


def send(folder, most):
    """In a process of its own, which dies while it hands over mail number `most`."""
    here = Path(__file__).with_name("dying_sender.py")
    root = here.parents[2]
    path = f"{root / 'src'}{os.pathsep}{root}"
    command = [sys.executable, str(here), str(folder), str(most)]
    environ = {**os.environ, "PYTHONPATH": path}
    return subprocess.run(command, env=environ, timeout=100).returncode


def sent(folder):
    path = folder / "sent.txt"
    return Counter(path.read_text().split()) if path.exists() else Counter()


def test_killed_between_sending_and_recording(tmp_path):
    shop = Office(tmp_path)
    marketing = [ask(f"m{n}", address=f"m{n}@example.com") for n in range(120)]
    orders = [ask(f"o{n}", address=f"o{n}@example.com", **ORDERS) for n in range(60)]
    shop.ask(*marketing, *orders)
    for _ in range(KILLS):
        assert send(tmp_path, 2 * BATCH + 10) == -signal.SIGKILL
    assert send(tmp_path, sys.maxsize) == 0
    assert len(told(shop)) == len(marketing) + len(orders)

    went, states = sent(tmp_path), {key: state for key, (state, _) in shop.states().items()}
    assert not [key for key, n in went.items() if key[0] == "m" and n > 1]
    assert set(states) == {one.key for one in (*marketing, *orders)}
    uncertain = [key for key, state in states.items() if state == "uncertain"]
    assert 0 < len(uncertain) <= KILLS * BATCH
    assert {key[0] for key in uncertain} == {"m"}
    assert all(went[key] == 1 for key, state in states.items() if key[0] == "m" and state == "sent")
    assert all(states[one.key] == "sent" and went[one.key] >= 1 for one in orders)
    assert sum(went[one.key] - 1 for one in orders) <= KILLS * BATCH
    log = shop.log()
    assert all(f'"{key}/{state}"'.encode() in log for key, state in states.items())
    shop.close()


def told(shop):
    """Messages whose outcome the log has heard."""
    with shop.engines["outbox"].connect() as connection:
        return connection.execute(
            sa.select(tables.messages.c.key).where(tables.messages.c.told)
        ).all()
