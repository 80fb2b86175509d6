"""The keys of a workspace: listed, made, rotated, revoked."""

from datetime import datetime
from typing import Annotated, Any

from litestar import delete, get, post
from litestar.params import FromPath, JSONBody
from msgspec import Meta, Struct

from innesco.storage import keys
from innesco.storage.engines import writing
from innesco.storage.keys import Key, Kind, Made, Scope, Wish
from innesco.web.api.caller import Asking
from innesco.web.api.members import PATH
from innesco.web.api.policy import OWNER
from innesco.web.api.problem import Wrong, missing, refused
from innesco.web.ports import Given


class Keys(Struct, frozen=True):
    keys: list[Key]


class NewKey(Struct, frozen=True, forbid_unknown_fields=True):
    kind: Kind
    name: Annotated[str, Meta(min_length=1, max_length=80)]
    scopes: list[Scope] = []  #: admin keys only
    expires: datetime | None = None


@get(PATH + "/keys", needs=OWNER, sync_to_thread=True)
def list_keys(workspace: FromPath[str], ports: Given) -> Keys:
    """All keys, revoked ones too; only public ones are shown whole."""
    with ports.stores.control.connect() as connection:
        return Keys(keys.of_workspace(connection, workspace))


@post(PATH + "/keys", needs=OWNER, sync_to_thread=True)
def make_key(
    workspace: FromPath[str], data: JSONBody[NewKey], ports: Given, caller: Asking
) -> Made:
    """A new key; its text is in this answer and never again."""
    now = ports.wall()
    _sound(data, now)
    wish = Wish(data.kind, data.name, tuple(dict.fromkeys(data.scopes)), data.expires)
    with writing(ports.stores.control).begin() as connection:
        return keys.make(connection, workspace, wish, caller.actor, now)


@post(PATH + "/keys/{key:str}/rotate", needs=OWNER, sync_to_thread=True)
def rotate_key(workspace: FromPath[str], key: FromPath[str], ports: Given, caller: Asking) -> Made:
    """A successor; the old key works on for seven days, so that both can be in use meanwhile."""
    with writing(ports.stores.control).begin() as connection:
        made = keys.rotate(connection, workspace, key, caller.actor, ports.wall())
    if made is None:
        raise missing("living key")
    return made


@delete(PATH + "/keys/{key:str}", needs=OWNER, sync_to_thread=True)
def revoke_key(workspace: FromPath[str], key: FromPath[str], ports: Given, caller: Asking) -> None:
    """It opens nothing any more, within seconds; this cannot be undone."""
    with writing(ports.stores.control).begin() as connection:
        if not keys.revoke(connection, workspace, key, caller.actor, ports.wall()):
            raise missing("living key")


def _sound(data: NewKey, now: datetime) -> None:
    if (data.kind is Kind.ADMIN) != bool(data.scopes):
        wrong = Wrong("scopes", "admin keys have some, the others none")
        raise refused(400, "The scopes do not fit the kind of key", "", wrong)
    if data.expires is not None and (data.expires.tzinfo is None or data.expires <= now):
        wrong = Wrong("expires", "a moment in the future, with its time zone")
        raise refused(400, "This key would have expired already", "", wrong)


ROUTES: list[Any] = [list_keys, make_key, rotate_key, revoke_key]
