"""Stages: how long each stage of the way takes, under its own name."""

import time
from types import TracebackType

from prometheus_client import Counter

SECONDS = Counter("innesco_stage_seconds", "Time spent in a stage of the way", ["stage"])
CALLS = Counter("innesco_stage_calls", "How often a stage of the way ran", ["stage"])


class _Watch:
    """Adds up one stage's time; not shared between threads, which live has only one of."""

    __slots__ = ("_calls", "_seconds", "_since")

    def __init__(self, stage: str) -> None:
        self._seconds, self._calls = SECONDS.labels(stage), CALLS.labels(stage)
        self._since = 0.0

    def __enter__(self) -> None:
        self._since = time.perf_counter()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._seconds.inc(time.perf_counter() - self._since)
        self._calls.inc()


_watches: dict[str, _Watch] = {}


def watch(stage: str) -> _Watch:
    """`with watch("learn"): …`"""
    found = _watches.get(stage)
    if found is None:
        found = _watches[stage] = _Watch(stage)
    return found
