"""`innesco nightly`: the nightly work, by hand or from cron."""

from typing import Annotated

import msgspec
import typer
from rich.console import Console
from rich.table import Table

from innesco.main import open_innesco
from innesco.settings import settings
from innesco.storage.open import close
from innesco.workers import nightly as nights
from innesco.workers.nightly import AlreadyAtWork, Night


def nightly(
    json: Annotated[bool, typer.Option("--json", help="print one JSON document")] = False,
) -> None:
    """Trim what is past its time, compact histories, make a checked backup; while it all runs."""
    night = _work()
    if json:
        typer.echo(msgspec.json.encode(night).decode())
    else:
        _show(night)
    if night.failed:
        raise typer.Exit(1)


def _work() -> Night:
    errors, innesco = Console(stderr=True), open_innesco(settings())
    try:
        with errors.status("starting") as status:
            return nights.work(innesco.settings, innesco.stores, innesco.now(), status.update)
    except AlreadyAtWork as why:
        errors.print(f"[red]{why}[/red]", soft_wrap=True)
        raise typer.Exit(1) from why
    finally:
        close(innesco.stores)


def _show(night: Night) -> None:
    table = Table("trimmed", "rows", box=None, padding=(0, 2))
    for what, rows in night.trimmed.items():
        table.add_row(what, f"{rows:,}")
    console = Console()
    console.print(table if night.trimmed else "Nothing was past its time.")
    console.print(f"{night.compacted:,} histories were rewritten in fewer chunks.")
    if night.backup or night.note:
        said = f"Saved in {night.backup}." if night.backup else f"No backup: {night.note}."
        console.print(said, soft_wrap=True)
    console.print(
        f"It took {night.seconds:.1f} s; the longest commit {1000 * night.longest_pause:.0f} ms."
    )
    for part, why in night.failed.items():
        console.print(f"[red]{part} failed: {why}[/red]", soft_wrap=True)
