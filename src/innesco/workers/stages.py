"""Stages: how long each stage of the way takes, under its own name.

A stage takes some microseconds, and a counter of the metrics library costs as much: the sums are
plain numbers here and become metrics when somebody asks for them.
"""

import time
from collections.abc import Iterable
from types import TracebackType

from prometheus_client import REGISTRY
from prometheus_client.core import CounterMetricFamily, Metric
from prometheus_client.registry import Collector


class _Watch:
    """Adds up one stage's time; not shared between threads, which live has only one of."""

    __slots__ = ("_since", "calls", "seconds")

    def __init__(self) -> None:
        self.seconds, self.calls = 0.0, 0
        self._since = 0.0

    def __enter__(self) -> None:
        self._since = time.perf_counter()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.seconds += time.perf_counter() - self._since
        self.calls += 1


_watches: dict[str, _Watch] = {}


def watch(stage: str) -> _Watch:
    """`with watch("learn"): …`"""
    found = _watches.get(stage)
    if found is None:
        found = _watches[stage] = _Watch()
    return found


class _Stages(Collector):
    def collect(self) -> Iterable[Metric]:
        seconds = CounterMetricFamily(
            "innesco_stage_seconds", "Time spent in a stage of the way", labels=["stage"]
        )
        calls = CounterMetricFamily(
            "innesco_stage_calls", "How often a stage of the way ran", labels=["stage"]
        )
        for stage, one in sorted(_watches.items()):
            seconds.add_metric([stage], one.seconds)
            calls.add_metric([stage], one.calls)
        return seconds, calls


REGISTRY.register(_Stages())
