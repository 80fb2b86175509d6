"""The table of contents of the admin API."""

from typing import Any

from innesco.web.api import (
    account,
    audit,
    conditions,
    demo,
    home,
    journeys,
    keys,
    members,
    messages,
    night,
    overview,
    people,
    quarantine,
    sandbox,
    seen,
    session,
    settings,
    stops,
    why,
)

ROUTES: list[Any] = [
    *session.ROUTES,
    *account.ROUTES,
    *members.ROUTES,
    *keys.ROUTES,
    *settings.ROUTES,
    *stops.ROUTES,
    *home.ROUTES,
    *overview.ROUTES,
    *people.ROUTES,
    *why.ROUTES,
    *conditions.ROUTES,
    *seen.ROUTES,
    *journeys.ROUTES,
    *messages.ROUTES,
    *sandbox.ROUTES,
    *quarantine.ROUTES,
    *audit.ROUTES,
    *night.ROUTES,
    *demo.ROUTES,
]
