"""Sessions: who is signed in, by a cookie of which we keep only the fingerprint."""

import hashlib
import secrets
from datetime import datetime, timedelta

import sqlalchemy as sa
from msgspec import Struct

from innesco.events.event import micros
from innesco.storage import tables

LASTS = timedelta(days=14)


class Session(Struct, frozen=True):
    id: str  #: SHA-256 of the cookie
    account: str
    csrf: str  #: what a page sends along with every change


class Opened(Struct, frozen=True):
    cookie: str  #: given to the browser once, kept nowhere
    session: Session


def open_session(connection: sa.Connection, account: str, agent: str, now: datetime) -> Opened:
    """Sign an account in; expired sessions of anybody are swept on the way."""
    connection.execute(sa.delete(tables.sessions).where(_rows.expires <= micros(now)))
    cookie = secrets.token_urlsafe(32)
    session = Session(fingerprint(cookie), account, secrets.token_urlsafe(24))
    connection.execute(
        sa.insert(tables.sessions).values(
            id=session.id,
            account=account,
            csrf=session.csrf,
            created=micros(now),
            expires=micros(now + LASTS),
            agent=agent[:200],
        )
    )
    return Opened(cookie, session)


def by_cookie(connection: sa.Connection, cookie: str, now: datetime) -> Session | None:
    """The session of this cookie, while it lasts and its account may sign in."""
    query = (
        sa.select(_rows.id, _rows.account, _rows.csrf)
        .join(tables.accounts, tables.accounts.c.id == _rows.account)
        .where(
            _rows.id == fingerprint(cookie),
            _rows.expires > micros(now),
            tables.accounts.c.disabled.is_(False),
        )
    )
    row = connection.execute(query).one_or_none()
    return Session(*row) if row else None


def end(connection: sa.Connection, session: str) -> None:
    connection.execute(sa.delete(tables.sessions).where(_rows.id == session))


def end_all(connection: sa.Connection, account: str) -> None:
    """A new password or role: every browser must sign in again."""
    connection.execute(sa.delete(tables.sessions).where(_rows.account == account))


def fingerprint(secret: str) -> str:
    """SHA-256 in hex: enough for secrets of 256 random bits, which no list of words contains."""
    return hashlib.sha256(secret.encode()).hexdigest()


_rows = tables.sessions.c
