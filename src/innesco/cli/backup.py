"""`innesco backup FOLDER` and `innesco restore FOLDER`: a checked copy, and back, in hold."""

from collections.abc import Callable
from pathlib import Path
from typing import Annotated, TypeVar

import msgspec
import typer
from rich.console import Console
from rich.table import Table

from innesco.settings import settings
from innesco.storage import backup as backups, restore as restores
from innesco.storage.backup import Manifest, NoBackup
from innesco.storage.clock import wall

Answer = TypeVar("Answer")
Json = Annotated[bool, typer.Option("--json", help="print one JSON document")]


def backup(
    folder: Annotated[Path, typer.Argument(help="a new folder, such as backups/2026-11-24")],
    json: Json = False,
) -> None:
    """Copy everything while it runs, then read the copy to its last row."""
    made = _tell(lambda say: backups.back_up(settings().data, folder, wall(), say))
    if json:
        typer.echo(msgspec.json.encode(made).decode())
    else:
        _show(made, f"Saved in {folder}; every row of the copy was read and is whole.")


def restore(
    folder: Annotated[Path, typer.Argument(help="a folder that `innesco backup` made")],
    force: Annotated[
        bool, typer.Option("--force", help="move what is there aside, and take its place")
    ] = False,
    suppressions: Annotated[
        Path | None,
        typer.Option(help="a data folder whose exclusion list is taken over, else what is there"),
    ] = None,
    json: Json = False,
) -> None:
    """Put a backup back. Nothing is sent until somebody lifts the stop in Settings."""
    data = settings().data
    found = _tell(lambda say: restores.restore(folder, data, wall(), force, say, suppressions))
    if json:
        typer.echo(msgspec.json.encode(found).decode())
        return
    _show(found.manifest, f"Restored to {data}.")
    if found.aside:
        Console().print(f"What was there lies in {found.aside}.")
    Console().print(_who_left(found.left))
    Console().print(
        "[bold]Sending is stopped[/bold] in every workspace: start Innesco, look at what waits,"
        " then lift the stop in Settings."
    )


def _who_left(addresses: int | None) -> str:
    if addresses is None:
        return (
            "[bold]Who unsubscribed after the backup is not known[/bold]: --suppressions FOLDER"
            " takes over the exclusion list of another data folder."
        )
    return f"The exclusion list of what was there is kept: {addresses:,} addresses."


def _tell(work: Callable[[Callable[[str], None]], Answer]) -> Answer:
    """Its progress on stderr; what cannot be done is said in a sentence, exit code 1."""
    errors = Console(stderr=True)
    try:
        with errors.status("starting") as status:
            return work(status.update)
    except NoBackup as why:
        errors.print(f"[red]{why}[/red]", soft_wrap=True)
        raise typer.Exit(1) from why


def _show(manifest: Manifest, said: str) -> None:
    table = Table("file", "rows", "bytes", box=None, padding=(0, 2))
    for one in manifest.files:
        table.add_row(one.name, f"{sum(one.rows.values()):,}", f"{one.bytes:,}")
    Console().print(table)
    Console().print(said)
