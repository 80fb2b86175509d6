"""What a supervisor asks: does it live, may it get traffic, how does it do."""

from typing import Any

from litestar import Response, get
from msgspec import Struct
from prometheus_client import generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST

from innesco.web.api.caller import Asking
from innesco.web.api.policy import NOBODY
from innesco.web.api.problem import refused
from innesco.web.measure import measured
from innesco.web.ports import Given
from innesco.web.ready import trouble
from innesco.workers import shown


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
    found = trouble(ports.stores, ports.settings.data)
    return Response(Ready(not found, found), status_code=503 if found else 200)


@get("/metrics", needs=NOBODY, include_in_schema=False, sync_to_thread=True)
def metrics(ports: Given, caller: Asking) -> Response[bytes]:
    """For Prometheus; an installation with a public address asks for an admin key."""
    if ports.settings.public_url and caller.key is None:
        raise refused(401, "Metrics are not for everybody", "Send an admin key as Bearer.")
    text = shown.page(ports.settings.data, "web") + generate_latest(measured(ports))
    return Response(text, media_type=CONTENT_TYPE_LATEST)


ROUTES: list[Any] = [live, ready, metrics]
