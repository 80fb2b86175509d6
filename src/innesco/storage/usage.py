"""Used by: which definitions in force or in draft name another one, so that none goes missing."""

import msgspec
import sqlalchemy as sa
from msgspec import Struct

from innesco.definitions.definitions import decode
from innesco.definitions.mentions import Mention, uses
from innesco.storage import tables
from innesco.storage.definitions import Name


class Use(Struct, frozen=True):
    """A definition that names another one."""

    kind: str
    id: str
    name: dict[str, str]  #: by language
    in_force: bool  #: else only its draft does

    def __str__(self) -> str:
        return f"{self.kind}/{self.id}" + ("" if self.in_force else " (draft)")


def users(connection: sa.Connection, workspace: str) -> dict[Mention, list[Use]]:
    """By what is named, who names it."""
    rows, held = tables.definitions.c, tables.documents.c
    query = (
        sa.select(rows.kind, rows.id, rows.state, held.body)
        .join(tables.documents, held.hash == rows.hash)
        .where(rows.workspace == workspace, rows.state.in_(("published", "paused", "draft")))
        .order_by(rows.kind, rows.id, rows.version)
    )
    found: dict[Mention, dict[tuple[str, str], Use]] = {}
    for kind, id, state, body in connection.execute(query):
        name = msgspec.json.decode(body).get("name", {})
        use = Use(kind, id, name if isinstance(name, dict) else {}, state != "draft")
        for mention in uses(decode(kind, body.encode())):
            found.setdefault(mention, {}).setdefault((kind, id), use)
    return {mention: list(by.values()) for mention, by in found.items()}


def used_by(connection: sa.Connection, name: Name) -> list[Use]:
    """Who names one definition; what is in force comes before its own draft."""
    return users(connection, name.workspace).get((name.kind, name.id), [])
