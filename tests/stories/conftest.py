"""A running demo for stories: real processes on free ports, a real browser, a folder of its own."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import psycopg
import pytest
import sqlalchemy as sa
from playwright.sync_api import Browser, BrowserContext, sync_playwright

from innesco.storage.engines import open_engine
from tests.postgres import postgres

__all__ = ["postgres"]

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
PERSON = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/156.0 Safari/537.36"
"""Headless browsers call themselves robots, and robots are not folded."""
START_SECONDS = 240


class Running:
    """The demo as a person finds it: addresses, a login, and the machine room."""

    def __init__(
        self, folder: Path, port: int, shop_port: int, process: Any, journal_url: str
    ) -> None:
        self.folder, self.process, self.journal_url = folder, process, journal_url
        self.url = f"http://127.0.0.1:{port}"
        self.shop = f"http://127.0.0.1:{shop_port}"
        self.access: dict[str, str] = {}
        self.admin = httpx.Client(base_url=self.url, timeout=30)

    def sign_in(self) -> None:
        self.access = json.loads((self.folder / "demo.json").read_text())
        said = {"email": self.access["email"], "password": self.access["password"]}
        answer = self.admin.post("/api/session", json=said)
        assert answer.status_code == 201, answer.text
        self.admin.headers["x-csrf-token"] = answer.json()["csrf"]
        self.admin.headers["origin"] = self.url

    def get(self, path: str) -> Any:
        answer = self.admin.get(f"/api/workspaces/fico/{path}")
        assert answer.status_code == 200, answer.text
        return answer.json()

    def move_clock(self, hours: float) -> None:
        answer = self.admin.post("/api/workspaces/fico/demo/clock", json={"hours": hours})
        assert answer.status_code == 200, answer.text

    def mails(self, address: str) -> list[dict[str, Any]]:
        """What arrived in the sandbox for an address, the oldest first."""
        caught = [item["caught"] for item in self.get("sandbox")["items"]]
        return [one for one in reversed(caught) if address in one["recipients"]]

    def mail(self, address: str, subject: str) -> dict[str, Any]:
        """The mail with this in its subject, opened; waits until it is there."""

        def arrived() -> Any:
            return next((m for m in self.mails(address) if subject in m["subject"]), None)

        return self.get(f"sandbox/{until(arrived)['id']}")

    @contextmanager
    def journal(self) -> Iterator[sa.Connection]:
        engine = open_engine(self.journal_url, self.folder / "journal.sqlite")
        with engine.connect() as connection:
            yield connection
        engine.dispose()

    def role(self, name: str) -> int:
        """The pid of a role of this demo."""
        found = subprocess.run(
            ["pgrep", "-P", str(self.process.pid), "-f", f"innesco.cli role {name}"],
            capture_output=True,
            text=True,
            check=True,
        )
        return int(found.stdout.split()[0])

    def stop_role(self, name: str) -> Callable[[], None]:
        """Hold a role still; the answer lets it go on."""
        pid = self.role(name)
        os.kill(pid, signal.SIGSTOP)
        return lambda: os.kill(pid, signal.SIGCONT)


def until(found: Callable[[], Any], seconds: float = 60) -> Any:
    """What is found, as soon as it is; fails after so many seconds."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if answer := found():
            return answer
        time.sleep(0.2)
    raise AssertionError(f"nothing found within {seconds} s")


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def databases(request: pytest.FixtureRequest) -> dict[str, str]:
    """Accounts, definitions and log in files, or on a server: the story is the same."""
    if request.param == "sqlite":
        return {}
    url = request.getfixturevalue("postgres")
    with psycopg.connect(f"{url}/postgres", autocommit=True) as connection:
        for name in ("control", "journal"):
            connection.execute(f"CREATE DATABASE {name}")
    return {f"INNESCO_{name.upper()}_URL": f"{url}/{name}" for name in ("control", "journal")}


@pytest.fixture(scope="session")
def running(
    tmp_path_factory: pytest.TempPathFactory, databases: dict[str, str]
) -> Iterator[Running]:
    folder = tmp_path_factory.mktemp("demo")
    port, shop_port = free_port(), free_port()
    environ = {
        **os.environ,
        **databases,
        "INNESCO_DATA": str(folder),
        "INNESCO_SANDBOX_PORT": str(free_port()),
        "LC_ALL": "C.UTF-8",
    }
    command = [sys.executable, "-m", "innesco.cli", "demo", "--no-shoppers", "--history", "0"]
    command += ["--port", str(port), "--shop-port", str(shop_port)]
    log = (folder / "log.txt").open("wb")
    process = subprocess.Popen(command, env=environ, stdout=log, stderr=log)
    one = Running(folder, port, shop_port, process, databases.get("INNESCO_JOURNAL_URL", ""))
    try:
        until(lambda: _answers(one), START_SECONDS)
        one.sign_in()
        yield one
    finally:
        one.admin.close()
        process.terminate()
        process.wait(30)
        log.close()
        print((folder / "log.txt").read_text()[-3000:])


def _answers(one: Running) -> bool:
    assert one.process.poll() is None, (one.folder / "log.txt").read_text()
    try:
        ready = httpx.get(one.url + "/readyz").status_code == 200
        return ready and httpx.get(one.shop + "/it").status_code < 400
    except httpx.HTTPError:
        return False


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    assert shutil.which(CHROMIUM), f"{CHROMIUM} is needed for browser stories: install chromium"
    with sync_playwright() as playwright:
        one = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-background-networking"]
        )
        yield one
        one.close()


@pytest.fixture
def person(browser: Browser) -> Iterator[BrowserContext]:
    """A new visitor with an Italian browser."""
    context = browser.new_context(user_agent=PERSON, locale="it-IT")
    yield context
    context.close()
