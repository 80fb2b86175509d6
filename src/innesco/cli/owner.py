"""`innesco owner`: who signs in first, made at the machine where nobody can sign in yet."""

from typing import Annotated

import sqlalchemy as sa
import typer
from msgspec import Struct

from innesco.cli.answer import Json, Which, chosen, fail, installation, say, show
from innesco.events.address import email as normalised
from innesco.main import Innesco
from innesco.storage import accounts, passwords, tickets
from innesco.storage.accounts import Account, Role
from innesco.storage.audit import PROGRAM, Act, record
from innesco.storage.clock import wall
from innesco.storage.engines import writing
from innesco.storage.tickets import LASTS, Errand, Ticket

app = typer.Typer(no_args_is_help=True, help="Who runs the shop: the first to sign in.")
Email = Annotated[str, typer.Argument(help="the address to sign in with")]
Link = Annotated[bool, typer.Option("--link", help="print a one-time link, ask no password")]


class Owner(Struct, frozen=True):
    """Who may sign in now; with a link, as soon as it was opened."""

    email: str
    workspace: str
    sign_in: str
    link: str | None = None


@app.command()
def create(
    email: Email,
    name: Annotated[str, typer.Option(help="as the audit log shows it")] = "",
    language: Annotated[str, typer.Option(help="of the pages: it, en")] = "it",
    workspace: Which = None,
    link: Link = False,
    also: Annotated[bool, typer.Option("--also", help="beside the owner there is")] = False,
    json: Json = False,
) -> None:
    """The owner of a workspace. The team invites everybody else in Settings."""
    address = normalised(email)
    if address is None:
        fail(f"{email!r} is no e-mail address.", "Say the address to sign in with.")
    if language not in ("it", "en"):
        fail(f"The pages do not speak {language!r}.", "Say --language it or --language en.")
    with installation() as innesco:
        where = chosen(innesco, workspace)
        _check(innesco, where, address, also)
        with innesco.stores.control.connect() as connection:
            known = accounts.by_email(connection, address)
        asked = link or (known is not None and known.joined)
        stored = None if asked else passwords.hashed(_password())
        owner = make(innesco, where, Account("", address, name, language, False), stored)
    if json:
        say(owner)
    else:
        _show(owner)


@app.command("link")
def link_for(email: Email, json: Json = False) -> None:
    """A one-time link to a new password, for whoever is locked out; holds for an hour."""
    with installation() as innesco:
        now = wall()
        with writing(innesco.stores.control).begin() as connection:
            account = accounts.by_email(connection, email)
            if account is None:
                fail(f"Nobody signs in as {email}.", f"Make them: innesco owner create {email}")
            secret = tickets.issue(connection, Ticket(Errand.RESET, account.id), now)
            record(connection, Act(PROGRAM, "asked to reset", f"account/{account.id}"), now)
        address = _link(innesco, "reset", secret)
    if json:
        say({"email": account.email, "link": address})
    else:
        show(f"To choose a new password, within an hour: {address}")


def make(innesco: Innesco, workspace: str, wanted: Account, stored: str | None) -> Owner:
    """An account that owns the workspace: at once with a password, else by its link."""
    now, base = wall(), innesco.settings.base_url
    with writing(innesco.stores.control).begin() as connection:
        account = accounts.by_email(connection, wanted.email) or accounts.create(
            connection, wanted.email, wanted.name or wanted.email, wanted.language, now
        )
        if stored is None and not account.joined:
            ticket = Ticket(Errand.INVITATION, account.id, workspace, Role.OWNER)
            secret = tickets.issue(connection, ticket, now)
            detail = {"email": account.email, "role": Role.OWNER}
            record(connection, Act(PROGRAM, "invited", account.id, workspace, detail), now)
            return Owner(account.email, workspace, base, _link(innesco, "invitation", secret))
        if stored is not None:
            accounts.set_password(connection, account.id, stored)
        _own(connection, account, workspace)
    return Owner(account.email, workspace, base)


def _own(connection: sa.Connection, account: Account, workspace: str) -> None:
    """A member who was less becomes an owner; who was none becomes one too."""
    if accounts.role_in(connection, account.id, workspace) is None:
        accounts.admit(connection, account.id, workspace, Role.OWNER, PROGRAM, wall())
    else:
        accounts.give_role(connection, account.id, workspace, Role.OWNER, PROGRAM, wall())


def _check(innesco: Innesco, workspace: str, address: str, also: bool) -> None:
    """One owner is enough, unless a second was asked for: this command asks for no password."""
    with innesco.stores.control.connect() as connection:
        owners = [
            one.email for one in accounts.members(connection, workspace) if one.role is Role.OWNER
        ]
        invited = [
            one.email
            for one in tickets.invited(connection, workspace, wall())
            if one.role is Role.OWNER and one.email != address
        ]
    if address in owners:
        fail(
            f"{address} owns {workspace} already.",
            f"If the password is lost: innesco owner link {address}",
        )
    if (owners or invited) and not also:
        fail(
            f"{', '.join(owners + invited)} owns {workspace}, or has the link for it.",
            "Owners invite others in Settings; to make one here all the same, say --also.",
        )


def _password() -> str:
    password: str = typer.prompt(
        f"Password ({passwords.SHORTEST} characters or more)",
        hide_input=True,
        confirmation_prompt=True,
        err=True,
    )
    if not passwords.SHORTEST <= len(password) <= passwords.LONGEST:
        fail(
            f"The password has {len(password)} characters.",
            f"Say one of {passwords.SHORTEST} to {passwords.LONGEST}, or --link for a link.",
        )
    return password


def _link(innesco: Innesco, page: str, secret: str) -> str:
    from innesco.web.api import letters

    return letters.link(innesco.settings, page, secret)


def _show(owner: Owner) -> None:
    if owner.link is None:
        show(f"{owner.email} owns {owner.workspace} and signs in at {owner.sign_in}")
        return
    days = LASTS[Errand.INVITATION].days
    show(f"{owner.email} chooses a password and owns {owner.workspace}, with this link,")
    show(f"which holds for {days} days and works once: {owner.link}")
