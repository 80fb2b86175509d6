"""`innesco definitions`: journeys, segments and templates from files kept in git."""

from pathlib import Path
from typing import Annotated, Any

import msgspec
import typer
import yaml
from msgspec import Struct
from rich.markup import escape

from innesco.cli.answer import Json, Which, chosen, fail, installation, say, show
from innesco.definitions.definitions import NotADefinition, decode
from innesco.main import Innesco
from innesco.messages.prepare import prepare
from innesco.messages.template import Template, TemplateWrong
from innesco.storage import definitions, ready
from innesco.storage.audit import PROGRAM
from innesco.storage.clock import wall
from innesco.storage.definitions import Name, State
from innesco.storage.engines import writing

app = typer.Typer(no_args_is_help=True, help="Definitions from files, YAML or JSON.")
APPLIED = ("journey", "segment", "template")


class Applied(Struct, frozen=True):
    kind: str
    id: str
    version: int
    state: State
    changed: bool  #: False when the newest version said just this


@app.command()
def apply(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="YAML or JSON")],
    kind: Annotated[str, typer.Option(help=", ".join(APPLIED))] = "journey",
    publish: Annotated[bool, typer.Option("--publish", help="and put it in force")] = False,
    workspace: Which = None,
    json: Json = False,
) -> None:
    """Keep a file as the newest draft. Twice makes no second version."""
    body, id = _read(file, kind)
    with installation() as innesco:
        try:
            applied = put(innesco, Name(chosen(innesco, workspace), kind, id), body, publish)
        except definitions.Unmet as unmet:
            fail(f"{unmet}.", "It is kept as a draft. Put that in force first.")
        except definitions.Circular as circular:
            fail(f"{circular}.", "It is kept as a draft. Leave one of them out.")
    if json:
        say(applied)
    else:
        changed = "" if applied.changed else ", unchanged"
        about = escape(f"{kind}/{id}")
        show(f"{about}: version {applied.version}, {applied.state}{changed}")


@app.command("ready")
def bring_ready(workspace: Which = None, json: Json = False) -> None:
    """Bring the ready templates and journeys that a workspace lacks; journeys as drafts."""
    with installation() as innesco:
        where, stores = chosen(innesco, workspace), innesco.stores
        brought = ready.bring(stores.control, stores.journal, where, PROGRAM, wall(), innesco.now())
    if json:
        say(brought)
        return
    for one in brought:
        show(f"{one.kind}/{one.id}: {one.state}")
    if not brought:
        show(f"{where} has them all.")


def put(innesco: Innesco, name: Name, body: bytes, publish: bool) -> Applied:
    """The draft, unless the newest version says the same; in force when that is wanted."""
    control, log = innesco.stores.control, innesco.stores.journal
    with writing(control).begin() as connection:
        newest = next(iter(definitions.versions(connection, name)), None)
        same = newest is not None and definitions.document(connection, newest.hash) == body
        if newest is None or not same:
            newest = definitions.save_draft(connection, name, body, PROGRAM, wall())
    if publish and newest.state != "published":
        newest = definitions.publish(control, log, name, PROGRAM, wall(), innesco.now()) or newest
    return Applied(name.kind, name.id, newest.version, newest.state, not same)


def _read(file: Path, kind: str) -> tuple[bytes, str]:
    """The document as it is kept, and its id."""
    if kind not in APPLIED:
        fail(f"{kind!r} is no kind.", f"Say --kind {'|'.join(APPLIED)}")
    try:
        said: Any = yaml.safe_load(file.read_text("utf-8"))
        body = msgspec.json.encode(said)
        value = decode(kind, body)
        if isinstance(value, Template):
            for language in value.words or ("it",):
                prepare(value, language)
    except (yaml.YAMLError, UnicodeDecodeError, TypeError, NotADefinition, TemplateWrong) as wrong:
        fail(f"{file} is no {kind}: {wrong}", "Nothing was kept. Mend the file, or say --kind.")
    return body, said["id"]
