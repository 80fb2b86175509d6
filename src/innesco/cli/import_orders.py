"""`innesco import orders FILE`: what a shop sold before it had Innesco, as quiet history."""

import csv
import time
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import Annotated, Any

import msgspec
import typer
from msgspec import Raw, Struct
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn
from rich.table import Table

from innesco.connectors import orders
from innesco.connectors.importing.file import File, Unreadable, look
from innesco.connectors.importing.line import FIELDS, NEEDED, How
from innesco.connectors.importing.order import MEANING, MOST_PRODUCTS, Kind
from innesco.connectors.importing.tally import Count, Tally
from innesco.connectors.orders import Refused
from innesco.events.body import sums_of
from innesco.events.event import Source
from innesco.events.money import digits
from innesco.main import Innesco, open_innesco
from innesco.settings import settings
from innesco.storage import journal, lag, workspaces
from innesco.storage.journal import Entry
from innesco.storage.open import close
from innesco.storage.workspaces import NoWorkspace

app = typer.Typer(no_args_is_help=True, help="Bring in what happened before Innesco was there.")
KEY = "import"
"""All files come with one key, so that an order told by two of them is one."""
EVENTS_A_ROW = 50
ROWS_A_COMMIT = 10
MOST_AHEAD = 20_000
"""Events that live may be behind: past it the door would send shoppers' events away for now."""
PATIENCE_SECONDS = 2.0
MOST_SHOWN = 20


@app.callback()
def history() -> None:
    """`import` has a word for each kind of history; it stays even while there is only one."""


@app.command("orders")
def import_orders(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="CSV, JSONL, Parquet")],
    workspace: Annotated[str, typer.Option(help="whose history it is")],
    map: Annotated[
        str, typer.Option(help=f"columns, such as order=invoice_no; {', '.join(FIELDS)}")
    ],
    zone: Annotated[str | None, typer.Option(help="of dates without one [the shop's]")] = None,
    currency: Annotated[str | None, typer.Option(help="of the prices [the shop's]")] = None,
    dates: Annotated[str | None, typer.Option(help="such as %d/%m/%Y %H:%M [ISO 8601]")] = None,
    json: Annotated[bool, typer.Option("--json", help="print one JSON report")] = False,
) -> None:
    """Learn old orders and refunds; nothing is started or sent by them. Twice changes nothing."""
    try:
        found = look(file, columns(map))
        innesco = open_innesco(settings())
        how = _how(innesco, workspace, zone, currency, dates)
    except (Unreadable, NoWorkspace, ValueError) as error:
        raise typer.BadParameter(str(error)) from None
    report = bring(innesco, workspace, found, how)
    close(innesco.stores)
    if json:
        typer.echo(msgspec.json.encode(report).decode())
    else:
        show(report)


class Report(Struct, frozen=True):
    """What became of every row; the counts' sums are the file's own numbers."""

    file: str
    written: str  #: how the file was read: CSV with ",", UTF-8
    rows: int
    orders: int
    events: int
    counts: dict[Kind, Count]
    sums: Count
    reasons: dict[str, int]  #: rows refused, by reason
    cut: int  #: orders with more products than one event holds
    mixed: int  #: orders whose lines were not all of one kind
    currency: str
    refused: list[Refused]  #: the first of them
    refused_file: str | None
    seconds: float


def columns(text: str) -> dict[str, str]:
    """`order=invoice_no,product=stock_code` as pairs; raises ValueError naming what lacks."""
    pairs = dict(part.split("=", 1) for part in text.split(",") if "=" in part)
    named = {name.strip(): column.strip() for name, column in pairs.items()}
    unknown = [name for name in named if name not in FIELDS]
    lacking = [name for name in NEEDED if name not in named]
    if unknown:
        raise ValueError(f"--map: no {', '.join(unknown)}; there are {', '.join(FIELDS)}")
    if lacking:
        raise ValueError(f"--map: {', '.join(lacking)} must be named")
    return named


def bring(innesco: Innesco, workspace: str, file: File, how: How) -> Report:
    """Read the file, append its events to the log, say what became of each row."""
    began, tally, events = time.monotonic(), Tally(), 0
    ahead = Ahead(innesco)
    place = innesco.settings.data / "imports" / f"{file.path.stem}-refused.csv"
    refusals = Refusals(place, tuple(file.columns))
    with progress() as shown, refusals:
        learnt = orders.survey(file, bar(shown, "looking through"))
        hear = bar(shown, "importing")
        told = orders.told(file, how, learnt, tally, refusals.add, hear)
        while some := list(islice(told, EVENTS_A_ROW * ROWS_A_COMMIT)):
            events += len(some)
            journal.append(innesco.stores.journal, entries(workspace, some), innesco.now())
            ahead.wait()
    return Report(
        file=file.path.name,
        written=file.written,
        rows=learnt.rows,
        orders=len(learnt.last),
        events=events,
        counts=tally.counts,
        sums=tally.sums,
        reasons=tally.reasons,
        cut=tally.cut,
        mixed=tally.mixed,
        currency=how.currency,
        refused=refusals.first,
        refused_file=str(refusals.path) if refusals.first else None,
        seconds=round(time.monotonic() - began, 2),
    )


def entries(workspace: str, events: list[bytes]) -> list[Entry]:
    """Rows of the log that each hold some tens of events."""
    made = []
    for n in range(0, len(events), EVENTS_A_ROW):
        some = events[n : n + EVENTS_A_ROW]
        body = b'{"batch":[%b]}' % b",".join(some)
        sums = sums_of([Raw(event) for event in some])
        made.append(Entry(workspace, Source.IMPORT, KEY, "import", len(some), body, sums))
    return made


class Refusals:
    """The list of refused lines: made with the first of them, so that a clean file leaves none."""

    def __init__(self, path: Path, columns: tuple[str, ...]) -> None:
        self.path = path
        self._columns = columns
        self.first: list[Refused] = []
        self._file: Any = None

    def __enter__(self) -> "Refusals":
        return self

    def __exit__(self, *_: object) -> None:
        if self._file:
            self._file.close()

    def add(self, one: Refused) -> None:
        if self._file is None:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self._file = self.path.open("w", newline="", encoding="utf-8", errors="replace")
            csv.writer(self._file).writerow(["place", "reason", *self._columns])
        if len(self.first) < MOST_SHOWN:
            self.first.append(one)
        csv.writer(self._file).writerow(
            [one.place, one.reason, *(one.said.get(name) for name in self._columns)]
        )


def _how(
    innesco: Innesco, workspace: str, zone: str | None, currency: str | None, dates: str | None
) -> How:
    with innesco.stores.control.connect() as connection:
        shop = workspaces.settings(connection, workspace)
    return How(zone or shop.zone, (currency or shop.currency).upper(), dates)


class Ahead:
    """Keeps the import from running far ahead of live, as long as live reads the log at all."""

    def __init__(self, innesco: Innesco) -> None:
        self._stores = innesco.stores
        self._reads = True

    def wait(self) -> None:
        """Until live is near; not at all once it was seen to stand still."""
        read, since = lag.read_until(self._stores.people), time.monotonic()
        while self._reads and self._head() - read > MOST_AHEAD:
            time.sleep(0.1)
            now = lag.read_until(self._stores.people)
            self._reads = now != read or time.monotonic() - since < PATIENCE_SECONDS
            if now != read:
                read, since = now, time.monotonic()

    def _head(self) -> int:
        head = journal.head(self._stores.journal)
        return head[0] if head else 0


def progress() -> Progress:
    """Bars on stderr, while a file is read."""
    parts = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn())
    return Progress(*parts, TimeRemainingColumn(), console=Console(stderr=True))


def bar(shown: Progress, what: str) -> Callable[[float], None]:
    """A line of the progress, moved by the part that is done."""
    task = shown.add_task(what, total=1.0)
    return lambda part: shown.update(task, completed=part)


# -- what is printed -----------------------------------------------------------------------------


def show(report: Report) -> None:
    """A line for each kind, and a sum that is the file's own number."""
    table = Table("", "", box=None, padding=(0, 1))
    for title in ("rows", "orders", "no customer", "price 0", "below 0", "worth"):
        table.add_column(title, justify="right")
    for kind, count in report.counts.items():
        table.add_row(kind.value, f"[dim]{MEANING[kind]}[/]", *_figures(count, report.currency))
    table.add_section()
    table.add_row("[bold]the file[/]", "", *_figures(report.sums, ""))
    console = Console()
    read = f"{report.written}; {report.rows:,} rows, {report.orders:,} order numbers"
    console.print(f"[bold]{report.file}[/]: {read} → {report.events:,} events\n")
    console.print(table)
    for line in _remarks(report):
        console.print(line, style="dim")


def _figures(count: Count, currency: str) -> list[str]:
    numbers = [count.rows, count.orders, count.without_customer]
    numbers += [count.price_zero, count.price_negative]
    worth = f"{count.units / 10 ** digits(currency):,.2f} {currency}" if count.units else ""
    return [f"{number:,}" if number else "·" for number in numbers] + [worth if currency else ""]


def _remarks(report: Report) -> Iterator[str]:
    for refused in report.refused:
        yield f"  {report.file}:{refused.place}: {refused.reason}"
    if report.refused_file:
        yield f"  refused lines, {sum(report.reasons.values()):,} in all: {report.refused_file}"
    if report.cut:
        yield f"  {report.cut:,} orders have more than {MOST_PRODUCTS} products: their worth is"
        yield "  whole, and of the products those stay that are worth most"
    if report.mixed:
        yield f"  {report.mixed:,} orders have lines of several kinds: counted with what was kept"
