"""Signing in and out."""

from typing import Annotated, Any

from litestar import Request, Response, delete, get, post
from litestar.datastructures import Cookie
from litestar.params import JSONBody
from msgspec import Meta, Struct

from innesco.storage import accounts, passwords, sessions
from innesco.storage.accounts import Account
from innesco.storage.audit import Act, Actor, record
from innesco.storage.engines import writing
from innesco.storage.sessions import LASTS, Opened
from innesco.web.api.caller import Asking, cookie_name
from innesco.web.api.me import Me, me
from innesco.web.api.patience import PER_ADDRESS, PER_NETWORK, Patience
from innesco.web.api.policy import ACCOUNT, NOBODY
from innesco.web.api.problem import refused
from innesco.web.door.network import client_of
from innesco.web.ports import Given, Ports

Password = Annotated[str, Meta(max_length=passwords.LONGEST)]


class SignIn(Struct, frozen=True, forbid_unknown_fields=True):
    email: Annotated[str, Meta(max_length=254)]
    password: Password


@post("/api/session", needs=NOBODY, sync_to_thread=True)
def sign_in(request: Request[Any, Any, Any], data: JSONBody[SignIn], ports: Given) -> Response[Me]:
    """Sign in; a wrong e-mail and a wrong password get the same answer in the same time."""
    now = ports.wall()
    patience: Patience = request.app.state.patience
    keys = [(f"address {data.email.lower()}", PER_ADDRESS), (network(request, ports), PER_NETWORK)]
    if wait := max(patience.lost(key, most, now) for key, most in keys):
        raise refused(429, "Too many tries", f"Try again in {wait // 60 + 1} minutes.", wait=wait)
    account = _proved(ports, data)
    if account is None:
        raise refused(401, "E-mail and password do not fit together", "Check both, or reset it.")
    patience.forgive(keys[0][0])
    return signed_in(ports, account, request.headers.get("user-agent", ""))


@get("/api/session", needs=ACCOUNT, sync_to_thread=True)
def who_am_i(ports: Given, caller: Asking) -> Me:
    """Who is signed in, the page's token, the workspaces and the roles in them."""
    assert caller.account is not None
    assert caller.session is not None
    return me(ports, caller.account, caller.session)


@delete("/api/session", needs=ACCOUNT, sync_to_thread=True)
def sign_out(ports: Given, caller: Asking) -> Response[None]:
    """Sign out here; other browsers stay signed in."""
    assert caller.session is not None
    with writing(ports.stores.control).begin() as connection:
        sessions.end(connection, caller.session.id)
        record(connection, Act(caller.actor, "signed out", "session"), ports.wall())
    return Response(None, status_code=204, cookies=[_cookie(ports, "", 0)])


def signed_in(ports: Ports, account: Account, agent: str) -> Response[Me]:
    """Open a session and give its cookie to the browser."""
    now = ports.wall()
    with writing(ports.stores.control).begin() as connection:
        opened = sessions.open_session(connection, account.id, agent, now)
        actor = Actor(account.id, account.name or account.email)
        record(connection, Act(actor, "signed in", "session"), now)
    return Response(me(ports, account, opened.session), cookies=[_given(ports, opened)])


def network(request: Request[Any, Any, Any], ports: Ports) -> str:
    """Where a try came from: the browser's address, as the proxies that are ours saw it."""
    proxies = ports.settings.proxies
    said = {name.lower(): value for name, value in request.scope["headers"]}
    return f"network {client_of(request.scope, said, proxies) or ''}"


def _proved(ports: Ports, said: SignIn) -> Account | None:
    with ports.stores.control.connect() as connection:
        held = accounts.password_of(connection, said.email)
        if not passwords.fits(said.password, held[1] if held else None) or held is None:
            return None
        return accounts.by_id(connection, held[0])


def _given(ports: Ports, opened: Opened) -> Cookie:
    return _cookie(ports, opened.cookie, int(LASTS.total_seconds()))


def _cookie(ports: Ports, value: str, seconds: int) -> Cookie:
    return Cookie(
        key=cookie_name(ports.settings),
        value=value,
        max_age=seconds,
        httponly=True,
        secure=ports.settings.base_url.startswith("https://"),
        samesite="lax",
        path="/",
    )


ROUTES: list[Any] = [sign_in, who_am_i, sign_out]
