"""What a supervisor asks: does it live, may it get traffic, how does it do."""

import os
import shutil
import tempfile
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from litestar import Response, get
from msgspec import Struct
from prometheus_client import CollectorRegistry, Gauge, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST

from innesco.storage import lag, sent
from innesco.storage.open import Stores
from innesco.web.api.caller import Asking
from innesco.web.api.policy import NOBODY
from innesco.web.api.problem import refused
from innesco.web.ports import Given, Ports
from innesco.workers import shown

LEAST_FREE = 0.02
"""Share of the disk; SQLite needs room for its journal even to delete."""


class Ready(Struct, frozen=True):
    ready: bool
    trouble: list[str] = []


@get("/livez", needs=NOBODY, include_in_schema=False, sync_to_thread=False)
def live() -> str:
    """The loop turns."""
    return "ok"


@get("/readyz", needs=NOBODY, include_in_schema=False, sync_to_thread=True)
def ready(ports: Given) -> Response[Ready]:
    """Can it keep what it would acknowledge? 503 and the reasons when not."""
    trouble = [*_unreadable(ports.stores), *_no_room(ports.settings.data)]
    return Response(Ready(not trouble, trouble), status_code=503 if trouble else 200)


@get("/metrics", needs=NOBODY, include_in_schema=False, sync_to_thread=True)
def metrics(ports: Given, caller: Asking) -> Response[bytes]:
    """For Prometheus; an installation with a public address asks for an admin key."""
    if ports.settings.public_url and caller.key is None:
        raise refused(401, "Metrics are not for everybody", "Send an admin key as Bearer.")
    text = shown.page(ports.settings.data, "web") + generate_latest(_measured(ports))
    return Response(text, media_type=CONTENT_TYPE_LATEST)


def _unreadable(stores: Stores) -> list[str]:
    found = []
    for name in Stores.__struct_fields__:
        try:
            with getattr(stores, name).connect() as connection:
                connection.execute(sa.select(1))
        except sa.exc.SQLAlchemyError as error:
            found.append(f"{name}: {type(error).__name__}")
    return found


def _no_room(folder: Path) -> list[str]:
    """A real write to the disk, and room for more."""
    usage = shutil.disk_usage(folder)
    found = [] if usage.free > usage.total * LEAST_FREE else [f"disk: {usage.free} bytes left"]
    try:
        with tempfile.NamedTemporaryFile(dir=folder, prefix=".ready-") as file:
            file.write(b"ready")
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        found.append(f"disk: {error.strerror}")
    return found


def _measured(ports: Ports) -> CollectorRegistry:
    registry = CollectorRegistry()
    behind = lag.behind(ports.stores.journal, ports.stores.people, ports.now())
    Gauge("innesco_live_behind_seconds", "Age of the oldest row not read", registry=registry).set(
        behind.seconds
    )
    Gauge("innesco_live_behind_events", "Events not read yet", registry=registry).set(behind.events)
    states = Gauge("innesco_messages", "Messages by state", ["state"], registry=registry)
    for state, count in sent.states(ports.stores.outbox).items():
        states.labels(state).set(count)
    return registry


ROUTES: list[Any] = [live, ready, metrics]
