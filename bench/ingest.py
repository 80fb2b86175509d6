"""Ingest: how many durable events a second the door takes on one core, behind a log that is long.

    python bench/ingest.py [--quick] [DATA]

Batches of 50 events of 900 B and single events are posted by wrk from the other core, to a real
Granian with a real SQLite journal (`synchronous=FULL`, answered after the commit). The same load
on a raw ASGI callable that does nothing, and on nginx that answers 204, is the reference.
"""

import argparse
import base64
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import sqlalchemy as sa

from innesco.events.body import Opened, events_of, open_batch, sums_of
from innesco.events.event import Source
from innesco.settings import Settings
from innesco.storage import journal
from innesco.storage.audit import PROGRAM
from innesco.storage.engines import sqlite_engine
from innesco.storage.keys import Kind, Wish, keyring, make
from innesco.storage.open import open_stores, opened
from innesco.web.door.door import door
from innesco.web.door.ports import Ports
from innesco.web.ports import ASGI
from innesco.web.unread import read_out

ROOT = Path(__file__).parents[1]
BATCH, EVENT_BYTES = 50, 900
EVENTS_A_SECOND, SINGLES_A_SECOND = 60_000, 5_000
SERVER_CORE, LOAD_CORE = "0", "1"

LUA = """
local file = io.open(os.getenv("BODY"), "rb")
wrk.method = "POST"
wrk.body = file:read("*a")
wrk.headers["Authorization"] = "Basic " .. os.getenv("BASIC")
wrk.headers["Content-Type"] = "application/json"
"""
NGINX = """
worker_processes 1; daemon off; error_log /dev/null; pid %(folder)s/nginx.pid;
events { worker_connections 1024; }
http { access_log off; client_body_temp_path %(folder)s; client_max_body_size 1m;
  server { listen 127.0.0.1:%(port)d; location / { return 204; } } }
"""


# -- what is measured ------------------------------------------------------------------------------


def application() -> ASGI:
    """The door as the server runs it, on the folder that INNESCO_DATA names."""
    stores = open_stores(Settings(data=Path(os.environ["INNESCO_DATA"])))
    ports = Ports(
        append=partial(journal.append, stores.journal),
        keys=keyring(stores.control, now),
        now=now,
        lag=lambda: 0.0,
        salt=b"bench",
        base_url="http://127.0.0.1",
    )
    return read_out(door(ports))


def nothing() -> Any:
    """A raw ASGI callable that reads the body and says yes: the least that any server costs."""
    return _nothing


async def _nothing(scope: Any, receive: Any, send: Any) -> None:
    message = await receive()
    if scope["type"] == "lifespan":
        return await send({"type": "lifespan.startup.complete"})
    while message.get("more_body"):
        message = await receive()
    headers = [(b"content-type", b"application/json")]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": b'{"success":true}'})


def now() -> datetime:
    return datetime.now(UTC)


# -- the load --------------------------------------------------------------------------------------


def event(n: int) -> bytes:
    """A *Product Viewed* of 900 B."""
    said = {
        "type": "track",
        "event": "Product Viewed",
        "messageId": f"ajs-next-1795414783031-{n:012}",
        "anonymousId": "2b1b36d4-fe44-489c-ba3e-52ba8e54e8bd",
        "timestamp": "2026-11-23T06:18:03.027Z",
        "properties": {"product_id": "P-77", "price": 89.9, "currency": "EUR", "pad": ""},
        "context": {"page": {"path": "/shoes/sneaker", "title": "Sneaker"}, "locale": "it-IT"},
    }
    missing = EVENT_BYTES - len(json.dumps(said, separators=(",", ":")))
    said["properties"]["pad"] = "x" * missing  # type: ignore[index]
    return json.dumps(said, separators=(",", ":")).encode()


def batch() -> bytes:
    sent = b'"sentAt":"2026-11-23T06:18:04.000Z"'
    return b'{"batch":[%b],%b}' % (b",".join(map(event, range(BATCH))), sent)


def fill(data: Path, events: int) -> None:
    """So many events are in the log already; only here nobody waits for the disk."""
    with opened(Settings(data=data)):
        pass  # made, and migrated
    engine = sqlite_engine(data / "journal.sqlite", synchronous="OFF")
    found = open_batch(batch())
    assert isinstance(found, Opened)
    entry = journal.Entry(
        "shop", Source.SERVER, "bulk", events=BATCH, body=found.body, sums=sums_of(found.events)
    )
    rows = events // BATCH
    for n in range(0, rows, 500):
        journal.append(engine, [entry] * min(500, rows - n), now())
    engine.dispose()


# -- running it ------------------------------------------------------------------------------------


class Server(NamedTuple):
    url: str
    pid: int

    def cpu_seconds(self) -> float:
        """What its workers have used so far: other work on the machine does not count."""
        children = Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text().split()
        stats = [Path(f"/proc/{child}/stat").read_text().rsplit(")", 1)[1] for child in children]
        ticks = sum(int(word) for stat in stats for word in stat.split()[11:13])
        return ticks / os.sysconf("SC_CLK_TCK")


class Speed(NamedTuple):
    """Requests a second, and what they would be had the server a core for itself."""

    wall: float
    core: float


@contextmanager
def granian(what: str, data: Path) -> Iterator[Server]:
    port = free_port()
    command = ["taskset", "-c", SERVER_CORE, sys.executable, "-m", "granian", "--factory"]
    command += ["--interface", "asgi", "--host", "127.0.0.1", "--port", str(port)]
    command += ["--loop", "uvloop", "--no-access-log", "--log-level", "warning"]
    command += [f"bench.ingest:{what}"]
    environ = os.environ | {"INNESCO_DATA": str(data)}
    with served(subprocess.Popen(command, cwd=ROOT, env=environ), port) as server:
        yield server


@contextmanager
def nginx(folder: Path) -> Iterator[Server]:
    port = free_port()
    (folder / "nginx.conf").write_text(NGINX % {"folder": folder, "port": port})
    path = shutil.which("nginx") or "/usr/sbin/nginx"
    command = ["taskset", "-c", SERVER_CORE, path, "-c", str(folder / "nginx.conf")]
    with served(subprocess.Popen(command, cwd=folder), port) as server:
        yield server


@contextmanager
def served(process: "subprocess.Popen[bytes]", port: int) -> Iterator[Server]:
    try:
        deadline = time.monotonic() + 30
        while socket.socket().connect_ex(("127.0.0.1", port)):
            assert process.poll() is None, "it did not start"
            assert time.monotonic() < deadline, "it did not start in time"
            time.sleep(0.05)
        time.sleep(0.3)
        yield Server(f"http://127.0.0.1:{port}", process.pid)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(30)


class Load:
    """wrk, on the other core, with one body again and again."""

    def __init__(self, folder: Path, key: str, seconds: float) -> None:
        self.folder, self.seconds = folder, seconds
        self.basic = base64.b64encode(f"{key}:".encode()).decode()
        (folder / "load.lua").write_text(LUA)
        (folder / "batch").write_bytes(batch())
        (folder / "single").write_bytes(event(1))

    def run(self, server: Server, body: str, connections: int) -> Speed:
        """Every one of the requests was answered with 2xx."""
        path = {"batch": "/v1/batch", "single": "/v1/track"}[body]
        command = ["taskset", "-c", LOAD_CORE, "wrk", "-t1", f"-c{connections}"]
        command += [f"-d{self.seconds:.0f}s", "-s", str(self.folder / "load.lua")]
        command += [server.url + path]
        environ = os.environ | {"BODY": str(self.folder / body), "BASIC": self.basic}
        before = server.cpu_seconds()
        said = subprocess.run(command, env=environ, capture_output=True, text=True, check=True)
        assert "Non-2xx" not in said.stdout, said.stdout
        used = server.cpu_seconds() - before
        wall, requests = (
            _number("Requests/sec:", said.stdout),
            _number("", said.stdout, " requests"),
        )
        return Speed(wall, requests / used if used else wall)


def _number(before: str, text: str, after: str = "") -> float:
    found = re.search(rf"{before}\s+([\d.]+){after}", text)
    assert found, text
    return float(found[1])


def free_port() -> int:
    with closing(socket.socket()) as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


CASES = {"batch": 64, "single": 256}
"""Which body, from how many connections at once."""


def measured(folder: Path, seconds: float, turns: int) -> dict[str, dict[str, Speed]]:
    """Requests a second by server and body: the best of some turns, taken one after the other."""
    with opened(Settings(data=folder / "data")) as stores, stores.control.begin() as connection:
        key = make(connection, "shop", Wish(Kind.SERVER, "bench"), PROGRAM, now()).text
    load = Load(folder, key, seconds)
    with (
        granian("application", folder / "data") as ours,
        granian("nothing", folder / "data") as least,
        nginx(folder) if has_nginx() else closing_nothing() as web,
    ):
        servers = {"door": ours, "no-op": least} | ({"nginx": web} if web else {})
        return {
            body: {
                name: max(load.run(server, body, connections) for _ in range(turns))
                for name, server in servers.items()
            }
            for body, connections in CASES.items()
        }


@contextmanager
def closing_nothing() -> Iterator[None]:
    yield None


def has_nginx() -> bool:
    return bool(shutil.which("nginx") or Path("/usr/sbin/nginx").exists())


def row(what: str, unit: str, speed: dict[str, Speed], events: int, target: int) -> dict[str, Any]:
    value, least = speed["door"].wall * events, speed["no-op"].wall * events
    return {
        "what": what,
        "value": round(value),
        "unit": unit,
        "reference": round(least),
        "ratio": round(value / least, 3),
        "target": target,
        "holds": value >= target,
        "per second of CPU": round(speed["door"].core * events),
        "nginx 204": round(speed["nginx"].wall * events) if "nginx" in speed else None,
    }


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--quick", action="store_true", help="within 40 s, on a shorter log")
    asked.add_argument(
        "data", nargs="?", type=Path, help="where to put the log; else a temp folder"
    )
    said = asked.parse_args()
    if not shutil.which("wrk"):
        asked.error("wrk loads the door, and it is not here: apt install wrk nginx-light")
    before = 200_000 if said.quick else 5_000_000
    with tempfile.TemporaryDirectory(dir=said.data) as name:
        folder = Path(name)
        print(f"filling the log with {before:,} events", file=sys.stderr)
        fill(folder / "data", before)
        speeds = measured(folder, 2 if said.quick else 8, 1 if said.quick else 3)
        kept = check(folder)
    print(f"{kept:,} events in the log, each whole", file=sys.stderr)
    rows = [
        row(
            f"batches of {BATCH} × {EVENT_BYTES} B, durable, {before:,} events there already",
            "events/s",
            speeds["batch"],
            BATCH,
            EVENTS_A_SECOND,
        ),
        row("single events, durable", "requests/s", speeds["single"], 1, SINGLES_A_SECOND),
    ]
    print(json.dumps({"bench": "ingest", "rows": rows}))


def check(folder: Path) -> int:
    """The log counts what it should: places without a gap, and the newest rows whole."""
    with opened(Settings(data=folder / "data")) as stores:
        head = journal.head(stores.journal)
        with stores.journal.connect() as connection:
            total = connection.scalar(sa.text("SELECT sum(events) FROM log"))
        assert head is not None
        assert head[0] == total, "a gap in the places of the log"
        for one in journal.read(stores.journal, head[0] - 1000):
            assert sums_of(events_of(one.body)) == one.sums
    return head[0]


if __name__ == "__main__":
    main()
