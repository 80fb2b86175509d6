"""Who is calling: somebody signed in by cookie, a program with an `ak_` key, or nobody."""

import asyncio

from litestar.di import NamedDependency
from litestar.middleware.authentication import (
    AbstractAuthenticationMiddleware,
    AuthenticationResult,
)
from litestar.params import SkipValidation
from msgspec import Struct

from innesco.settings import Settings
from innesco.storage import accounts, keys, sessions
from innesco.storage.accounts import Account
from innesco.storage.audit import Actor
from innesco.storage.keys import Kind, Known
from innesco.storage.sessions import Session
from innesco.web.ports import Connection, Ports

NOBODY = Actor("", "nobody")


class Caller(Struct, frozen=True):
    """At most one of session and key is there."""

    actor: Actor = NOBODY
    account: Account | None = None
    session: Session | None = None
    key: Known | None = None


Asking = NamedDependency[SkipValidation[Caller]]
"""How a route asks who is calling."""


def cookie_name(settings: Settings) -> str:
    """`__Host-` binds the cookie to this host over https; browsers refuse it over plain http."""
    return "__Host-innesco" if settings.base_url.startswith("https://") else "innesco"


class Authenticate(AbstractAuthenticationMiddleware):
    """Finds out who calls and decides nothing: `policy.py` does."""

    async def authenticate_request(
        self,
        connection: Connection,
    ) -> AuthenticationResult:
        caller = await asyncio.to_thread(_caller, connection)
        return AuthenticationResult(user=caller, auth=None)


def caller(request: Connection) -> Caller:
    found = request.scope.get("user")
    return found if isinstance(found, Caller) else Caller()


def _caller(connection: Connection) -> Caller:
    ports: Ports = connection.app.state.ports
    scheme, _, secret = connection.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        return _by_key(ports, secret.strip())
    cookie = connection.cookies.get(cookie_name(ports.settings))
    return _by_cookie(ports, cookie) if cookie else Caller()


def _by_key(ports: Ports, text: str) -> Caller:
    with ports.stores.control.connect() as connection:
        key = keys.known(connection, text, ports.wall())
    if key is None or key.kind is not Kind.ADMIN:
        return Caller()
    return Caller(Actor(key.key_id, f"key {key.key_id}"), key=key)


def _by_cookie(ports: Ports, cookie: str) -> Caller:
    with ports.stores.control.connect() as connection:
        session = sessions.by_cookie(connection, cookie, ports.wall())
        account = accounts.by_id(connection, session.account) if session else None
    if session is None or account is None:
        return Caller()
    return Caller(Actor(account.id, account.name or account.email), account, session)
