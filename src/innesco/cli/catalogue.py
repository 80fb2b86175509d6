"""`innesco catalogue import FILE`: what the shop sells, so that mails have products to show."""

from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import islice
from pathlib import Path
from typing import Annotated

import typer
from msgspec import Struct
from msgspec.structs import replace
from rich.markup import escape

from innesco.catalogue.product import Product
from innesco.cli.answer import Json, Which, chosen, fail, installation, say, show, table
from innesco.cli.import_orders import Refusals, bar, progress
from innesco.connectors import products
from innesco.connectors.importing.file import File, Hear, Unreadable
from innesco.connectors.orders import Refused
from innesco.connectors.products import Feed, How
from innesco.main import Innesco
from innesco.messages.render import leads_home
from innesco.storage import catalogue, workspaces
from innesco.storage.audit import PROGRAM, Act, record
from innesco.storage.clock import wall
from innesco.storage.engines import writing

app = typer.Typer(no_args_is_help=True, help="What the shop sells.")
AT_ONCE = 500


class Report(Struct, frozen=True):
    """What became of every line."""

    file: str
    lines: int
    refused: int
    again: int  #: lines about a product that an earlier line told of
    products: dict[str, int]  #: new, changed, same
    elsewhere: int  #: products whose page is at a host that mails may not link to
    reasons: list[Refused]  #: the first refused lines
    refused_file: str | None


@app.callback()
def kinds() -> None:
    """`catalogue` has a word for each thing one does with it; it stays while there is one."""


@app.command("import")
def import_products(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="CSV, JSONL, Parquet")],
    language: Annotated[str | None, typer.Option(help="of its names [the shop's]")] = None,
    currency: Annotated[str | None, typer.Option(help="of bare prices [the shop's]")] = None,
    workspace: Which = None,
    json: Json = False,
) -> None:
    """Products by sku, name, url, price, or as a Google Merchant feed calls them. Twice changes
    nothing; what the file does not name stays."""
    try:
        found = products.open_feed(file)
    except Unreadable as why:
        fail(f"{file}: {why}")
    with installation() as innesco:
        where = chosen(innesco, workspace)
        with innesco.stores.control.connect() as connection:
            shop = workspaces.settings(connection, where)
        how = How(language or shop.language, (currency or shop.currency).upper())
        report = bring(innesco, where, found, how)
    if json:
        say(report)
    else:
        _show(report)
    if report.lines and report.refused == report.lines:
        raise typer.Exit(1)


def bring(innesco: Innesco, workspace: str, file: File, how: How) -> Report:
    """Read it whole, keep what differs from what is known."""
    refusals = Refusals(
        innesco.settings.data / "imports" / f"{file.path.stem}-refused.csv", tuple(file.columns)
    )
    with progress() as shown, refusals:
        feed = products.read(file, how, refusals.add, bar(shown, "reading"))
        counts = _keep(innesco, workspace, feed, bar(shown, "keeping"))
    with innesco.stores.control.connect() as connection:
        shop = workspaces.settings(connection, workspace)
    return Report(
        file=file.path.name,
        lines=feed.lines,
        refused=feed.refused,
        again=feed.again,
        products=counts,
        elsewhere=sum(not leads_home(one.url, shop) for one in feed.products.values()),
        reasons=refusals.first,
        refused_file=str(refusals.path) if refusals.first else None,
    )


def _keep(innesco: Innesco, workspace: str, feed: Feed, hear: Hear) -> dict[str, int]:
    """So many new, changed, same; an audit line when anything was."""
    counts = Counter(new=0, changed=0, same=0)
    done, told = 0, iter(feed.products.values())
    while some := list(islice(told, AT_ONCE)):
        known = catalogue.find(innesco.stores.control, workspace, [one.id for one in some])
        fresh = [one for one in merged(some, known) if known.get(one.id) != one]
        with writing(innesco.stores.control).begin() as connection:
            catalogue.keep(connection, workspace, fresh)
        counts["new"] += sum(one.id not in known for one in fresh)
        counts["changed"] += sum(one.id in known for one in fresh)
        counts["same"] += len(some) - len(fresh)
        done += len(some)
        hear(done / len(feed.products))
    if counts["new"] or counts["changed"]:
        act = Act(PROGRAM, "imported", "catalogue", workspace, dict(counts))
        with writing(innesco.stores.control).begin() as connection:
            record(connection, act, wall())
    return dict(counts)


def merged(some: Iterable[Product], known: Mapping[str, Product]) -> Iterable[Product]:
    """Names in other languages stay: a feed speaks one."""
    for one in some:
        before = known.get(one.id)
        yield (
            one
            if before is None
            else replace(
                one,
                name=before.name | one.name,
                description=before.description | one.description,
                variant=before.variant | one.variant,
            )
        )


def _show(report: Report) -> None:
    show(f"[bold]{escape(report.file)}[/]: {report.lines:,} lines, {report.refused:,} refused\n")
    shown = table("products", "")
    for what, count in report.products.items():
        shown.add_row(what, f"{count:,}")
    show(shown)
    for one in report.reasons:
        show(f"  line {one.place}: {escape(one.reason)}")
    if report.refused_file:
        show(f"  refused lines, {report.refused:,} in all: {escape(report.refused_file)}")
    if report.again:
        show(f"  {report.again:,} lines told of a product again: the last one counts")
    if report.elsewhere:
        show(
            f"  {report.elsewhere:,} products have their page at a host that is not the shop's:"
            " mails lead to the shop's home instead. Settings name the hosts."
        )
