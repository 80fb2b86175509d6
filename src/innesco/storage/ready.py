"""Ready definitions put into a workspace: templates in force, journeys as drafts for its owner.

A template by itself sends nothing; the one that asks to confirm an address must be there from the
first day. A journey sends, so each waits until somebody publishes it.
"""

from datetime import datetime

import sqlalchemy as sa
from msgspec import Struct

from innesco.definitions.gallery import ready
from innesco.storage import definitions
from innesco.storage.audit import Actor
from innesco.storage.definitions import Name, State
from innesco.storage.engines import writing

IN_FORCE = "template"


class Brought(Struct, frozen=True):
    """`journey/cart-recovery`, as a draft."""

    kind: str
    id: str
    state: State


def bring(
    control: sa.Engine,
    log: sa.Engine,
    workspace: str,
    by: Actor,
    now: datetime,
    log_now: datetime,
) -> list[Brought]:
    """Those that the workspace lacks; what it has is left as it is, also when an older one."""
    brought = []
    for one in ready():
        name = Name(workspace, one.kind, one.id)
        with writing(control).begin() as connection:
            if definitions.versions(connection, name):
                continue
            version = definitions.save_draft(connection, name, one.body, by, now)
        if one.kind == IN_FORCE:
            published = definitions.publish(control, log, name, by, now, log_now)
            version = published or version
        brought.append(Brought(one.kind, one.id, version.state))
    return brought
