"""Accounts: who may sign in, and as what in which workspace."""

import secrets
from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from msgspec import Struct

from innesco.events.address import email as normalised
from innesco.events.event import micros, moment_of
from innesco.storage import sessions, tables
from innesco.storage.audit import Act, Actor, record


class Role(StrEnum):
    """What somebody may do in a workspace; each may also do what stands below it."""

    OWNER = "owner"  #: team, keys, settings
    EDITOR = "editor"  #: journeys, templates, stops
    VIEWER = "viewer"  #: looks

    def may(self, needed: "Role") -> bool:
        order = list(Role)
        return order.index(self) <= order.index(needed)


class Account(Struct, frozen=True):
    id: str
    email: str
    name: str
    language: str
    joined: bool  #: has chosen a password; before, the invitation is open
    disabled: bool = False


class Membership(Struct, frozen=True):
    """A workspace that an account belongs to."""

    workspace: str
    name: str
    role: Role


class Member(Struct, frozen=True):
    """An account as its workspace's owner sees it."""

    account: str
    name: str
    email: str
    role: Role
    joined: bool
    since: datetime


class LastOwner(Struct, frozen=True):
    """Refused: a workspace without an owner could never be managed again."""


class NotMember(Struct, frozen=True):
    """Refused: this account does not belong to the workspace."""


def create(
    connection: sa.Connection, address: str, name: str, language: str, now: datetime
) -> Account:
    """A new account without a password; the address must be one that mail can reach."""
    email = normalised(address)
    if email is None:
        raise ValueError(f"{address!r} is not an e-mail address")
    account = Account("acc_" + secrets.token_hex(8), email, name, language, False)
    connection.execute(
        sa.insert(tables.accounts).values(
            id=account.id,
            email=email,
            name=name,
            password=None,
            language=language,
            created=micros(now),
            disabled=False,
        )
    )
    return account


def by_id(connection: sa.Connection, account: str) -> Account | None:
    return _one(connection, _accounts.id == account)


def by_email(connection: sa.Connection, address: str) -> Account | None:
    return _one(connection, _accounts.email == (normalised(address) or ""))


def password_of(connection: sa.Connection, address: str) -> tuple[str, str | None] | None:
    """(account, stored password) of an address that may sign in."""
    query = sa.select(_accounts.id, _accounts.password).where(
        _accounts.email == (normalised(address) or ""), _accounts.disabled.is_(False)
    )
    row = connection.execute(query).one_or_none()
    return (row.id, row.password) if row else None


def set_password(connection: sa.Connection, account: str, stored: str) -> None:
    """The new password is the only one, and whoever was signed in is not any more."""
    connection.execute(
        sa.update(tables.accounts).where(_accounts.id == account).values(password=stored)
    )
    sessions.end_all(connection, account)


def rename(connection: sa.Connection, account: str, name: str, language: str) -> None:
    connection.execute(
        sa.update(tables.accounts)
        .where(_accounts.id == account)
        .values(name=name, language=language)
    )


def memberships(connection: sa.Connection, account: str) -> list[Membership]:
    """The workspaces of an account, by name."""
    query = (
        sa.select(tables.workspaces.c.id, tables.workspaces.c.name, _members.role)
        .join(tables.members, _members.workspace == tables.workspaces.c.id)
        .where(_members.account == account)
        .order_by(tables.workspaces.c.name)
    )
    return [Membership(w, name, Role(role)) for w, name, role in connection.execute(query)]


def role_in(connection: sa.Connection, account: str, workspace: str) -> Role | None:
    query = sa.select(_members.role).where(
        _members.account == account, _members.workspace == workspace
    )
    role = connection.scalar(query)
    return Role(role) if role else None


def members(connection: sa.Connection, workspace: str) -> list[Member]:
    query = (
        sa.select(tables.accounts, _members.role)
        .join(tables.members, _members.account == _accounts.id)
        .where(_members.workspace == workspace)
        .order_by(_accounts.name, _accounts.email)
    )
    return [
        Member(
            row.id,
            row.name,
            row.email,
            Role(row.role),
            row.password is not None,
            moment_of(row.created),
        )
        for row in connection.execute(query)
    ]


def admit(
    connection: sa.Connection,
    account: str,
    workspace: str,
    role: Role,
    by: Actor,
    now: datetime,
) -> None:
    """Make somebody a member, or leave their role as it is when they are one already."""
    if role_in(connection, account, workspace) is None:
        connection.execute(
            sa.insert(tables.members).values(account=account, workspace=workspace, role=role.value)
        )
    record(connection, Act(by, "joined", f"account/{account}", workspace, {"role": role}), now)


def give_role(
    connection: sa.Connection,
    account: str,
    workspace: str,
    role: Role,
    by: Actor,
    now: datetime,
) -> Role | LastOwner | NotMember:
    """Change what somebody may do; they sign in again, so no open page keeps old rights."""
    before = role_in(connection, account, workspace)
    if before is None:
        return NotMember()
    if before is Role.OWNER and role is not Role.OWNER and _is_last_owner(connection, workspace):
        return LastOwner()
    connection.execute(sa.update(tables.members).where(_is(account, workspace)).values(role=role))
    sessions.end_all(connection, account)
    detail = {"before": before, "after": role}
    record(connection, Act(by, "changed role", f"account/{account}", workspace, detail), now)
    return role


def remove(
    connection: sa.Connection, account: str, workspace: str, by: Actor, now: datetime
) -> Role | LastOwner | NotMember:
    """Take somebody out of the workspace; answers the role they had."""
    before = role_in(connection, account, workspace)
    if before is None:
        return NotMember()
    if before is Role.OWNER and _is_last_owner(connection, workspace):
        return LastOwner()
    connection.execute(sa.delete(tables.members).where(_is(account, workspace)))
    sessions.end_all(connection, account)
    detail = {"before": before}
    record(connection, Act(by, "removed", f"account/{account}", workspace, detail), now)
    return before


_accounts = tables.accounts.c
_members = tables.members.c


def _is(account: str, workspace: str) -> sa.ColumnElement[bool]:
    return sa.and_(_members.account == account, _members.workspace == workspace)


def _is_last_owner(connection: sa.Connection, workspace: str) -> bool:
    query = sa.select(sa.func.count()).where(
        _members.workspace == workspace, _members.role == Role.OWNER.value
    )
    return (connection.scalar(query) or 0) <= 1


def _one(connection: sa.Connection, which: sa.ColumnElement[bool]) -> Account | None:
    row = connection.execute(sa.select(tables.accounts).where(which)).one_or_none()
    if row is None:
        return None
    joined = row.password is not None
    return Account(row.id, row.email, row.name, row.language, joined, row.disabled)
