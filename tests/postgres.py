"""A real PostgreSQL for tests: started once, on loopback, in a folder that is thrown away.

    from tests.postgres import postgres, postgres_url  # in a conftest.py

`postgres_url` is an empty database of its own for each test.
"""

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest

PLACES = [*sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)]
UNPRIVILEGED = 65534  # nobody: PostgreSQL refuses to run as root


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The URL of a server, up to the database's name."""
    with server() as url:
        yield url


@pytest.fixture
def postgres_url(postgres: str) -> Iterator[str]:
    """An empty database, dropped afterwards."""
    name = f"test_{uuid.uuid4().hex}"
    with psycopg.connect(f"{postgres}/postgres", autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
        yield f"{postgres}/{name}"
        connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@contextmanager
def server() -> Iterator[str]:
    folder = Path(tempfile.mkdtemp(prefix="innesco-postgres-"))
    data, port = folder / "data", _free_port()
    user = _owner_of(folder)
    _run([_binary("initdb"), "-D", data, "-U", "innesco", "-A", "trust", "-E", "UTF8"], user)
    options = {"port": port, "listen_addresses": "127.0.0.1", "unix_socket_directories": folder}
    command = [_binary("postgres"), "-D", data, *(f"-c{name}={v}" for name, v in options.items())]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log, user=user, cwd=folder)
    try:
        url = f"postgresql://innesco@127.0.0.1:{port}"
        _wait_for(url, process, folder / "log")
        yield url
    finally:
        process.send_signal(signal.SIGINT)  # PostgreSQL's "fast": it waits for no client
        process.wait(20)
        shutil.rmtree(folder)


def _binary(name: str) -> str:
    """On the PATH, or where Debian puts it; a suite that needs it must not pass without it."""
    for place in (shutil.which(name), *(str(place / name) for place in PLACES)):
        if place and os.access(place, os.X_OK):
            return place
    raise FileNotFoundError(f"{name} is missing: install PostgreSQL (apt install postgresql)")


def _owner_of(folder: Path) -> int | None:
    if os.geteuid() != 0:
        return None
    os.chown(folder, UNPRIVILEGED, -1)
    return UNPRIVILEGED


def _run(command: list[object], user: int | None) -> None:
    done = subprocess.run([str(word) for word in command], capture_output=True, user=user, cwd="/")
    assert done.returncode == 0, done.stderr.decode()


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def _wait_for(url: str, process: "subprocess.Popen[bytes]", log: Path) -> None:
    deadline = time.monotonic() + 30
    while True:
        try:
            psycopg.connect(f"{url}/postgres", connect_timeout=1).close()
            return
        except psycopg.OperationalError:
            if process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(log.read_text()) from None
            time.sleep(0.05)
