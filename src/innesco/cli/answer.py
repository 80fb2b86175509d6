"""What a command answers: a table or one JSON document, or in a sentence why it cannot."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated, NoReturn

import msgspec
import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Column, Table

from innesco.main import Innesco, open_innesco
from innesco.settings import settings
from innesco.storage import workspaces
from innesco.storage.open import close

Json = Annotated[bool, typer.Option("--json", help="print one JSON document")]
Which = Annotated[
    str | None, typer.Option("--workspace", help="which shop [the only one]", show_default=False)
]


def fail(why: str, *mends: str) -> NoReturn:
    """Say what is wrong and how to mend it, each on its line; exit code 1."""
    errors = Console(stderr=True)
    errors.print(f"[red]{escape(why)}[/red]", soft_wrap=True)
    for mend in mends:
        errors.print(escape(mend), soft_wrap=True)
    raise typer.Exit(1)


@contextmanager
def installation() -> Iterator[Innesco]:
    """Everything in the folder that `INNESCO_DATA` names, closed at the end."""
    try:
        innesco = open_innesco(settings())
    except ValueError as wrong:
        fail(str(wrong))
    try:
        yield innesco
    finally:
        close(innesco.stores)


def chosen(innesco: Innesco, workspace: str | None) -> str:
    """The workspace that was named, or the only one."""
    with innesco.stores.control.connect() as connection:
        there = workspaces.ids(connection)
    if not there:
        where = innesco.settings.data
        fail(f"There is no workspace in {where} yet.", "Make one: innesco workspaces create")
    if workspace is None and len(there) == 1:
        return there[0]
    if workspace is None:
        fail("There are several workspaces.", f"Say which: --workspace {'|'.join(there)}")
    if workspace not in there:
        fail(f"There is no workspace {workspace}.", f"There are: {', '.join(there)}")
    return workspace


def say(document: object) -> None:
    """One JSON document on one line."""
    typer.echo(msgspec.json.encode(document).decode())


def table(*columns: str) -> Table:
    """Plain columns, of which the first is never cut: it is what other commands are told."""
    first, *others = columns
    return Table(Column(first, no_wrap=True), *others, box=None, padding=(0, 2))


def show(what: Table | str) -> None:
    Console().print(what, soft_wrap=isinstance(what, str))
