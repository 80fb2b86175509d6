"""A door that only listens: records what a shop says, and can be asked to be away at first."""

import base64
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import innesco

SDK = Path(innesco.__file__).parent / "_sdk" / "innesco.js"
STAND_IN = """
(() => {
  const key = document.currentScript.dataset.key, host = new URL(document.currentScript.src).origin;
  const id = localStorage.me ??= Math.random().toString(36).slice(2);
  const send = (event) => fetch(host + "/v1/b", {method: "POST", keepalive: true,
    body: JSON.stringify({batch: [{anonymousId: id, ...event}], writeKey: key})});
  const does = {
    track: (event, properties) => send({type: "track", event, properties}),
    identify: (user, traits) => send({type: "identify", traits}),
    subscribe: (properties) => send({type: "track", event: "Subscription Requested", properties}),
    consent: () => {}, anonymousId: () => id, push: ([name, ...said]) => does[name](...said),
  };
  for (const call of window.innesco ?? []) does.push(call);
  window.innesco = does;
})();
"""
"""Used only where the SDK has not been built: the shop's side of the talk stays the same."""


VISITOR = {
    "person": "p1",
    "called": "giulia@esempio.it",
    "level": "claimed",
    "zone": "Europe/Rome",
    "behind": 3,
    "lines": [{"it": "Entra nel percorso «Benvenuto».", "en": "Enters the journey “Welcome”."}],
    "waiting": [
        {"journey": {"it": "Recupero carrello", "en": "Cart recovery"},
         "until": "2026-03-02T12:00:00Z"}
    ],
    "blocked": [{"it": "Nessun consenso.", "en": "No consent."}],
}  # fmt: skip
"""What Innesco answers to the demo bar; every other question of it gets no answer."""


class Collector:
    def __init__(self, away: int) -> None:
        self.away = away  # how many posts get 503 before the first 200
        self.posts: list[tuple[str, str, dict[str, Any]]] = []  # path, key, body: all that came
        self.heard: list[dict[str, Any]] = []  # the events that got their 200
        self.url = ""

    def take(self, path: str, key: str, body: dict[str, Any]) -> int:
        self.posts.append((path, key, body))
        if len(self.posts) <= self.away:
            return 503
        self.heard += body.get("batch", [{**body, "type": path.rsplit("/", 1)[1]}])
        return 200

    def named(self, event: str) -> list[dict[str, Any]]:
        """Each once: a page that is left sends its queue again, under the same messageId."""
        once = {one.get("messageId", at): one for at, one in enumerate(self.heard)}
        return [one for one in once.values() if one.get("event") == event]


@contextmanager
def collecting(away: int = 0) -> Iterator[Collector]:
    collector = Collector(away)

    class Door(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            if self.path.startswith("/api/"):
                known = "/demo/visitor/" in self.path
                return self.answer(200 if known else 404, json.dumps(VISITOR).encode())
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            basic = self.headers.get("Authorization", "").removeprefix("Basic ")
            key = base64.b64decode(basic).decode().rstrip(":") or body.get("writeKey", "")
            self.answer(collector.take(self.path, key, body), b'{"success":true}')

        def do_GET(self) -> None:
            script = SDK.read_bytes() if SDK.exists() else STAND_IN.encode()
            self.answer(200, script, "text/javascript")

        def answer(self, status: int, body: bytes, kind: str = "application/json") -> None:
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.send_header("Access-Control-Allow-Origin", "*")
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """The test prints what it finds missing; the lines of each request would bury it."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Door)
    collector.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield collector
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
