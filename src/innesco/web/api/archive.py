"""Taking a definition out of use and back: refused by name while another one needs it."""

from collections.abc import Callable
from datetime import datetime
from typing import NoReturn

import msgspec
import sqlalchemy as sa
from litestar.exceptions import HTTPException

from innesco.definitions.mentions import places
from innesco.storage import definitions, usage
from innesco.storage.audit import Actor
from innesco.storage.definitions import Circular, Name, Unmet, Version
from innesco.storage.usage import Use
from innesco.web.api.problem import Wrong, missing, refused
from innesco.web.ports import Ports

Change = Callable[[sa.Engine, sa.Engine, Name, Actor, datetime, datetime], Version | None]


def archived(ports: Ports, name: Name, by: Actor, drafts_too: bool = True) -> Version:
    """A 409 names who still needs it; drafts count where `drafts_too`."""
    with ports.stores.control.connect() as connection:
        users = usage.used_by(connection, name)
    if holding := [one for one in users if one.in_force or drafts_too]:
        raise in_use(name, holding)
    return changed(ports, definitions.archive, name, by)


def in_use(name: Name, users: list[Use]) -> HTTPException:
    """The refusal, with each user by name."""
    wrong = [Wrong(f"{one.kind}/{one.id}", f"names {name}") for one in users]
    said = f"{name} is in use: {', '.join(map(str, users))}"
    return refused(409, said, "Change or archive those first.", *wrong)


def changed(ports: Ports, change: Change, name: Name, by: Actor) -> Version:
    """Publish, pause, archive, unarchive; what stands against it is refused with its place."""
    stores = ports.stores
    try:
        version = change(stores.control, stores.journal, name, by, ports.wall(), ports.now())
    except Unmet as unmet:
        _refuse(ports, name, str(unmet), unmet.names, "Put that in force first.")
    except Circular as circular:
        named = [Name(name.workspace, "segment", one) for one in dict.fromkeys(circular.circle)]
        _refuse(ports, name, str(circular), named, "Leave one of these out.")
    if version is None:
        raise missing(f"such {name.kind} in that state")
    return version


def _refuse(
    ports: Ports, name: Name, said: str, named: "tuple[Name, ...] | list[Name]", mend: str
) -> NoReturn:
    with ports.stores.control.connect() as connection:
        newest = definitions.versions(connection, name)[0]
        document = msgspec.json.decode(definitions.document(connection, newest.hash))
    wrong = [
        Wrong(place, f"names {one}")
        for one in named
        for place in places(document, (one.kind, one.id))
    ]
    raise refused(409, said, mend, *wrong)
