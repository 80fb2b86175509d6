"""The funnel of the last days, counted from people's histories.

The columns answer this over any number of people; this count serves until a workspace has them, and
looks at no more than `MOST_PEOPLE`, those who were here last.
"""

from collections import defaultdict
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from msgspec import Struct

from innesco.events.event import micros, moment_of
from innesco.profiles.history import unchunk
from innesco.storage import tables

MOST_PEOPLE = 20_000
VISIT = "Visit"
STEPS = (VISIT, "Product Viewed", "Product Added", "Checkout Started", "Order Completed")
"""The first is anything at all that somebody did."""


class Step(Struct, frozen=True):
    """`people` counts each person once in the whole time, `days` once a day, the oldest first."""

    event: str
    people: int
    days: list[int]


class Funnel(Struct, frozen=True):
    days: list[date]
    steps: list[Step]
    complete: bool  #: False when more people were here than were looked at


def last_days(engine: sa.Engine, workspace: str, now: datetime, zone: str, days: int = 7) -> Funnel:
    """How many people came how far, day by day in the shop's calendar."""
    shop = ZoneInfo(zone)
    today = now.astimezone(shop).date()
    calendar = [today - timedelta(days=back) for back in range(days - 1, -1, -1)]
    start = datetime.combine(calendar[0], datetime.min.time(), shop)
    with engine.connect() as connection:
        people = _seen(connection, workspace, micros(start))
        did = _did(connection, workspace, people, micros(start))
    on: dict[tuple[str, date], set[str]] = defaultdict(set)
    for person, name, moment in did:
        day = moment_of(moment).astimezone(shop).date()
        on[VISIT, day].add(person)
        on[name, day].add(person)
    return Funnel(
        calendar, [_step(event, calendar, on) for event in STEPS], len(people) < MOST_PEOPLE
    )


def _step(event: str, days: list[date], on: dict[tuple[str, date], set[str]]) -> Step:
    each = [on[event, day] for day in days]
    return Step(event, len(set().union(*each)), [len(people) for people in each])


def _seen(connection: sa.Connection, workspace: str, start: int) -> list[str]:
    rows = tables.persons.c
    query = (
        sa.select(rows.id)
        .where(rows.workspace == workspace, rows.last_seen >= start)
        .order_by(rows.last_seen.desc())
        .limit(MOST_PEOPLE)
    )
    return list(connection.scalars(query))


def _did(
    connection: sa.Connection, workspace: str, people: list[str], start: int
) -> list[tuple[str, str, int]]:
    """(person, event, moment); rows of profiles that joined her count as hers."""
    rows, aliases = tables.history.c, tables.aliases.c
    whose = sa.func.coalesce(aliases.person, rows.person)
    joined = tables.history.outerjoin(
        tables.aliases,
        sa.and_(aliases.workspace == rows.workspace, aliases.profile == rows.person),
    )
    found = []
    for some in _some(people):
        query = (
            sa.select(whose, rows.chunk)
            .select_from(joined)
            .where(rows.workspace == workspace, whose.in_(some))
        )
        for person, chunk in connection.execute(query):
            found += [
                (person, one.name, one.moment) for one in unchunk(chunk) if one.moment >= start
            ]
    return found


def _some(people: list[str]) -> list[list[str]]:
    return [people[n : n + 500] for n in range(0, len(people), 500)]
