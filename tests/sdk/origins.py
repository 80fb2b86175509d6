"""Two small web servers for the stories of the browser SDK: a shop, and a door that writes down
every request it gets."""

import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

Message = dict[str, Any]

BUNDLE = Path(__file__).parents[2] / "sdk" / "dist" / "innesco.js"


@dataclass
class Asked:
    """One request, as it came."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def batch(self) -> list[Message]:
        batch: list[Message] = json.loads(self.body)["batch"]
        return batch


@dataclass
class Door:
    """The collector: serves `innesco.js`, takes batches, and can be dead or busy."""

    address: str
    status: int = 200  #: 0 hangs up without an answer
    headers: dict[str, str] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)

    def taken(self) -> list[Message]:
        """All messages of requests that were answered with 200, in order."""
        return [message for asked in self.answered for message in asked.batch]

    def tried(self) -> list[Message]:
        """All messages of all requests, also of those that the dead server hung up on."""
        return [m for asked in self.asked if asked.method == "POST" for m in asked.batch]

    @property
    def answered(self) -> list[Asked]:
        return [a for a in self.asked if a.method == "POST" and a.headers["answered"] == "200"]

    def named(self, event: str) -> list[Message]:
        return [m for m in self.taken() if m.get("event", m["type"]) == event]


@dataclass
class Shop:
    """The shop: pages by path, one header of security policy for all."""

    address: str
    pages: dict[str, str] = field(default_factory=dict)
    policy: str = ""


@contextmanager
def serving(host: str, answer: Callable[[BaseHTTPRequestHandler], None]) -> Iterator[str]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            answer(self)

        do_POST = do_OPTIONS = do_GET

        def log_message(self, format: str, *args: object) -> None:
            """Silence: a test prints what it must."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield f"http://{host}:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@contextmanager
def door() -> Iterator[Door]:
    it = Door("")

    def answer(request: BaseHTTPRequestHandler) -> None:
        body = request.rfile.read(int(request.headers.get("Content-Length") or 0))
        headers = {name.lower(): value for name, value in request.headers.items()}
        if request.command == "GET":
            return reply(request, 200, BUNDLE.read_bytes(), {"Content-Type": "text/javascript"})
        status = it.status
        headers["answered"] = str(status)
        it.asked.append(Asked(request.command, request.path, headers, body))
        if not status:
            request.close_connection = True
            return None
        return reply(request, status, b'{"success":true}', cors(headers) | it.headers)

    with serving("127.0.0.1", answer) as it.address:
        yield it


def cors(headers: dict[str, str]) -> dict[str, str]:
    allowed = {"Access-Control-Expose-Headers": "Retry-After", "Vary": "Origin"}
    return allowed | {"Access-Control-Allow-Origin": headers.get("origin", "*")}


@contextmanager
def shop() -> Iterator[Shop]:
    it = Shop("")

    def answer(request: BaseHTTPRequestHandler) -> None:
        page = it.pages.get(request.path.split("?")[0])
        headers = {"Content-Type": "text/html; charset=utf-8", "Cache-Control": "no-store"}
        if it.policy:
            headers["Content-Security-Policy"] = it.policy
        reply(request, 200 if page else 404, (page or "").encode(), headers)

    with serving("localhost", answer) as it.address:
        yield it


def reply(
    request: BaseHTTPRequestHandler, status: int, body: bytes, headers: dict[str, str]
) -> None:
    request.send_response(status)
    for name, value in headers.items():
        request.send_header(name, value)
    request.send_header("Content-Length", str(len(body)))
    request.end_headers()
    request.wfile.write(body)


def until(holds: Callable[[], object], pause: Callable[[float], None], seconds: float = 10) -> None:
    """Wait for what must come; `pause` takes milliseconds and lets the browser go on."""
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "it did not come in time"
        pause(50)
