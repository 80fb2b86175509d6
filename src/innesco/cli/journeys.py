"""`innesco journeys`: which there are, put into force, paused – as the Journeys page does it."""

from collections.abc import Callable
from datetime import datetime
from typing import Annotated, NoReturn

import msgspec
import sqlalchemy as sa
import typer
from msgspec import Struct
from rich.markup import escape

from innesco.cli.answer import Json, Which, chosen, fail, installation, say, show, table
from innesco.main import Innesco
from innesco.storage import definitions, progress, usage
from innesco.storage.audit import PROGRAM, Actor
from innesco.storage.clock import wall
from innesco.storage.definitions import Name, State, Version
from innesco.storage.progress import Counts

KIND = "journey"
app = typer.Typer(no_args_is_help=True, help="Journeys: list them, publish them, pause them.")
One = Annotated[str, typer.Argument(help="its id, such as cart-recovery")]
Change = Callable[[sa.Engine, sa.Engine, Name, Actor, datetime, datetime], Version | None]


class Line(Struct, frozen=True):
    """A journey in the list."""

    id: str
    name: dict[str, str]
    state: State
    version: int
    newer: bool  #: a draft waits behind what is in force
    entered: int
    inside: int


@app.command("list")
def list_journeys(workspace: Which = None, json: Json = False) -> None:
    """Every journey with its state and who is in it."""
    with installation() as innesco:
        lines = _lines(innesco, chosen(innesco, workspace))
    if json:
        say(lines)
        return
    shown = table("journey", "name", "state", "version", "entered", "inside")
    for one in lines:
        state = f"{one.state}, newer draft" if one.newer else one.state
        name = escape(next(iter(one.name.values()), ""))
        figures = (str(one.version), f"{one.entered:,}", f"{one.inside:,}")
        shown.add_row(escape(one.id), name, state, *figures)
    show(shown)


@app.command()
def publish(journey: One, workspace: Which = None, json: Json = False) -> None:
    """Put the newest version in force: people enter from now on. A paused one goes on."""
    _change(definitions.publish, journey, workspace, json)


@app.command()
def pause(journey: One, workspace: Which = None, json: Json = False) -> None:
    """Nobody enters any more; who is inside goes on."""
    _change(definitions.pause, journey, workspace, json)


@app.command()
def archive(journey: One, workspace: Which = None, json: Json = False) -> None:
    """Take it out of use: who is inside leaves. Refused while another definition asks about it."""
    with installation() as innesco:
        name = Name(chosen(innesco, workspace), KIND, journey)
        with innesco.stores.control.connect() as connection:
            users = usage.used_by(connection, name)
    if users:
        fail(f"{name} is in use: {', '.join(map(str, users))}.", "Change those first.")
    _change(definitions.archive, journey, workspace, json)


@app.command()
def unarchive(journey: One, workspace: Which = None, json: Json = False) -> None:
    """What was in force last comes back, paused: publish it when it shall go on."""
    _change(definitions.unarchive, journey, workspace, json)


def _change(change: Change, journey: str, workspace: str | None, json: bool) -> None:
    with installation() as innesco:
        name = Name(chosen(innesco, workspace), KIND, journey)
        stores = innesco.stores
        try:
            version = change(stores.control, stores.journal, name, PROGRAM, wall(), innesco.now())
        except definitions.Unmet as unmet:
            fail(f"{unmet}.", "Put that in force first.")
        if version is None:
            _missing(innesco, name)
    if json:
        say(version)
    else:
        show(f"{escape(str(name))} in {name.workspace}: {version.state}, version {version.version}")


def _missing(innesco: Innesco, name: Name) -> NoReturn:
    """Not there at all, or a draft that cannot be paused."""
    lines = _lines(innesco, name.workspace)
    if name.id in [one.id for one in lines]:
        mend = (
            "Only a published journey can be paused or archived, only an archived one comes back."
        )
        fail(f"{name.id} is in another state.", mend)
    there = ", ".join(one.id for one in lines) or "none"
    fail(f"There is no journey {name.id} in {name.workspace}.", f"There are: {there}")


def _lines(innesco: Innesco, workspace: str) -> list[Line]:
    with innesco.stores.people.connect() as connection:
        counts = progress.counts(connection, workspace)
    with innesco.stores.control.connect() as connection:
        names = definitions.named(connection, workspace, KIND)
        return [_line(connection, name, counts.get(name.id, Counts())) for name in names]


def _line(connection: sa.Connection, name: Name, counts: Counts) -> Line:
    versions = definitions.versions(connection, name)
    current = definitions.in_force(connection, name) or versions[0]
    document = msgspec.json.decode(definitions.document(connection, current.hash))
    return Line(
        id=name.id,
        name=document["name"],
        state=current.state,
        version=current.version,
        newer=versions[0].version > current.version,
        entered=counts.entered,
        inside=counts.inside,
    )
