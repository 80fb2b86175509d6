"""How far people are in journeys: who entered, where they stand, why they left."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from msgspec import Struct

from innesco.events.event import moment_of
from innesco.journeys.run import Went
from innesco.storage import tables


class Course(Struct, frozen=True):
    """One run as the pages show it."""

    id: str
    journey: str
    version: str
    person: str
    key: str
    node: str | None  #: where it stands; None once it has left
    entered: datetime
    changed: datetime
    left: datetime | None
    because: str | None
    holdout: bool


class Counts(Struct, frozen=True):
    """Of one journey."""

    entered: int = 0
    inside: int = 0
    holdout: int = 0
    left: dict[str, int] = {}  #: by reason; the empty reason is the journey's end


def of_people(connection: sa.Connection, workspace: str, people: Sequence[str]) -> list[Course]:
    """The runs of a person, the newest first."""
    query = sa.select(tables.runs).where(_rows.workspace == workspace, _rows.person.in_(people))
    return [
        _course(row) for row in connection.execute(query.order_by(_rows.entered.desc(), _rows.id))
    ]


def at_node(
    connection: sa.Connection, workspace: str, journey: str, node: str, most: int = 100
) -> list[Course]:
    """Who stands at a node just now, the longest first."""
    query = (
        sa.select(tables.runs)
        .where(_rows.workspace == workspace, _rows.journey == journey, _rows.node == node)
        .order_by(_rows.changed, _rows.id)
        .limit(most)
    )
    return [_course(row) for row in connection.execute(query)]


def counts(connection: sa.Connection, workspace: str) -> dict[str, Counts]:
    """The counts of every journey that anybody ever entered."""
    ended = _rows.node.is_(None)
    query = (
        sa.select(_rows.journey, ended, _rows.because, _rows.holdout, sa.func.count())
        .where(_rows.workspace == workspace)
        .group_by(_rows.journey, ended, _rows.because, _rows.holdout)
    )
    found: dict[str, Counts] = {}
    for journey, left, because, holdout, number in connection.execute(query):
        now = found.get(journey, Counts())
        reasons = Counter(now.left)
        if left:
            reasons[because or ""] += number
        found[journey] = Counts(
            entered=now.entered + number,
            inside=now.inside + (0 if left else number),
            holdout=now.holdout + (number if holdout else 0),
            left=dict(reasons),
        )
    return found


def waiting(connection: sa.Connection, workspace: str, journey: str) -> dict[str, int]:
    """How many people stand at each node."""
    query = (
        sa.select(_rows.node, sa.func.count())
        .where(_rows.workspace == workspace, _rows.journey == journey, _rows.node.is_not(None))
        .group_by(_rows.node)
    )
    return {str(node): number for node, number in connection.execute(query)}


def held(connection: sa.Connection, workspace: str) -> int:
    """How many runs stand still until a person has looked at them."""
    query = sa.select(sa.func.count()).where(
        _rows.workspace == workspace, _rows.node.is_not(None), _rows.because.is_not(None)
    )
    return connection.scalar(query) or 0


def arrived(connection: sa.Connection, workspace: str, journey: str) -> dict[str, int]:
    """How often a run came to each node; entering, which is coming to the first, not counted."""
    rows = tables.arrivals.c
    query = sa.select(rows.node, rows.runs).where(
        rows.workspace == workspace, rows.journey == journey
    )
    return {node: number for node, number in connection.execute(query)}


def ways(connection: sa.Connection, workspace: str, journey: str) -> dict[str, dict[str, int]]:
    """By node, how often a run went on from it on each of its ways."""
    rows = tables.ways.c
    query = sa.select(rows.node, rows.way, rows.runs).where(
        rows.workspace == workspace, rows.journey == journey
    )
    found: dict[str, dict[str, int]] = {}
    for node, way, number in connection.execute(query):
        found.setdefault(node, {})[way] = number
    return found


def ways_since(connection: sa.Connection) -> datetime | None:
    """Since when ways are counted; None where they always were."""
    rows = tables.cursors.c
    moment = connection.scalar(sa.select(rows.moment).where(rows.name == "ways"))
    return moment_of(moment) if moment is not None else None


def count(connection: sa.Connection, workspace: str, went: Sequence[Went]) -> None:
    """Add where the runs of a batch went, in the transaction that keeps where they stand."""
    if not went:
        return
    left = Counter((one.journey, one.node, one.way) for one in went)
    came = Counter((one.journey, one.to) for one in went if one.to is not None)
    for added, sql in ((left, _LEFT), (came, _CAME)):
        if added:
            rows = [(workspace, *key, runs) for key, runs in sorted(added.items())]
            connection.exec_driver_sql(sql, rows)


_CAME = (
    "INSERT INTO arrivals (workspace, journey, node, runs) VALUES (?, ?, ?, ?)"
    " ON CONFLICT (workspace, journey, node) DO UPDATE SET runs = runs + excluded.runs"
)
_LEFT = (
    "INSERT INTO ways (workspace, journey, node, way, runs) VALUES (?, ?, ?, ?, ?)"
    " ON CONFLICT (workspace, journey, node, way) DO UPDATE SET runs = runs + excluded.runs"
)
_rows = tables.runs.c


def _course(row: sa.Row[tuple[object, ...]]) -> Course:
    said = {name: row._mapping[name] for name in Course.__struct_fields__}
    for name in ("entered", "changed", "left"):
        said[name] = moment_of(said[name]) if said[name] is not None else None
    return Course(**said)
