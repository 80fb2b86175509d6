"""Report: what is in the stores after a simulated month, counted from the records themselves."""

from collections import Counter

import sqlalchemy as sa
from msgspec import Struct

from innesco.profiles.history import unchunk
from innesco.storage import outbox, people, tables
from innesco.storage.open import Stores


class Report(Struct, frozen=True, kw_only=True):
    """`innesco demo --days 30 --json` prints it."""

    people: int
    events: dict[str, int]  #: by name
    runs: dict[str, dict[str, int]]  #: by journey and how they ended
    messages: dict[str, int]  #: by state
    orders: int
    seconds: float


def report(stores: Stores, workspace: str, seconds: float) -> Report:
    """Everything but `seconds` is the same whenever the same month was lived."""
    with stores.people.connect() as connection:
        ids = _ids(connection, workspace)
        states = people.load(connection, workspace, ids)
        return Report(
            people=len(ids),
            events=_events(connection, workspace),
            runs=_runs(connection, workspace),
            messages=dict(sorted(outbox.states(stores.outbox).items())),
            orders=sum(len(state.person.orders) for state in states.values()),
            seconds=round(seconds, 1),
        )


def _ids(connection: sa.Connection, workspace: str) -> list[str]:
    held = tables.persons.c
    return list(connection.scalars(sa.select(held.id).where(held.workspace == workspace)))


def _events(connection: sa.Connection, workspace: str) -> dict[str, int]:
    held = tables.history.c
    chunks = connection.scalars(sa.select(held.chunk).where(held.workspace == workspace))
    names = Counter(one.name for chunk in chunks for one in unchunk(chunk))
    return dict(sorted(names.items()))


def _runs(connection: sa.Connection, workspace: str) -> dict[str, dict[str, int]]:
    held = tables.runs.c
    ended = sa.case((held.node.is_not(None), "under way"), else_=sa.func.coalesce(held.because, ""))
    control = sa.case((held.holdout, " (control group)"), else_="")
    outcome = ended.concat(control).label("outcome")
    query = (
        sa.select(held.journey, outcome, sa.func.count())
        .where(held.workspace == workspace)
        .group_by(held.journey, outcome)
        .order_by(held.journey, outcome)
    )
    found: dict[str, dict[str, int]] = {}
    for journey, said, count in connection.execute(query):
        found.setdefault(journey, {})[said] = count
    return found
