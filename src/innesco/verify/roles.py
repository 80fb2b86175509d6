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
from innesco.verify.sabotage import CRASHES, badly_timed
from innesco.verify.wait import until
from innesco.workers.house import ROLES

NAMES = ROLES
AS_INSTALLED = ["-m", "innesco.cli"]
WITH_A_FAULT = [
    "-c",
    "from innesco.verify.sabotage import plant; plant()\n"
    "import sys; from innesco.cli.run import role; role(sys.argv[2])",
]
START_SECONDS = 90.0
STOP_SECONDS = 15.0
BAD_MOMENT_SECONDS = 30.0
HEARD_SECONDS = 0.5
"""Until what a role says at its bad moment, such as a false 200, has been heard."""


class Roles:
    """`with Roles(settings) as roles: …`; every role is ended when it is left, whatever happens."""

    def __init__(
        self,
        settings: Settings,
        sabotage: str = "",
        names: tuple[str, ...] = NAMES,
        log: Path | None = None,
    ) -> None:
        self.kills: Counter[str] = Counter()
        self.deaths: Counter[str] = Counter()  #: that nobody had asked for
        self.log = log or settings.data / "roles.log"  #: what the roles said
        self._settings, self._sabotage, self._names = settings, sabotage, names
        self._badly = {role for fault, (role, _) in CRASHES.items() if fault in sabotage.split(",")}
        self._processes: dict[str, subprocess.Popen[bytes]] = {}
        self._since: dict[str, float] = {}  #: when each was started, by the wall's clock
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

    def last_words(self, most: int = 1500) -> str:
        """Why a role fell, else the end of what all said: the file goes with the proof."""
        said = self.log.read_text(errors="replace") if self.log.exists() else ""
        fell = [line for line in said.splitlines() if '"role.fell"' in line]
        return (fell[-1] if fell else said)[-most:]

    def kill(self, name: str) -> None:
        """`kill -9`, at work: nothing is flushed, nobody is told. A planted fault is met at its
        bad moment."""
        self._await_work(name)
        coming, now = badly_timed(self._settings.data, name)
        if name in self._badly:
            coming.touch()
            until(now.exists, BAD_MOMENT_SECONDS, 0.01)
            time.sleep(HEARD_SECONDS)
        with self._lock:
            process = self._processes[name]
            if process.poll() is None:
                process.kill()
                process.wait()
                self.kills[name] += 1
            coming.unlink(missing_ok=True)
            now.unlink(missing_ok=True)

    def hold(self, name: str) -> None:
        """It stands still, as on a machine that has no time for it, until `let_go`."""
        self._processes[name].send_signal(signal.SIGSTOP)

    def let_go(self, name: str) -> None:
        self._processes[name].send_signal(signal.SIGCONT)

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
        """Until all are at work; raises TimeoutError when one is not."""
        for name in self._names:
            self._await_work(name)
        until(lambda: answers(self._settings), START_SECONDS, 0.1)

    def _await_work(self, name: str) -> None:
        """A role writes its figures as soon as it works (`workers/shown.py`)."""
        if not until(lambda: self._works(name), START_SECONDS, 0.05):
            raise TimeoutError(f"{name} did not start: {self.last_words()}")

    def _works(self, name: str) -> bool:
        figures = self._settings.data / "figures" / f"{name}.prom"
        return figures.exists() and figures.stat().st_mtime > self._since[name]

    def _start(self, name: str) -> subprocess.Popen[bytes]:
        mine = environ(self._settings, self._sabotage)
        program = WITH_A_FAULT if self._sabotage else AS_INSTALLED
        self._since[name] = time.time()
        with self.log.open("ab") as log:
            return subprocess.Popen(
                [sys.executable, *program, "role", name], env=mine, stdout=log, stderr=log
            )

    def _keep(self) -> None:
        while not self._over.wait(0.1):
            with self._lock:
                for name, process in list(self._processes.items()):
                    if process.poll() is not None:
                        if process.returncode != -signal.SIGKILL:
                            self.deaths[name] += 1
                        self._processes[name] = self._start(name)


def environ(settings: Settings, sabotage: str = "") -> dict[str, str]:
    """What a process of this installation is started with."""
    return {
        **os.environ,
        "INNESCO_DATA": str(settings.data),
        "INNESCO_PORT": str(settings.port),
        "INNESCO_SANDBOX_PORT": str(settings.sandbox_port),
        "INNESCO_DEMO": "1" if settings.demo else "",
        "INNESCO_SABOTAGE": sabotage,
    }


def answers(settings: Settings) -> bool:
    try:
        return httpx.get(f"{settings.base_url}/livez", timeout=5).status_code == 200
    except httpx.TransportError:
        return False
