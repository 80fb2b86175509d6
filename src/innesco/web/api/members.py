"""The team of a workspace: who belongs to it, who is invited, as what."""

from datetime import datetime
from typing import Annotated, Any

from litestar import delete, get, post, put
from litestar.params import FromPath, JSONBody
from msgspec import Meta, Struct

from innesco.events.address import email as normalised
from innesco.storage import accounts, tickets, workspaces
from innesco.storage.accounts import LastOwner, Member, NotMember, Role
from innesco.storage.audit import Act, record
from innesco.storage.engines import writing
from innesco.storage.tickets import LASTS, Errand, Invited, Ticket
from innesco.web.api import letters
from innesco.web.api.account import Language
from innesco.web.api.caller import Asking
from innesco.web.api.policy import OWNER
from innesco.web.api.problem import Wrong, missing, refused
from innesco.web.ports import Given

PATH = "/api/workspaces/{workspace:str}"


class Team(Struct, frozen=True):
    members: list[Member]
    invited: list[Invited]


class Invite(Struct, frozen=True, forbid_unknown_fields=True):
    email: Annotated[str, Meta(max_length=254)]
    role: Role
    language: Language = "it"  #: of the mail


class Sent(Struct, frozen=True):
    """The invitation went out by mail; the link may also be passed on by hand."""

    email: str
    role: Role
    link: str
    expires: datetime


class NewRole(Struct, frozen=True, forbid_unknown_fields=True):
    role: Role


@get(PATH + "/members", needs=OWNER, sync_to_thread=True)
def list_members(workspace: FromPath[str], ports: Given) -> Team:
    """Everybody who may see this workspace, and who is invited."""
    with ports.stores.control.connect() as connection:
        return Team(
            accounts.members(connection, workspace),
            tickets.invited(connection, workspace, ports.wall()),
        )


@post(PATH + "/invitations", needs=OWNER, sync_to_thread=True)
def invite(workspace: FromPath[str], data: JSONBody[Invite], ports: Given, caller: Asking) -> Sent:
    """Invite somebody; inviting again makes the older link void."""
    if normalised(data.email) is None:
        raise refused(
            400, "This is not an e-mail address", "Correct it.", Wrong("email", data.email)
        )
    now = ports.wall()
    with writing(ports.stores.control).begin() as connection:
        account = accounts.by_email(connection, data.email) or accounts.create(
            connection, data.email, "", data.language, now
        )
        if accounts.role_in(connection, account.id, workspace):
            raise refused(409, f"{account.email} is a member already", "Change the role instead.")
        ticket = Ticket(Errand.INVITATION, account.id, workspace, data.role)
        secret = tickets.issue(connection, ticket, now)
        shop = workspaces.settings(connection, workspace).name
        detail = {"email": account.email, "role": data.role}
        record(connection, Act(caller.actor, "invited", account.id, workspace, detail), now)
    link = letters.link(ports.settings, "invitation", secret)
    letter = letters.invitation(data.language, shop, caller.actor.name, link)
    ports.mail(account.email, letter.subject, letter.text)
    return Sent(account.email, data.role, link, now + LASTS[Errand.INVITATION])


@delete(PATH + "/invitations/{account:str}", needs=OWNER, sync_to_thread=True)
def withdraw_invitation(
    workspace: FromPath[str], account: FromPath[str], ports: Given, caller: Asking
) -> None:
    """The link works no longer."""
    with writing(ports.stores.control).begin() as connection:
        if not tickets.withdraw(connection, Ticket(Errand.INVITATION, account, workspace)):
            raise missing("open invitation")
        act = Act(caller.actor, "withdrew invitation", account, workspace)
        record(connection, act, ports.wall())


@put(PATH + "/members/{account:str}", needs=OWNER, sync_to_thread=True)
def change_role(
    workspace: FromPath[str],
    account: FromPath[str],
    data: JSONBody[NewRole],
    ports: Given,
    caller: Asking,
) -> NewRole:
    """Change what a member may do; they sign in again."""
    now = ports.wall()
    with writing(ports.stores.control).begin() as connection:
        answer = accounts.give_role(connection, account, workspace, data.role, caller.actor, now)
    return NewRole(_done(answer))


@delete(PATH + "/members/{account:str}", needs=OWNER, sync_to_thread=True)
def remove_member(
    workspace: FromPath[str], account: FromPath[str], ports: Given, caller: Asking
) -> None:
    """Take a member out of the workspace; their account stays for other workspaces."""
    with writing(ports.stores.control).begin() as connection:
        _done(accounts.remove(connection, account, workspace, caller.actor, ports.wall()))


def _done(answer: Role | LastOwner | NotMember) -> Role:
    match answer:
        case NotMember():
            raise missing("member")
        case LastOwner():
            raise refused(409, "The last owner stays", "Make somebody else an owner first.")
        case _:
            return answer


ROUTES: list[Any] = [list_members, invite, withdraw_invitation, change_role, remove_member]
