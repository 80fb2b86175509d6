"""One person as a condition sees her now: her state, and all that she and those who joined did."""

from datetime import datetime
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from innesco.conditions.view import View
from innesco.profiles.history import History
from innesco.storage import editions, history, people


def now(
    connection: sa.Connection, workspace: str, profile: str, at: datetime, zone: ZoneInfo
) -> View | None:
    """None for nobody; a profile that became somebody else is looked at as that person."""
    who = people.aliases(connection, workspace, [profile]).get(profile, profile)
    state = people.load(connection, workspace, [who]).get(who)
    if state is None:
        return None
    profiles = people.profiles_of(connection, workspace, [who])[who]
    kept = history.load(connection, workspace, profiles)
    every = History(one for many in kept.values() for one in many)
    served = editions.served(connection, workspace)
    return View(state.person, every, at, zone, state.journeys, served)
