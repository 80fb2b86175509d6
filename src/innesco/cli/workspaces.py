"""`innesco workspaces`: the shops of an installation, and a new one with all it starts with."""

import re
import sys
import unicodedata
from collections.abc import Iterator
from datetime import datetime
from typing import Annotated
from urllib.parse import urlsplit

import msgspec
import typer
from msgspec import Struct
from msgspec.structs import replace
from rich.markup import escape

from innesco.cli.answer import Json, fail, installation, say, show, table
from innesco.definitions.workspace import Workspace
from innesco.main import Innesco
from innesco.storage import keys, ready, workspaces
from innesco.storage.audit import PROGRAM
from innesco.storage.clock import wall
from innesco.storage.engines import writing
from innesco.storage.keys import Kind, Wish
from innesco.storage.ready import Brought
from innesco.storage.workspaces import Row

app = typer.Typer(no_args_is_help=True, help="The shops of this installation.")

Text = str | None
OPTIONS = {
    "name": "--name",
    "shop_url": "--url",
    "language": "--language",
    "zone": "--zone",
    "currency": "--currency",
    "sender_name": "--sender-name",
    "sender_email": "--sender-email",
    "postal_address": "--address",
    "cart_url": "--cart-url",
}
"""What is asked for, by its name among a workspace's settings."""
QUESTIONS = {
    "name": "Name of the shop",
    "shop_url": "Its address (https://…)",
    "language": "Language of shoppers whose language is not known",
    "zone": "Time zone",
    "currency": "Currency",
    "sender_name": "Sender of its mails",
    "sender_email": "Their e-mail address",
    "postal_address": "Postal address, which the law asks for in each marketing mail",
}


class Opened(Struct, frozen=True):
    """A new workspace; the keys are told this once."""

    workspace: str
    settings: Workspace
    public_key: str
    server_key: str
    ready: list[Brought]


@app.command("list")
def list_workspaces(json: Json = False) -> None:
    """Every shop of this installation."""
    with installation() as innesco, innesco.stores.control.connect() as connection:
        found = workspaces.rows(connection)
    if json:
        say(found)
    elif not found:
        show("No workspace yet: innesco workspaces create")
    else:
        _show_rows(found)


@app.command()
def create(
    id: Annotated[Text, typer.Option(help="short, for addresses [from the name]")] = None,
    name: Annotated[Text, typer.Option(help="as shoppers know it")] = None,
    url: Annotated[Text, typer.Option(help="the shop's address")] = None,
    language: Annotated[Text, typer.Option(help="it, en, … [it]")] = None,
    zone: Annotated[Text, typer.Option(help="such as Europe/Rome, the usual one")] = None,
    currency: Annotated[Text, typer.Option(help="such as EUR, the usual one")] = None,
    sender_name: Annotated[Text, typer.Option(help="of its mails [the shop's name]")] = None,
    sender_email: Annotated[Text, typer.Option(help="of its mails")] = None,
    address: Annotated[Text, typer.Option(help="postal, for the foot of its mails")] = None,
    cart_url: Annotated[
        str, typer.Option(help="page that fills a cart: https://shop/cart?rebuild={items}")
    ] = "",
    json: Json = False,
) -> None:
    """A new shop: settings, first keys, ready templates in force, ready journeys as drafts."""
    said = {
        "name": name,
        "shop_url": url,
        "language": language,
        "zone": zone,
        "currency": currency,
        "sender_name": sender_name,
        "sender_email": sender_email,
        "postal_address": address,
    }
    answered = _answered({place: text and text.strip() for place, text in said.items()})
    settings = _sound({**answered, "cart_url": cart_url})
    with installation() as innesco:
        opened = open_shop(innesco, _free(innesco, id or slug(settings.name)), settings)
    if json:
        say(opened)
    else:
        _show_opened(opened)


def open_shop(innesco: Innesco, workspace: str, settings: Workspace) -> Opened:
    """Settings, keys, ready definitions. Nothing is sent by it."""
    control, log, now = innesco.stores.control, innesco.stores.journal, wall()
    workspaces.create(control, log, workspace, settings, PROGRAM, now, innesco.now())
    brought = ready.bring(control, log, workspace, PROGRAM, now, innesco.now())
    return Opened(
        workspace,
        settings,
        _key(innesco, workspace, Wish(Kind.PUBLIC, "The shop's pages"), now),
        _key(innesco, workspace, Wish(Kind.SERVER, "The shop's server"), now),
        brought,
    )


def slug(name: str) -> str:
    """`Fico & Ginepro` → `fico-ginepro`."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:40].strip("-")


def _key(innesco: Innesco, workspace: str, wish: Wish, now: datetime) -> str:
    with writing(innesco.stores.control).begin() as connection:
        return keys.make(connection, workspace, wish, PROGRAM, now).text


# -- what is asked -------------------------------------------------------------------------------


def _answered(said: dict[str, Text]) -> dict[str, str]:
    """What was not said is asked for at a terminal, and has its usual value elsewhere."""
    usual = Workspace(name="")
    known = {place: text for place, text in said.items() if text}
    for place in said:
        if place in known:
            continue
        otherwise = known.get("name", "") if place == "sender_name" else getattr(usual, place)
        if sys.stdin.isatty():
            question = QUESTIONS[place]
            known[place] = typer.prompt(question, otherwise or None, err=True).strip()
        elif otherwise:
            known[place] = otherwise
    if lacking := [OPTIONS[place] for place in said if not known.get(place)]:
        fail(f"Not said: {', '.join(lacking)}", "Say them, or run this at a terminal to be asked.")
    return known


def _sound(said: dict[str, str]) -> Workspace:
    """The settings, when the Settings page would take them too."""
    from innesco.web.api.settings import problems  # loads the whole web role: only here

    try:
        settings = msgspec.convert({**said, "currency": said["currency"].upper()}, Workspace)
    except msgspec.ValidationError as error:
        fail("The workspace was not made.", str(error))
    if wrong := list(problems(settings)):
        fail(
            "The workspace was not made.",
            *(f"{OPTIONS.get(one.place, one.place)}: {one.says}" for one in wrong),
        )
    return replace(settings, link_hosts=tuple(_hosts(settings)))


def _hosts(settings: Workspace) -> Iterator[str]:
    """Where links of mails may lead: the shop, and its cart when that is elsewhere."""
    found = (urlsplit(url).hostname for url in (settings.shop_url, settings.cart_url) if url)
    yield from dict.fromkeys(host for host in found if host)


def _free(innesco: Innesco, workspace: str) -> str:
    if not workspaces.ID.fullmatch(workspace):
        fail(f"{workspace!r} can be no id.", "Say one with --id: a-z, 0-9 and -, 40 at most.")
    with innesco.stores.control.connect() as connection:
        if workspace in workspaces.ids(connection):
            fail(f"There is a workspace {workspace} already.", "Say another with --id.")
    return workspace


# -- what is shown -------------------------------------------------------------------------------


def _show_rows(rows: list[Row]) -> None:
    shown = table("workspace", "name", "shop", "since")
    for row in rows:
        shown.add_row(row.id, escape(row.name), escape(row.shop_url), f"{row.created:%Y-%m-%d}")
    show(shown)


def _show_opened(opened: Opened) -> None:
    show(f"Workspace [bold]{opened.workspace}[/] ({escape(opened.settings.name)}) is there.\n")
    show("Its keys; the second is a secret and is shown this once:")
    show(f"  public, for the shop's pages    {opened.public_key}")
    show(f"  server, for the shop's server   {opened.server_key}\n")
    for one in opened.ready:
        state = "in force" if one.state == "published" else "a draft: sends nothing yet"
        show(f"  {one.kind} {one.id}: {state}")
    show(
        "\nNext: innesco owner create YOUR@ADDRESS, then innesco run, then"
        " innesco journeys publish cart-recovery.\nUntil the Settings page names a mail server,"
        " all mail stays in the sandbox."
    )
