"""Measures: what the stores and the disk say when Prometheus asks, beside what the roles count."""

import shutil

from prometheus_client import CollectorRegistry, Gauge

from innesco.storage import backup, lag, quarantine, sent
from innesco.storage.open import Stores
from innesco.web.ports import Ports
from innesco.workers import nightly, shown


def measured(ports: Ports) -> CollectorRegistry:
    """Read anew each time; a few milliseconds."""
    registry = CollectorRegistry()
    _lag(registry, ports)
    _stores(registry, ports.stores)
    _disk(registry, ports)
    _night(registry, ports)
    roles = Gauge(
        "innesco_role_silent_seconds",
        "Since a role last wrote its figures, which it does every 5",
        ["role"],
        registry=registry,
    )
    for role, seconds in shown.silent(ports.settings.data).items():
        roles.labels(role).set(seconds)
    return registry


def _lag(registry: CollectorRegistry, ports: Ports) -> None:
    behind = lag.behind(ports.stores.journal, ports.stores.people, ports.now())
    seconds = "innesco_live_behind_seconds", "Age of the oldest row not read"
    Gauge(*seconds, registry=registry).set(behind.seconds)
    events = "innesco_live_behind_events", "Events not read yet"
    Gauge(*events, registry=registry).set(behind.events)


def _stores(registry: CollectorRegistry, stores: Stores) -> None:
    states = Gauge("innesco_messages", "Messages by state", ["state"], registry=registry)
    for state, count in sent.states(stores.outbox).items():
        states.labels(state).set(count)
    held = Gauge("innesco_quarantined_events", "Events in the quarantine", registry=registry)
    with stores.people.connect() as connection:
        held.set(quarantine.size(connection))


def _night(registry: CollectorRegistry, ports: Ports) -> None:
    """Without a good night, or a backup, there is no age, and `absent()` can tell."""
    good = nightly.last_good(ports.settings.data)
    if good is not None:
        age = "innesco_night_age_seconds", "Since the last nightly work began that did not fail"
        Gauge(*age, registry=registry).set((ports.wall() - good).total_seconds())
    last = backup.last(ports.settings.data)
    if last is not None:
        age = "innesco_backup_age_seconds", "Since the last backup that was checked"
        Gauge(*age, registry=registry).set((ports.wall() - last.made).total_seconds())


def _disk(registry: CollectorRegistry, ports: Ports) -> None:
    usage = shutil.disk_usage(ports.settings.data)
    free = "innesco_disk_free_bytes", "Free on the disk of the data folder"
    Gauge(*free, registry=registry).set(usage.free)
    share = "innesco_disk_free_ratio", "The same as a share of the disk"
    Gauge(*share, registry=registry).set(usage.free / usage.total)
