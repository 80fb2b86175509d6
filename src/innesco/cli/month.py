"""`innesco demo --days 30`: a virtual month with its report."""

import asyncio
import logging

import msgspec
import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn
from rich.table import Table

from innesco.demo.report import Report
from innesco.demo.simulate import Wish, simulate


def month(wish: Wish, json: bool) -> None:
    """Live through it; the last line printed is the report as JSON."""
    logging.getLogger("httpx").setLevel(logging.WARNING)
    if json:
        report = asyncio.run(simulate(wish))
    else:
        report = _watched(wish)
        _table(report)
    typer.echo(msgspec.json.encode(report).decode())


def bar(console: Console) -> Progress:
    """A progress bar of simulated days."""
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        TaskProgressColumn(),
        TimeElapsedColumn(),
        console=console,
    )


def _watched(wish: Wish) -> Report:
    with bar(Console(stderr=True)) as progress:
        task = progress.add_task(f"{wish.days} days, {wish.people} shoppers", total=1.0)
        return asyncio.run(simulate(wish, lambda share: progress.update(task, completed=share)))


def _table(report: Report) -> None:
    table = Table(box=None, padding=(0, 2))
    for name in ("What", "Which", "How many"):
        table.add_column(name, justify="right" if name == "How many" else "left")
    table.add_row("people", "", str(report.people))
    table.add_row("orders", "", str(report.orders))
    for name, count in report.events.items():
        table.add_row("event", name, str(count))
    for journey, outcomes in report.runs.items():
        for outcome, count in outcomes.items():
            table.add_row(f"journey {journey}", outcome, str(count))
    for state, count in report.messages.items():
        table.add_row("message", state, str(count))
    Console().print(table)
