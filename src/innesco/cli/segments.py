"""`innesco segments`: which there are, who belongs and why, put into force, taken out of use."""

from collections.abc import Mapping
from typing import Annotated

import msgspec
import sqlalchemy as sa
import typer
from msgspec import Struct
from rich.console import Console
from rich.markup import escape

from innesco.cli.answer import Json, Which, chosen, fail, installation, say, show, table
from innesco.cli.everybody import asked, entries, found, how_many, show_people, words_of
from innesco.cli.why_shown import condition_lines
from innesco.conditions.condition import Condition
from innesco.conditions.explain import explain as explained, question
from innesco.conditions.explained import Words
from innesco.conditions.membership import InSegment
from innesco.events.event import micros
from innesco.main import Innesco
from innesco.segments.segment import Segment
from innesco.storage import definitions, editions, usage, views
from innesco.storage.audit import PROGRAM
from innesco.storage.clock import wall
from innesco.storage.definitions import Circular, Name, State, Unmet, Version
from innesco.storage.directory import Entry
from innesco.storage.why import Asker, Unanswered, as_of

KIND = "segment"
app = typer.Typer(no_args_is_help=True, help="Segments: list and count them, see who belongs, why.")
One = Annotated[str, typer.Argument(help="its id, such as best-customers")]
Draft = Annotated[bool, typer.Option("--draft", help="by its newest version, in force or not")]


class Line(Struct, frozen=True):
    """A segment in the list."""

    id: str
    name: dict[str, str]
    state: State
    version: int
    newer: bool  #: a draft waits behind what is in force
    people: int | None  #: who belong; None of what is not in force
    sentence: str


class Counted(Struct, frozen=True):
    segment: str
    people: int
    all: int


@app.command("list")
def list_segments(workspace: Which = None, json: Json = False) -> None:
    """Every segment with its state, how many belong to it, and whom it means."""
    from innesco.columns.seen import Seen

    with installation() as innesco:
        where = chosen(innesco, workspace)
        rows = asked(innesco, where, Seen("segment", most=100_000))
        counted = {row["value"]: row["times"] for row in rows}
        lines = _lines(innesco, where, counted)
    if json:
        say(lines)
        return
    shown = table("segment", "name", "state", "version", "people", "who")
    for one in lines:
        state = f"{one.state}, newer draft" if one.newer else one.state
        many = "" if one.people is None else f"{one.people:,}"
        name = escape(next(iter(one.name.values()), ""))
        shown.add_row(one.id, name, state, str(one.version), many, escape(one.sentence))
    show(shown)


@app.command()
def count(segment: One, draft: Draft = False, workspace: Which = None, json: Json = False) -> None:
    """How many belong to it now, of how many people."""
    with installation() as innesco, Console(stderr=True).status("Asking everybody …"):
        where = chosen(innesco, workspace)
        many, everybody = how_many(innesco, where, _meant(innesco, where, segment, draft))
    if json:
        say(Counted(segment, many, everybody))
    else:
        show(f"{many:,} of {everybody:,} people")


@app.command()
def members(
    segment: One,
    most: Annotated[int, typer.Option(min=1, help="so many of them at most")] = 50,
    at: Annotated[str, typer.Option(help="as of a moment, such as 2026-11-24T10:30")] = "",
    draft: Draft = False,
    workspace: Which = None,
    json: Json = False,
) -> None:
    """Who belongs to it now, who was here last comes first; or who did at a moment, by id."""
    with installation() as innesco, Console(stderr=True).status("Asking everybody …"):
        where = chosen(innesco, workspace)
        if at:
            people = _then(innesco, where, segment, at, most)
        else:
            people = found(innesco, where, _meant(innesco, where, segment, draft), most)
        if json:
            say(people)
        else:
            show_people(innesco, where, people)


@app.command()
def explain(
    segment: One,
    person: Annotated[str, typer.Argument(help="an id, an e-mail or a customer number")],
    workspace: Which = None,
    json: Json = False,
) -> None:
    """Whether its condition holds for one person now, each part with what it looked at."""
    with installation() as innesco:
        where = chosen(innesco, workspace)
        words = words_of(innesco, where)
        when = _segment(innesco, Name(where, KIND, segment)).when
        try:
            who = Asker(innesco.stores, where, innesco.now()).who(person)
        except Unanswered as why:
            fail(f"{why}.", why.mend)
        with innesco.stores.people.connect() as connection:
            view = views.now(connection, where, who, innesco.now(), words.zone)
        if view is None:
            fail(f"Nobody is known as {person}.")
        told = explained(when, view, words)
    if json:
        say(told)
        return
    for line in condition_lines(told):
        Console().print(line)


@app.command()
def publish(segment: One, workspace: Which = None, json: Json = False) -> None:
    """Put the newest version in force: from now on live keeps who belongs to it."""
    with installation() as innesco:
        name, stores = Name(chosen(innesco, workspace), KIND, segment), innesco.stores
        _segment(innesco, name)
        try:
            version = definitions.publish(
                stores.control, stores.journal, name, PROGRAM, wall(), innesco.now()
            )
        except Unmet as unmet:
            fail(f"{unmet}.", "Put that in force first.")
        except Circular as circular:
            fail(f"{circular}.", "Leave one of them out.")
    _told(name, version, json)


@app.command()
def cancel(segment: One, workspace: Which = None, json: Json = False) -> None:
    """Give up what is being built: it is a draft again, and what serves goes on serving."""
    with installation() as innesco:
        name, stores = Name(chosen(innesco, workspace), KIND, segment), innesco.stores
        _segment(innesco, name)
        with stores.people.connect() as connection:
            serves = editions.serving(connection, name.workspace, segment)
        version = definitions.take_back(
            stores.control, stores.journal, name, serves, PROGRAM, wall(), innesco.now()
        )
        if version is None:
            fail(f"Nothing of {segment} is being built.", "innesco segments list tells what is.")
    _told(name, version, json)


@app.command()
def archive(segment: One, workspace: Which = None, json: Json = False) -> None:
    """Take it out of use; refused while another definition, a draft too, names it."""
    with installation() as innesco:
        name, stores = Name(chosen(innesco, workspace), KIND, segment), innesco.stores
        _segment(innesco, name)
        with stores.control.connect() as connection:
            users = usage.used_by(connection, name)
        if users:
            fail(f"{name} is in use: {', '.join(map(str, users))}.", "Change those first.")
        version = definitions.archive(
            stores.control, stores.journal, name, PROGRAM, wall(), innesco.now()
        )
        if version is None:
            fail(f"{segment} is not in force.", "Only a published segment can be archived.")
    _told(name, version, json)


def _lines(innesco: Innesco, workspace: str, counted: Mapping[str, int]) -> list[Line]:
    words = words_of(innesco, workspace)
    with innesco.stores.control.connect() as connection:
        names = definitions.named(connection, workspace, KIND)
        return [_line(connection, name, words, counted) for name in names]


def _line(connection: sa.Connection, name: Name, words: Words, counted: Mapping[str, int]) -> Line:
    versions = definitions.versions(connection, name)
    current = definitions.in_force(connection, name) or versions[0]
    segment = _read(connection, current)
    return Line(
        id=name.id,
        name=segment.name,
        state=current.state,
        version=current.version,
        newer=versions[0].version > current.version,
        people=counted.get(name.id, 0) if current.state == "published" else None,
        sentence=question(segment.when, words),
    )


def _meant(innesco: Innesco, workspace: str, segment: str, draft: bool) -> Condition:
    """Who belong, or with `draft` whom the newest version means."""
    name = Name(workspace, KIND, segment)
    newest = _segment(innesco, name, newest=True)
    if draft:
        return newest.when
    with innesco.stores.control.connect() as connection:
        if definitions.in_force(connection, name) is None:
            mend = "--draft asks for whom its newest version means."
            fail(f"{segment} is not in force: nobody belongs to it.", mend)
    return InSegment(segment)


def _then(innesco: Innesco, workspace: str, segment: str, at: str, most: int) -> list[Entry]:
    """Who belonged at a moment, of the shop's calendar when it names no zone."""
    from innesco.columns.stays import MembersAt

    _segment(innesco, Name(workspace, KIND, segment))
    try:
        moment = as_of(at, None, words_of(innesco, workspace).zone).at or innesco.now()
    except Unanswered as why:
        fail(f"{why}.", why.mend)
    rows = asked(innesco, workspace, MembersAt(segment, micros(moment), most))
    return entries(innesco, workspace, [row["person"] for row in rows])


def _segment(innesco: Innesco, name: Name, newest: bool = False) -> Segment:
    """What is in force, or else the newest."""
    with innesco.stores.control.connect() as connection:
        versions = definitions.versions(connection, name)
        if not versions:
            there = [one.id for one in definitions.named(connection, name.workspace, KIND)]
            fail(f"There is no segment {name.id}.", f"There are: {', '.join(there) or 'none yet'}")
        force = definitions.in_force(connection, name)
        return _read(connection, versions[0] if newest or force is None else force)


def _read(connection: sa.Connection, version: Version) -> Segment:
    return msgspec.json.decode(definitions.document(connection, version.hash), type=Segment)


def _told(name: Name, version: Version | None, json: bool) -> None:
    if version is None:
        fail(f"There is no version of {name}.")
    if json:
        say(version)
    else:
        show(f"{escape(str(name))} in {name.workspace}: {version.state}, version {version.version}")
