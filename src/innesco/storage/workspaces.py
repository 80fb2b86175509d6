"""Workspaces: one shop each, with its settings and the secrets that sign its links."""

import base64
import re
import secrets as randomness
from datetime import datetime

import msgspec
import sqlalchemy as sa
from msgspec import Struct

from innesco.definitions.workspace import Workspace
from innesco.errors import InnescoError
from innesco.events.event import micros, moment_of
from innesco.profiles.tokens import Secrets
from innesco.storage import definitions, journal, tables
from innesco.storage.audit import Act, Actor, record
from innesco.storage.engines import writing

SIGNING = "signing"
"""Name of the keys that sign links; beside them may stand the SMTP password and the like."""


ID = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
"""A workspace's id stands in addresses, so it is short and plain: `botteguccia`."""


class Row(Struct, frozen=True):
    """A workspace as the list shows it."""

    id: str
    name: str
    shop_url: str
    created: datetime


class NoWorkspace(InnescoError):
    """There is no workspace of this name; `innesco workspaces` lists them."""


def create(
    control: sa.Engine,
    log: sa.Engine,
    workspace: str,
    settings: Workspace,
    by: Actor,
    now: datetime,
    log_now: datetime,
) -> None:
    """A new shop, its settings in the log."""
    if not ID.fullmatch(workspace):
        raise ValueError(f"{workspace!r}: a workspace's id is made of a-z, 0-9 and -, 40 at most")
    with writing(control).begin() as connection:
        connection.execute(
            sa.insert(tables.workspaces).values(
                id=workspace,
                name=settings.name,
                settings=msgspec.json.encode(settings).decode(),
                secrets=_dump({SIGNING: [["k1", _new_key()]]}),
                created=micros(now),
            )
        )
        record(connection, Act(by, "created", f"workspace/{workspace}", workspace), now)
    _publish(control, log, workspace, settings, log_now)


def ids(connection: sa.Connection) -> list[str]:
    return list(connection.scalars(sa.select(_rows.id).order_by(_rows.id)))


def rows(connection: sa.Connection) -> list[Row]:
    """All workspaces, by id."""
    query = sa.select(tables.workspaces).order_by(_rows.id)
    return [
        Row(row.id, row.name, _read(row.settings).shop_url, moment_of(row.created))
        for row in connection.execute(query)
    ]


def settings(connection: sa.Connection, workspace: str) -> Workspace:
    """The shop's settings; raises `NoWorkspace`."""
    text = connection.scalar(sa.select(_rows.settings).where(_rows.id == workspace))
    if text is None:
        raise NoWorkspace(f"{workspace}: {NoWorkspace.__doc__}")
    return _read(text)


def save_settings(
    control: sa.Engine,
    log: sa.Engine,
    workspace: str,
    new: Workspace,
    by: Actor,
    now: datetime,
    log_now: datetime,
) -> None:
    """New settings for pages and for the log, which replays with the settings of each moment."""
    with control.connect() as connection:
        before = msgspec.to_builtins(settings(connection, workspace))
    _publish(control, log, workspace, new, log_now)
    after = msgspec.to_builtins(new)
    changed = {key: [before[key], after[key]] for key in after if before[key] != after[key]}
    with writing(control).begin() as connection:
        connection.execute(
            sa.update(tables.workspaces)
            .where(_rows.id == workspace)
            .values(name=new.name, settings=msgspec.json.encode(new).decode())
        )
        record(connection, Act(by, "changed", "settings", workspace, changed), now)


def signing(connection: sa.Connection, workspace: str) -> Secrets:
    """The keys that sign this shop's links, newest first."""
    return Secrets(
        tuple(
            (name, base64.b64decode(key)) for name, key in _secrets(connection, workspace)[SIGNING]
        )
    )


def renew_signing(connection: sa.Connection, workspace: str, by: Actor, now: datetime) -> None:
    """A new key signs from now on; links signed by the older ones still work."""
    held = _secrets(connection, workspace)
    name = f"k{len(held[SIGNING]) + 1}"
    held[SIGNING] = [[name, _new_key()], *held[SIGNING]]
    _keep(connection, workspace, held)
    record(connection, Act(by, "renewed", "signing key", workspace, {"key": name}), now)


def password(connection: sa.Connection, workspace: str, name: str) -> str:
    """A secret kept by name, such as `smtp`; empty when there is none."""
    held = _secrets(connection, workspace).get(name)
    return base64.b64decode(held[0][1]).decode() if held else ""


def set_password(
    connection: sa.Connection, workspace: str, name: str, secret: str, by: Actor, now: datetime
) -> None:
    held = _secrets(connection, workspace)
    held[name] = [["k1", base64.b64encode(secret.encode()).decode()]]
    _keep(connection, workspace, held)
    record(connection, Act(by, "changed", f"secret/{name}", workspace), now)


_rows = tables.workspaces.c
_read = msgspec.json.Decoder(Workspace).decode


def _publish(
    control: sa.Engine, log: sa.Engine, workspace: str, settings: Workspace, log_now: datetime
) -> None:
    with writing(control).begin() as connection:
        kept = definitions.keep_document(connection, msgspec.json.encode(settings))
    word = definitions.Word("workspace", workspace, kept, "published")
    journal.append(log, [definitions.entry(workspace, word)], log_now)


_Held = dict[str, list[list[str]]]


def _secrets(connection: sa.Connection, workspace: str) -> _Held:
    text = connection.scalar(sa.select(_rows.secrets).where(_rows.id == workspace))
    if text is None:
        raise NoWorkspace(f"{workspace}: {NoWorkspace.__doc__}")
    return msgspec.json.decode(text, type=_Held)


def _keep(connection: sa.Connection, workspace: str, held: _Held) -> None:
    connection.execute(
        sa.update(tables.workspaces).where(_rows.id == workspace).values(secrets=_dump(held))
    )


def _dump(held: _Held) -> str:
    return msgspec.json.encode(held).decode()


def _new_key() -> str:
    return base64.b64encode(randomness.token_bytes(32)).decode()
