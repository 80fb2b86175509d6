"""Tickets: one-time links by mail, for an invitation or a new password."""

import secrets
from datetime import datetime, timedelta
from enum import StrEnum

import sqlalchemy as sa
from msgspec import Struct

from innesco.events.event import micros
from innesco.storage import tables
from innesco.storage.sessions import fingerprint


class Errand(StrEnum):
    INVITATION = "invitation"
    RESET = "reset"


LASTS = {Errand.INVITATION: timedelta(days=7), Errand.RESET: timedelta(hours=1)}


class Ticket(Struct, frozen=True):
    errand: Errand
    account: str
    workspace: str | None = None


def issue(connection: sa.Connection, ticket: Ticket, now: datetime) -> str:
    """The secret of a new ticket; older ones for the same errand are void from now on."""
    connection.execute(
        sa.delete(tables.tickets).where(
            _rows.account == ticket.account,
            _rows.purpose == ticket.errand.value,
            sa.or_(_rows.workspace.is_(ticket.workspace), _rows.workspace == ticket.workspace),
        )
    )
    secret = secrets.token_urlsafe(32)
    connection.execute(
        sa.insert(tables.tickets).values(
            id=fingerprint(secret),
            purpose=ticket.errand.value,
            account=ticket.account,
            workspace=ticket.workspace,
            expires=micros(now + LASTS[ticket.errand]),
            used=None,
        )
    )
    return secret


def holds(connection: sa.Connection, secret: str, errand: Errand, now: datetime) -> Ticket | None:
    """What a ticket allows, while it is fresh and unused."""
    query = sa.select(tables.tickets).where(_valid(secret, errand, now))
    row = connection.execute(query).one_or_none()
    return Ticket(Errand(row.purpose), row.account, row.workspace) if row else None


def take(connection: sa.Connection, secret: str, errand: Errand, now: datetime) -> Ticket | None:
    """Use it up; of two who try at once one gets it."""
    ticket = holds(connection, secret, errand, now)
    used = connection.execute(
        sa.update(tables.tickets).where(_valid(secret, errand, now)).values(used=micros(now))
    )
    return ticket if used.rowcount == 1 else None


_rows = tables.tickets.c


def _valid(secret: str, errand: Errand, now: datetime) -> sa.ColumnElement[bool]:
    return sa.and_(
        _rows.id == fingerprint(secret),
        _rows.purpose == errand.value,
        _rows.used.is_(None),
        _rows.expires > micros(now),
    )
