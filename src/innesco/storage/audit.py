"""The audit log: who changed what, when; each row seals the one before it.

`chain` is SHA-256 over the previous row's chain and this row. Whoever changes or removes a row must
rewrite all that follow; `broken` finds the first that does not fit.
"""

import hashlib
from datetime import datetime
from typing import Any

import msgspec
import sqlalchemy as sa
from msgspec import Struct

from innesco.events.event import micros, moment_of
from innesco.storage import tables

AUDIT_LOCK = 0x6175646974  # "audit", PostgreSQL's advisory lock


class Actor(Struct, frozen=True):
    """Who acts: somebody signed in, an API key, or the program itself."""

    id: str
    name: str  #: as the log shows it: `Anna Rossi`, `key ak_9fQ2…`


PROGRAM = Actor("innesco", "Innesco")
"""Acts at set-up and at the command line, where nobody is signed in."""


class Act(Struct, frozen=True):
    """`Anna` `published` `journey/cart-recovery`."""

    actor: Actor
    act: str
    about: str
    workspace: str | None = None
    detail: dict[str, Any] = {}  #: before and after; never a password, key or token


class Recorded(Struct, frozen=True):
    id: int
    actor: str
    act: str
    about: str
    detail: dict[str, Any]
    moment: datetime


def record(connection: sa.Connection, act: Act, now: datetime) -> None:
    """Write it in the transaction of the change itself: both are kept or neither."""
    if connection.dialect.name == "postgresql":
        connection.execute(sa.select(sa.func.pg_advisory_xact_lock(AUDIT_LOCK)))
    last = connection.scalar(sa.select(_rows.chain).order_by(_rows.id.desc()).limit(1))
    row = {
        "workspace": act.workspace,
        "actor": act.actor.name,
        "act": act.act,
        "about": act.about,
        "detail": msgspec.json.encode(act.detail, order="deterministic").decode(),
        "moment": micros(now),
    }
    sealed = {**row, "chain": _seal(last or "", row)}
    connection.execute(sa.insert(tables.audit).values(sealed))


def entries(
    connection: sa.Connection, workspace: str, before: int | None = None, most: int = 50
) -> list[Recorded]:
    """The newest of a workspace, or the next older ones before an id."""
    query = sa.select(tables.audit).where(_rows.workspace == workspace)
    if before is not None:
        query = query.where(_rows.id < before)
    return [
        Recorded(
            row.id,
            row.actor,
            row.act,
            row.about,
            msgspec.json.decode(row.detail),
            moment_of(row.moment),
        )
        for row in connection.execute(query.order_by(_rows.id.desc()).limit(most))
    ]


def broken(connection: sa.Connection) -> int | None:
    """The id of the first row that does not fit the one before it; None when all is whole."""
    chain = ""
    for row in connection.execute(sa.select(tables.audit).order_by(_rows.id)):
        said = dict(row._mapping)
        number, sealed = said.pop("id"), said.pop("chain")
        chain = _seal(chain, said)
        if chain != sealed:
            return int(number)
    return None


_rows = tables.audit.c


def _seal(previous: str, row: dict[str, Any]) -> str:
    body = msgspec.json.encode([previous, row], order="deterministic")
    return hashlib.sha256(body).hexdigest()
