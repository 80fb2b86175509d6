"""One's own account: name, language, password; a forgotten password; an invitation taken."""

from typing import Annotated, Any, Literal

from litestar import Request, Response, post, put
from litestar.background_tasks import BackgroundTask
from litestar.params import JSONBody
from msgspec import Meta, Struct
from msgspec.structs import replace

from innesco.storage import accounts, passwords, tickets, workspaces
from innesco.storage.accounts import Account
from innesco.storage.audit import Act, Actor, record
from innesco.storage.engines import writing
from innesco.storage.tickets import Errand, Ticket
from innesco.web.api import letters
from innesco.web.api.caller import Asking, Caller
from innesco.web.api.me import Me, Myself
from innesco.web.api.patience import PER_ADDRESS, PER_NETWORK, Patience
from innesco.web.api.policy import ACCOUNT, NOBODY
from innesco.web.api.problem import refused
from innesco.web.api.session import Password, network, signed_in
from innesco.web.ports import Given, Ports

Language = Literal["it", "en"]
PersonName = Annotated[str, Meta(min_length=1, max_length=80)]
NewPassword = Annotated[str, Meta(min_length=passwords.SHORTEST, max_length=passwords.LONGEST)]
Secret = Annotated[str, Meta(max_length=100)]


class Profile(Struct, frozen=True, forbid_unknown_fields=True):
    name: PersonName
    language: Language


class ChangePassword(Struct, frozen=True, forbid_unknown_fields=True):
    current: Password
    new: NewPassword


class Forgotten(Struct, frozen=True, forbid_unknown_fields=True):
    email: Annotated[str, Meta(max_length=254)]


class ResetPassword(Struct, frozen=True, forbid_unknown_fields=True):
    ticket: Secret
    password: NewPassword


class TicketShown(Struct, frozen=True, forbid_unknown_fields=True):
    ticket: Secret


class Invitation(Struct, frozen=True):
    """What an invitation is for, before it is taken."""

    email: str
    workspace: str  #: its name
    role: accounts.Role
    joined: bool  #: the account exists already: sign in first, then take it


class TakeInvitation(Struct, frozen=True, forbid_unknown_fields=True):
    """Name and password for a new account; only the ticket for one that exists."""

    ticket: Secret
    name: PersonName | None = None
    password: NewPassword | None = None
    language: Language = "it"


@put("/api/account", needs=ACCOUNT, sync_to_thread=True)
def change_profile(data: JSONBody[Profile], ports: Given, caller: Asking) -> Myself:
    """Change one's name and the language of the pages."""
    mine = _mine(caller)
    with writing(ports.stores.control).begin() as connection:
        accounts.rename(connection, mine.id, data.name, data.language)
        detail = {"before": mine.name, "after": data.name, "language": data.language}
        act = Act(caller.actor, "changed", f"account/{mine.id}", detail=detail)
        record(connection, act, ports.wall())
    return Myself(mine.id, mine.email, data.name, data.language)


@put("/api/account/password", needs=ACCOUNT, sync_to_thread=True)
def change_password(
    request: Request[Any, Any, Any], data: JSONBody[ChangePassword], ports: Given, caller: Asking
) -> Response[Me]:
    """A new password; this browser gets a new session, every other one must sign in again."""
    mine = _mine(caller)
    _patient(request, f"password of {mine.id}", ports)
    with ports.stores.control.connect() as connection:
        held = accounts.password_of(connection, mine.email)
    if held is None or not passwords.fits(data.current, held[1]):
        raise refused(403, "The current password is another one", "Type it again, or reset it.")
    stored = passwords.hashed(data.new)
    with writing(ports.stores.control).begin() as connection:
        accounts.set_password(connection, mine.id, stored)
        act = Act(caller.actor, "changed password", f"account/{mine.id}")
        record(connection, act, ports.wall())
    return signed_in(ports, mine, request.headers.get("user-agent", ""))


@post("/api/password/forgotten", needs=NOBODY, status_code=202, sync_to_thread=True)
def forgotten(
    request: Request[Any, Any, Any], data: JSONBody[Forgotten], ports: Given
) -> Response[None]:
    """Mail a link for a new password, if there is such an account; the answer never tells."""
    _patient(request, f"forgotten {data.email.lower()}", ports)
    task = BackgroundTask(_mail_reset, ports, data.email)
    return Response(None, status_code=202, background=task)


@post("/api/password", needs=NOBODY, status_code=204, sync_to_thread=True)
def reset_password(
    request: Request[Any, Any, Any], data: JSONBody[ResetPassword], ports: Given
) -> None:
    """Choose a new password with the link of the mail; every browser must sign in again."""
    _patient(request, "", ports)
    stored = passwords.hashed(data.password)
    now = ports.wall()
    with writing(ports.stores.control).begin() as connection:
        ticket = tickets.take(connection, data.ticket, Errand.RESET, now)
        account = accounts.by_id(connection, ticket.account) if ticket else None
        if account is None:
            raise _void()
        accounts.set_password(connection, account.id, stored)
        actor = Actor(account.id, account.name or account.email)
        record(connection, Act(actor, "reset password", f"account/{account.id}"), now)


@post("/api/invitation", needs=NOBODY, status_code=200, sync_to_thread=True)
def look_at_invitation(
    request: Request[Any, Any, Any], data: JSONBody[TicketShown], ports: Given
) -> Invitation:
    """What this invitation is for; looking does not use it up."""
    _patient(request, "", ports)
    with ports.stores.control.connect() as connection:
        ticket = tickets.holds(connection, data.ticket, Errand.INVITATION, ports.wall())
        account = accounts.by_id(connection, ticket.account) if ticket else None
        if ticket is None or account is None or not ticket.workspace or not ticket.role:
            raise _void()
        shop = workspaces.settings(connection, ticket.workspace)
    return Invitation(account.email, shop.name, ticket.role, account.joined)


@post("/api/invitation/taken", needs=NOBODY, sync_to_thread=True)
def take_invitation(
    request: Request[Any, Any, Any], data: JSONBody[TakeInvitation], ports: Given, caller: Asking
) -> Response[Me]:
    """Join the workspace; a new account chooses its name and password on the way."""
    _patient(request, "", ports)
    stored = passwords.hashed(data.password) if data.password else None
    account = _taken(ports, data, stored, caller)
    return signed_in(ports, account, request.headers.get("user-agent", ""))


def _taken(ports: Ports, data: TakeInvitation, stored: str | None, caller: Caller) -> Account:
    """All or nothing: who is refused keeps the invitation."""
    now = ports.wall()
    with writing(ports.stores.control).begin() as connection:
        ticket = tickets.take(connection, data.ticket, Errand.INVITATION, now)
        account = accounts.by_id(connection, ticket.account) if ticket else None
        if ticket is None or account is None or not ticket.workspace or not ticket.role:
            raise _void()
        if account.joined:
            _is_signed_in(caller, account)
        else:
            if stored is None or data.name is None:
                raise refused(400, "A name and a password are needed", "Send both.")
            accounts.set_password(connection, account.id, stored)
            accounts.rename(connection, account.id, data.name, data.language)
            account = replace(account, name=data.name, language=data.language)
        actor = Actor(account.id, account.name)
        accounts.admit(connection, account.id, ticket.workspace, ticket.role, actor, now)
    return account


def _is_signed_in(caller: Caller, account: Account) -> None:
    """Whoever holds the link is not yet the person whose account it is."""
    if caller.account is None or caller.account.id != account.id:
        raise refused(
            409, f"{account.email} has an account", "Sign in with it, then open the link again."
        )


def _mail_reset(ports: Ports, email: str) -> None:
    now = ports.wall()
    with writing(ports.stores.control).begin() as connection:
        account = accounts.by_email(connection, email)
        if account is None or account.disabled:
            return
        secret = tickets.issue(connection, Ticket(Errand.RESET, account.id), now)
        actor = Actor(account.id, account.name or account.email)
        record(connection, Act(actor, "asked to reset", f"account/{account.id}"), now)
    letter = letters.reset(account.language, letters.link(ports.settings, "reset", secret))
    ports.mail(account.email, letter.subject, letter.text)


def _patient(request: Request[Any, Any, Any], key: str, ports: Ports) -> None:
    patience: Patience = request.app.state.patience
    now = ports.wall()
    wait = patience.lost(f"ticket {network(request, ports)}", PER_NETWORK, now)
    if key:
        wait = max(wait, patience.lost(key, PER_ADDRESS, now))
    if wait:
        raise refused(429, "Too many tries", f"Try again in {wait // 60 + 1} minutes.", wait=wait)


def _mine(caller: Caller) -> Account:
    assert caller.account is not None  # the policy let nobody else in
    return caller.account


def _void() -> Exception:
    return refused(
        404, "This link does not work any more", "Ask for a new one: each works once, for a while."
    )


ROUTES: list[Any] = [
    change_profile,
    change_password,
    forgotten,
    reset_password,
    look_at_invitation,
    take_invitation,
]
