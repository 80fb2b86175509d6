"""`innesco people find CONDITION`: whom a condition means, by the language of the segments."""

from typing import Annotated

import typer
from msgspec import Struct
from rich.console import Console
from rich.markup import escape

from innesco.cli.answer import Json, Which, chosen, installation, say, show
from innesco.cli.everybody import found, how_many, said_condition, show_people, words_of
from innesco.conditions.explain import question
from innesco.storage.directory import Entry

app = typer.Typer(no_args_is_help=True, help="People: find those whom a condition means.")
Most = Annotated[int, typer.Option(min=0, help="so many of them at most")]


class Found(Struct, frozen=True):
    """Whom it means now."""

    sentence: str
    people: int
    all: int  #: how many people there are
    found: list[Entry]  #: who was here last comes first


@app.callback()
def people() -> None:
    """`people` has a word for each thing that is asked; it stays even while there is only one."""


@app.command()
def find(
    condition: Annotated[str, typer.Argument(help="a JSON document, @file, or - to read it")],
    most: Most = 50,
    workspace: Which = None,
    json: Json = False,
) -> None:
    """Everybody for whom a condition holds now: how many, and who was here last."""
    meant = said_condition(condition)
    with installation() as innesco, Console(stderr=True).status("Asking everybody …"):
        where = chosen(innesco, workspace)
        many, everybody = how_many(innesco, where, meant)
        sentence = question(meant, words_of(innesco, where))
        some = found(innesco, where, meant, most)
        if json:
            say(Found(sentence, many, everybody, some))
            return
        show(f"{many:,} of {everybody:,} people: {escape(sentence)}")
        show_people(innesco, where, some)
