"""Templates: the list, and taking one out of use while no journey in force sends it."""

from datetime import datetime
from typing import Any

import msgspec
from litestar import get, post
from litestar.params import FromPath
from msgspec import Struct

from innesco.storage import definitions, usage
from innesco.storage.definitions import Name, State, Version
from innesco.storage.usage import Use
from innesco.web.api.archive import archived, changed
from innesco.web.api.caller import Asking
from innesco.web.api.conditions import ByLanguage
from innesco.web.api.members import PATH
from innesco.web.api.policy import EDITOR, VIEWER
from innesco.web.api.problem import refused
from innesco.web.ports import Given

KIND = "template"
CONFIRM = "confirm"
"""It asks to confirm an address, whichever journeys there are."""


class TemplateLine(Struct, frozen=True):
    id: str
    name: ByLanguage
    state: State
    version: int
    changed: datetime
    by: str | None
    used_by: list[Use]


class Templates(Struct, frozen=True):
    templates: list[TemplateLine]


@get(PATH + "/templates", needs=VIEWER, sync_to_thread=True)
def list_templates(workspace: FromPath[str], ports: Given) -> Templates:
    """Every template with what sends it; archived ones too."""
    with ports.stores.control.connect() as connection:
        users = usage.users(connection, workspace)
        lines = []
        for name in definitions.named(connection, workspace, KIND):
            versions = definitions.versions(connection, name)
            shown = definitions.in_force(connection, name) or versions[0]
            document = msgspec.json.decode(definitions.document(connection, shown.hash))
            lines.append(
                TemplateLine(
                    name.id,
                    document.get("name", {}),
                    shown.state,
                    shown.version,
                    shown.created,
                    shown.author,
                    users.get((KIND, name.id), []),
                )
            )
    return Templates(lines)


@post(
    PATH + "/templates/{template:str}/archive", needs=EDITOR, status_code=200, sync_to_thread=True
)
def archive_template(
    workspace: FromPath[str], template: FromPath[str], ports: Given, caller: Asking
) -> Version:
    """Take it out of use; refused while a journey in force sends it. Messages asked for stay."""
    if template == CONFIRM:
        because = "Every confirmation of an address is sent with it"
        raise refused(409, because, "Draft and publish another text of it instead.")
    return archived(ports, Name(workspace, KIND, template), caller.actor, drafts_too=False)


@post(
    PATH + "/templates/{template:str}/unarchive", needs=EDITOR, status_code=200, sync_to_thread=True
)
def unarchive_template(
    workspace: FromPath[str], template: FromPath[str], ports: Given, caller: Asking
) -> Version:
    """What was in force last is in force again."""
    return changed(ports, definitions.unarchive, Name(workspace, KIND, template), caller.actor)


ROUTES: list[Any] = [list_templates, archive_template, unarchive_template]
