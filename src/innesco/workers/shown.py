"""What every role counts, on one page: each writes its figures to a file, the web role shows all.

A file every few seconds costs the hot paths nothing; values shared through memory would cost a
lock at each count. Every figure carries its role: `process_resident_memory_bytes{role="live"}`.
"""

import asyncio
import os
import time
from collections.abc import Awaitable, Iterable
from contextlib import suppress
from pathlib import Path

import structlog
from prometheus_client import REGISTRY, CollectorRegistry, generate_latest
from prometheus_client.core import Metric
from prometheus_client.parser import text_string_to_metric_families
from prometheus_client.registry import Collector

log = structlog.get_logger()
EVERY_SECONDS = 5.0
STALE_SECONDS = 60.0
"""A role that wrote nothing for so long does not run: its figures are not shown."""


async def showing(role: str, data: Path, work: Awaitable[None]) -> None:
    """Do the work of a role, and write its figures beside it."""
    writing = asyncio.create_task(_write_on(role, data / "figures"))
    try:
        await work
    finally:
        writing.cancel()
        with suppress(asyncio.CancelledError):
            await writing


async def _write_on(role: str, folder: Path) -> None:
    while True:
        try:
            await asyncio.to_thread(write, role, folder)
        except OSError as full:  # the role itself may have what it needs
            log.warning("figures.not_written", role=role, because=str(full))
        await asyncio.sleep(EVERY_SECONDS)


def write(role: str, folder: Path) -> None:
    """Whole or not at all: a reader never sees half a file."""
    folder.mkdir(parents=True, exist_ok=True)
    beside = folder / f"{role}.new"
    beside.write_bytes(generate_latest(REGISTRY))
    os.replace(beside, folder / f"{role}.prom")


def page(data: Path, mine: str) -> bytes:
    """The figures of all roles for Prometheus; those of `mine` as they are this moment."""
    found = {mine: generate_latest(REGISTRY).decode()}
    for path in (data / "figures").glob("*.prom"):
        if path.stem != mine and time.time() - path.stat().st_mtime < STALE_SECONDS:
            found[path.stem] = path.read_text()
    registry = CollectorRegistry()
    registry.register(_Merged(found))
    return generate_latest(registry)


def silent(data: Path) -> dict[str, float]:
    """For how many seconds each role that ever ran here has written nothing."""
    now = time.time()
    return {
        path.stem: max(0.0, now - path.stat().st_mtime)
        for path in sorted((data / "figures").glob("*.prom"))
    }


def runs(role: str, data: Path) -> bool:
    """Whether a role runs: it wrote its figures not long ago."""
    return silent(data).get(role, STALE_SECONDS) < STALE_SECONDS


class _Merged(Collector):
    """Families of several roles under one name each, as the format wants it."""

    def __init__(self, texts: dict[str, str]) -> None:
        self._texts = texts

    def collect(self) -> Iterable[Metric]:
        families: dict[str, Metric] = {}
        for role, text in sorted(self._texts.items()):
            for family in text_string_to_metric_families(text):
                merged = families.setdefault(
                    family.name, Metric(family.name, family.documentation, family.type)
                )
                for one in family.samples:
                    merged.samples.append(one._replace(labels={**one.labels, "role": role}))
        return families.values()
