"""The real roles as processes of their own, killed without warning and started again.

What runs is exactly what `innesco run` runs, but for a planted fault (`sabotage.py`).
"""

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from threading import Event, Lock, Thread
from types import TracebackType

import httpx

from innesco.settings import Settings

NAMES = ("web", "live", "deliver")
AS_INSTALLED = ["-m", "innesco.cli"]
WITH_A_FAULT = [
    "-c",
    "from innesco.verify.sabotage import plant; plant()\n"
    "from innesco.cli.commands import app; app()",
]
START_SECONDS = 90.0
STOP_SECONDS = 15.0


class Roles:
    """`with Roles(settings) as roles: …`; every role is ended when it is left, whatever happens."""

    def __init__(
        self, settings: Settings, sabotage: str = "", names: tuple[str, ...] = NAMES
    ) -> None:
        self.kills: Counter[str] = Counter()
        self.deaths: Counter[str] = Counter()  #: that nobody had asked for
        self._settings, self._sabotage, self._names = settings, sabotage, names
        self._processes: dict[str, subprocess.Popen[bytes]] = {}
        self._lock, self._over = Lock(), Event()
        self._watch = Thread(target=self._keep, name="supervisor", daemon=True)

    def __enter__(self) -> "Roles":
        for name in self._names:
            self._processes[name] = self._start(name)
        self._watch.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._over.set()
        self._watch.join()
        for process in self._processes.values():
            process.kill()
            process.wait()

    @property
    def log(self) -> Path:
        """What the roles said; worth reading when a proof fails."""
        return self._settings.data / "roles.log"

    def kill(self, name: str) -> None:
        """`kill -9`: nothing is flushed, nobody is told."""
        with self._lock:
            process = self._processes[name]
            if process.poll() is None:
                process.kill()
                process.wait()
                self.kills[name] += 1

    def stop(self) -> float:
        """Ask all of them to finish, as a supervisor does; answers the seconds of the slowest."""
        self._over.set()
        self._watch.join()
        began = time.monotonic()
        for process in self._processes.values():
            process.send_signal(signal.SIGTERM)
        for name, process in self._processes.items():
            try:
                if process.wait(STOP_SECONDS) != 0:
                    self.deaths[name] += 1
            except subprocess.TimeoutExpired:
                return STOP_SECONDS
        return time.monotonic() - began

    def wait_ready(self) -> None:
        """Until the web role answers; raises TimeoutError when it does not."""
        until = time.monotonic() + START_SECONDS
        while not answers(self._settings):
            if time.monotonic() > until:
                raise TimeoutError(f"the web role did not start; see {self.log}")
            time.sleep(0.1)

    def _start(self, name: str) -> subprocess.Popen[bytes]:
        environ = {
            **os.environ,
            "INNESCO_DATA": str(self._settings.data),
            "INNESCO_PORT": str(self._settings.port),
            "INNESCO_SANDBOX_PORT": str(self._settings.sandbox_port),
            "INNESCO_SABOTAGE": self._sabotage,
        }
        program = WITH_A_FAULT if self._sabotage else AS_INSTALLED
        with self.log.open("ab") as log:
            return subprocess.Popen(
                [sys.executable, *program, "role", name], env=environ, stdout=log, stderr=log
            )

    def _keep(self) -> None:
        while not self._over.wait(0.1):
            with self._lock:
                for name, process in list(self._processes.items()):
                    if process.poll() is not None:
                        if process.returncode != -signal.SIGKILL:
                            self.deaths[name] += 1
                        self._processes[name] = self._start(name)


def answers(settings: Settings) -> bool:
    try:
        return httpx.get(f"{settings.base_url}/livez", timeout=5).status_code == 200
    except httpx.TransportError:
        return False
