"""From a file of orders to visible history: rows a second, import, log, live and reading together.

`python bench/import.py [DATA] [--quick]`: DATA is the Online Retail file as Parquet (UCI 352;
columns invoice_no, stock_code, quantity, invoice_ts, unit_price, customer_id, country). Without it
a file of the same shape is drawn. The reference reads the same file and writes one JSON line an
order, with nothing of ours. Seconds are those of the clock and, beside them, of the processor.
"""

import argparse
import json
import random
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as parquet
import sqlalchemy as sa

sys.path.insert(0, str(Path(__file__).parents[1]))

from innesco.cli.import_orders import Report, bring, columns
from innesco.connectors.importing.file import look
from innesco.connectors.importing.line import How
from innesco.definitions.workspace import Workspace
from innesco.main import Innesco, make_live, open_innesco
from innesco.settings import Settings
from innesco.storage import history, loose, tables, workspaces
from innesco.storage.audit import PROGRAM
from innesco.storage.clock import wall
from innesco.storage.open import close

TARGET = 5_000
MAP = (
    "order=invoice_no,product=stock_code,quantity=quantity,moment=invoice_ts,price=unit_price,"
    "customer=customer_id,country=country"
)
EXPECTED = {"rows": 541_909, "orders": 25_900, "without_customer": 3_710, "price_zero": 2_515}
"""What the Online Retail file holds; a drawn or shortened one is counted by itself."""


def timed(work: Callable[[], Any]) -> tuple[Any, float, float]:
    """What it answers, seconds of the clock, seconds of the processor."""
    wall_began, began = time.perf_counter(), time.process_time()
    answer = work()
    return answer, time.perf_counter() - wall_began, time.process_time() - began


def bare(path: Path) -> int:
    """The file read and grouped, one JSON line an order; how many orders."""
    held: dict[str, list[Any]] = {}
    for batch in parquet.ParquetFile(path).iter_batches(10_000):
        for row in batch.to_pylist():
            held.setdefault(row["invoice_no"], []).append(row)
    with tempfile.TemporaryFile("w") as file:
        for order, lines in held.items():
            file.write(json.dumps({"order": order, "lines": lines}, default=str) + "\n")
    return len(held)


def whole(innesco: Innesco, path: Path) -> tuple[Report, int]:
    """Import, fold, and read every person's history; how many events are there to be seen."""
    report = bring(innesco, "shop", look(path, columns(MAP)), How("Europe/London", "GBP"))
    live = make_live(innesco)
    while live.catch_up().rows:
        pass
    with innesco.stores.people.connect() as connection:
        names = list(connection.scalars(sa.select(tables.persons.c.id)))
        seen = sum(map(len, history.load(connection, "shop", names).values()))
        totals = loose.totals(connection, "shop")
    return report, seen + totals.orders + totals.refunds


def opened(folder: Path) -> Innesco:
    innesco = open_innesco(Settings(data=folder))
    shop = Workspace(name="Shop", currency="GBP", zone="Europe/London")
    stores = innesco.stores
    workspaces.create(stores.control, stores.journal, "shop", shop, PROGRAM, wall(), wall())
    return innesco


def drawn(path: Path, orders: int) -> Path:
    """Orders of some twenty lines each, as the Online Retail file has them."""
    chance, rows = random.Random(7), []
    moment = datetime(2011, 1, 1)  # noqa: DTZ001 - the file's own moments have no zone either
    for n in range(orders):
        moment += timedelta(minutes=20)
        customer = chance.choice([None, *range(orders // 5)]) if n % 7 else None
        for _ in range(chance.randrange(1, 42)):
            row = {"invoice_no": str(n), "stock_code": f"sku-{chance.randrange(4_000)}"}
            row |= {"quantity": chance.randrange(1, 12), "invoice_ts": moment, "country": "Italia"}
            row |= {"unit_price": chance.randrange(1, 2_000) / 100, "customer_id": customer}
            rows.append(row)
    parquet.write_table(pa.Table.from_pylist(rows), path)
    return path


def shortened(path: Path, into: Path, rows: int) -> Path:
    parquet.write_table(parquet.read_table(path).slice(0, rows), into)
    return into


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("data", nargs="?", type=Path)
    arguments.add_argument("--quick", action="store_true", help="a tenth of it")
    said = arguments.parse_args()
    with tempfile.TemporaryDirectory(prefix="innesco-import-") as name:
        folder = Path(name)
        if said.data is None or not said.data.exists():
            print(f"no file {said.data or 'given'}: orders of the same shape are drawn")
            path = drawn(folder / "drawn.parquet", 1_500 if said.quick else 10_000)
        elif said.quick:
            path = shortened(said.data, folder / "short.parquet", 40_000)
        else:
            path = said.data
        rows = measured(path, folder)
        rows[0]["what"] += f" ({path.stem})"
    print(json.dumps({"bench": "import", "rows": rows}))


def measured(path: Path, folder: Path) -> list[dict[str, Any]]:
    innesco = opened(folder / "data")
    (report, seen), seconds, busy = timed(lambda: whole(innesco, path))
    close(innesco.stores)
    _, bare_seconds, bare_busy = timed(lambda: bare(path))
    rows, sums = report.rows, report.sums
    print(f"{rows:,} rows, {report.orders:,} orders, {report.events:,} events, {seen:,} visible")
    print(
        f"clock {seconds:.1f} s, processor {busy:.1f} s; bare {bare_seconds:.1f}, {bare_busy:.1f}"
    )
    fast = {
        "what": "rows of a file to visible history",
        "value": round(rows / seconds),
        "unit": "rows/s",
        "reference": round(rows / bare_seconds),
        "ratio": round(bare_seconds / seconds, 3),
        "target": f">= {TARGET}",
        "holds": rows / seconds >= TARGET,
    }
    of_processor = fast | {
        "what": "the same by seconds of one core: others' work on the machine does not count",
        "value": round(rows / busy),
        "reference": round(rows / bare_busy),
        "ratio": round(bare_busy / busy, 3),
        "holds": rows / busy >= TARGET,
    }
    full = rows == EXPECTED["rows"]
    complete = {
        "what": "every row and order counted once, every event visible",
        "value": sums.rows,
        "unit": "rows",
        "reference": rows,
        "ratio": sums.rows / rows,
        "target": "= reference",
        "holds": (sums.rows, sums.orders, seen) == (rows, report.orders, report.events)
        and (not full or all(getattr(sums, name) == n for name, n in EXPECTED.items())),
    }
    return [fast, of_processor, complete]


if __name__ == "__main__":
    main()
