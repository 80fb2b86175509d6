"""Who may what: one function judges every request before its route runs.

A route says `needs=EDITOR`; one that says nothing is closed to everybody. Somebody else's workspace
does not exist (404), one's own without the right is forbidden (403).
"""

import hmac
from enum import StrEnum

from litestar.handlers.base import BaseRouteHandler
from litestar.types import Empty

from innesco.settings import Settings
from innesco.storage import accounts
from innesco.storage.accounts import Role
from innesco.storage.keys import Scope
from innesco.web.api.caller import Caller, caller
from innesco.web.api.problem import missing, refused
from innesco.web.ports import Connection, Ports


class Needs(StrEnum):
    NOBODY = "nobody"  #: anybody may call it: signing in
    ACCOUNT = "account"  #: somebody signed in, whichever workspaces they have; no key
    VIEWER = "viewer"
    EDITOR = "editor"
    OWNER = "owner"


NOBODY, ACCOUNT = Needs.NOBODY, Needs.ACCOUNT
VIEWER, EDITOR, OWNER = Needs.VIEWER, Needs.EDITOR, Needs.OWNER

SAFE = {"GET", "HEAD", "OPTIONS"}
CSRF = "x-csrf-token"


def judge(connection: Connection, handler: BaseRouteHandler) -> None:
    """The one guard of the app."""
    needs = handler.opt.get("needs")
    if needs is None or needs is Empty:
        raise refused(403, "Nobody may use this path", "This is a mistake in Innesco: report it.")
    who = caller(connection)
    if connection.scope.get("method") not in SAFE:
        _same_site(connection, who)
    if needs is Needs.NOBODY:
        return
    if who.account is None and who.key is None:
        raise refused(401, "Nobody is signed in", "Sign in, or send an admin key as Bearer.")
    if needs is Needs.ACCOUNT:
        _with_account(who)
        return
    _in_workspace(connection, who, Role(needs.value))


def role_of(ports: Ports, who: Caller, workspace: str) -> Role | None:
    """What the caller is in a workspace; None = it does not exist for them."""
    if who.key is not None:
        if who.key.workspace != workspace or not who.key.scopes:
            return None
        return Role.EDITOR if Scope.WRITE in who.key.scopes else Role.VIEWER
    if who.account is None:
        return None
    with ports.stores.control.connect() as connection:
        return accounts.role_in(connection, who.account.id, workspace)


def _with_account(who: Caller) -> None:
    if who.account is None:
        raise refused(403, "A key cannot do this", "Sign in with an account.")


def _in_workspace(connection: Connection, who: Caller, needed: Role) -> None:
    workspace = connection.path_params.get("workspace")
    role = role_of(connection.app.state.ports, who, workspace) if workspace else None
    if role is None:
        raise missing("workspace of this name")
    if not role.may(needed):
        raise refused(
            403, f"This needs the role of {needed.value}", "Ask an owner of the workspace."
        )


def _same_site(connection: Connection, who: Caller) -> None:
    """A page of another site must not act with somebody's cookie (request forgery)."""
    mend = "Load the page again; if it stays, sign in again."
    if not _own_origin(connection):
        raise refused(403, "The request came from another site", mend)
    if who.session is None:
        return
    said = connection.headers.get(CSRF, "")
    if not hmac.compare_digest(said.encode(), who.session.csrf.encode()):
        raise refused(403, "The page's token is missing or old", mend)


def _own_origin(connection: Connection) -> bool:
    if connection.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        return False
    origin = connection.headers.get("origin")
    if origin is None:
        return True
    settings: Settings = connection.app.state.ports.settings
    if settings.public_url:
        return origin == settings.base_url
    return origin.partition("://")[2] == connection.headers.get("host", "")
