"""Runs: who is or was in which journey, where they stand and why they left."""

from collections.abc import Iterable
from datetime import datetime

import sqlalchemy as sa
from msgspec import Struct

from innesco.events.event import micros
from innesco.journeys.run import Run
from innesco.storage import tables


class Stood(Struct, frozen=True):
    """A run as it stands after a happening; `person` is who she is by now."""

    run: Run
    person: str
    changed: datetime


def keep(connection: sa.Connection, workspace: str, runs: Iterable[Stood]) -> None:
    rows = [_row(workspace, stood) for stood in runs]
    if rows:
        connection.execute(_UPSERT, rows)


def open_run(connection: sa.Connection, workspace: str, run: str) -> tuple[bool, str | None]:
    """Whether the run is still under way or came to its end, and why it left early if it did."""
    held = tables.runs.c
    row = connection.execute(
        sa.select(held.node, held.because).where(held.workspace == workspace, held.id == run)
    ).one_or_none()
    return (row is not None and row.node is not None, row.because if row else None)


def _row(workspace: str, stood: Stood) -> dict[str, object]:
    run = stood.run
    return {
        "workspace": workspace,
        "id": run.id,
        "journey": run.journey,
        "version": run.version,
        "person": stood.person,
        "key": run.key,
        "node": run.node,
        "entered": micros(run.entered),
        "changed": micros(stood.changed),
        "left": micros(stood.changed) if run.node is None else None,
        "because": run.left_because or run.held_because,
        "holdout": run.held_out,
    }


_UPSERT = sa.text(
    'INSERT INTO runs (workspace, id, journey, version, person, "key", node, entered, changed,'
    ' "left", because, holdout)'
    " VALUES (:workspace, :id, :journey, :version, :person, :key, :node, :entered, :changed,"
    " :left, :because, :holdout)"
    " ON CONFLICT (workspace, id) DO UPDATE SET person = excluded.person, node = excluded.node,"
    ' changed = excluded.changed, "left" = excluded."left", because = excluded.because,'
    " holdout = excluded.holdout"
)
