"""Tickets: one-time links by mail, for an invitation or a new password."""

import secrets
from datetime import datetime, timedelta
from enum import StrEnum

import sqlalchemy as sa
from msgspec import Struct

from innesco.events.event import micros, moment_of
from innesco.storage import tables
from innesco.storage.accounts import Role
from innesco.storage.sessions import fingerprint


class Errand(StrEnum):
    INVITATION = "invitation"
    RESET = "reset"


LASTS = {Errand.INVITATION: timedelta(days=7), Errand.RESET: timedelta(hours=1)}


class Ticket(Struct, frozen=True):
    errand: Errand
    account: str
    workspace: str | None = None
    role: Role | None = None


class Invited(Struct, frozen=True):
    """Somebody who has not answered yet."""

    account: str
    email: str
    role: Role
    expires: datetime


def issue(connection: sa.Connection, ticket: Ticket, now: datetime) -> str:
    """The secret of a new ticket; older ones for the same errand are void from now on."""
    withdraw(connection, ticket)
    secret = secrets.token_urlsafe(32)
    connection.execute(
        sa.insert(tables.tickets).values(
            id=fingerprint(secret),
            purpose=ticket.errand.value,
            account=ticket.account,
            workspace=ticket.workspace,
            role=ticket.role,
            expires=micros(now + LASTS[ticket.errand]),
            used=None,
        )
    )
    return secret


def holds(connection: sa.Connection, secret: str, errand: Errand, now: datetime) -> Ticket | None:
    """What a ticket allows, while it is fresh and unused."""
    query = sa.select(tables.tickets).where(_valid(secret, errand, now))
    row = connection.execute(query).one_or_none()
    if row is None:
        return None
    role = Role(row.role) if row.role else None
    return Ticket(Errand(row.purpose), row.account, row.workspace, role)


def take(connection: sa.Connection, secret: str, errand: Errand, now: datetime) -> Ticket | None:
    """Use it up; of two who try at once one gets it."""
    ticket = holds(connection, secret, errand, now)
    used = connection.execute(
        sa.update(tables.tickets).where(_valid(secret, errand, now)).values(used=micros(now))
    )
    return ticket if used.rowcount == 1 else None


def withdraw(connection: sa.Connection, ticket: Ticket) -> bool:
    """No ticket of this errand, account and workspace holds any more; False if none did."""
    gone = connection.execute(
        sa.delete(tables.tickets).where(
            _rows.account == ticket.account,
            _rows.purpose == ticket.errand.value,
            _rows.used.is_(None),
            _rows.workspace == ticket.workspace if ticket.workspace else _rows.workspace.is_(None),
        )
    )
    return gone.rowcount > 0


def invited(connection: sa.Connection, workspace: str, now: datetime) -> list[Invited]:
    """Who has not answered an invitation yet."""
    query = (
        sa.select(_rows.account, tables.accounts.c.email, _rows.role, _rows.expires)
        .join(tables.accounts, tables.accounts.c.id == _rows.account)
        .where(
            _rows.workspace == workspace,
            _rows.purpose == Errand.INVITATION.value,
            _rows.used.is_(None),
            _rows.expires > micros(now),
        )
        .order_by(tables.accounts.c.email)
    )
    return [
        Invited(account, email, Role(role), moment_of(expires))
        for account, email, role, expires in connection.execute(query)
    ]


_rows = tables.tickets.c


def _valid(secret: str, errand: Errand, now: datetime) -> sa.ColumnElement[bool]:
    return sa.and_(
        _rows.id == fingerprint(secret),
        _rows.purpose == errand.value,
        _rows.used.is_(None),
        _rows.expires > micros(now),
    )
