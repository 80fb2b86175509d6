"""`innesco verify NAME`: proves a promise on this machine; exit code 0 only when it holds."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from signal import SIGTERM, default_int_handler, signal
from typing import Annotated

import msgspec
import typer
from rich.console import Console
from rich.table import Table

from innesco.errors import InnescoError
from innesco.verify.report import Report

app = typer.Typer(
    no_args_is_help=True,
    help="Prove a promise on this machine; --sabotage plants the fault that it must catch.",
)
Sabotage = Annotated[bool, typer.Option("--sabotage", help="plant what it must catch")]
Json = Annotated[bool, typer.Option("--json", help="print one JSON report")]
CANNOT = 2
"""The exit code of a proof that this machine cannot run."""


@app.command()
def crash(
    seconds: Annotated[
        float, typer.Option(help="a third as many kills, 1720 events each second")
    ] = 60,
    seed: Annotated[int, typer.Option(help="draws who is killed when")] = 7,
    sabotage: Sabotage = False,
    json: Json = False,
) -> None:
    """Roles are killed under load: nothing acknowledged is lost, nothing is sent twice."""
    from innesco.verify import crash as proof

    plan = proof.Plan(seconds, seed)
    _prove(lambda say: (proof.sabotaged if sabotage else proof.crash)(plan, say), json)


@app.command()
def power(
    cuts: Annotated[int, typer.Option(help="how often the plug is pulled")] = 5,
    seconds: Annotated[float, typer.Option(help="of writing before each cut")] = 2,
    sabotage: Sabotage = False,
    json: Json = False,
) -> None:
    """The power is cut while the log is written: nothing acknowledged is lost. Needs root."""
    from innesco.verify import power as proof

    prove = proof.sabotaged if sabotage else proof.power
    with _able(proof.CannotCut):
        _prove(lambda say: prove(cuts, seconds, say), json)


@app.command()
def full(
    rounds: Annotated[int, typer.Option(help="how often the disk fills up")] = 10,
    seed: Annotated[int, typer.Option(help="draws when, and how little room is left")] = 7,
    sabotage: Sabotage = False,
    json: Json = False,
) -> None:
    """The disk fills up under load: nothing false is acknowledged, all goes on. Needs root."""
    from innesco.verify import full as proof

    prove = proof.sabotaged if sabotage else proof.full
    with _able(proof.CannotFill):
        _prove(lambda say: prove(rounds, seed, say), json)


@app.command()
def fuzz(
    cases: Annotated[int, typer.Option(help="odd requests")] = 10_000,
    seed: Annotated[int, typer.Option(help="draws the requests")] = 7,
    sabotage: Sabotage = False,
    json: Json = False,
) -> None:
    """Odd requests to every tracking path: always an answer, never a 5xx, no restart."""
    from innesco.verify import fuzz as proof

    _prove(lambda say: (proof.sabotaged if sabotage else proof.fuzz)(cases, seed, say), json)


@app.command()
def stop(
    times: Annotated[int, typer.Option(help="how often it is asked to stop")] = 50,
    seed: Annotated[int, typer.Option(help="draws the moments")] = 7,
    sabotage: Sabotage = False,
    json: Json = False,
) -> None:
    """The whole house is asked to stop under load, again and again: nothing is lost or doubled."""
    from innesco.verify import stop as proof

    _prove(lambda say: (proof.sabotaged if sabotage else proof.stop)(times, seed, say), json)


@contextmanager
def _able(cannot: type[InnescoError]) -> Iterator[None]:
    """What this machine cannot do is said in a sentence."""
    try:
        yield
    except cannot as why:
        Console(stderr=True).print(str(why), soft_wrap=True)
        raise typer.Exit(CANNOT) from why


def _prove(proof: Callable[[Callable[[str], None]], Report], json: bool) -> None:
    """Run it with its progress on stderr, print what it found, exit by it."""
    signal(SIGTERM, default_int_handler)  # so that what a proof has started ends with it
    errors = Console(stderr=True)
    with errors.status("starting") as status:
        found = proof(status.update)
    if json:
        typer.echo(msgspec.json.encode(found).decode())
    else:
        _show(found)
    raise typer.Exit(0 if found.holds else 1)


def _show(found: Report) -> None:
    table = Table("", f"verify {found.verify}", "found", "wanted", box=None, padding=(0, 2))
    for row in found.rows:
        mark = "[green]✓[/]" if row.holds else "[red]✗[/]"
        table.add_row(mark, row.what, str(row.value), row.wanted)
    for what, value in found.figures.items():
        table.add_row("", f"[dim]{what}[/]", f"[dim]{value}[/]", "")
    Console().print(table)
