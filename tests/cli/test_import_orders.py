"""`innesco import orders`: from a file to what is known of people, and twice changes nothing."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from typer.testing import CliRunner

from innesco.cli.commands import app
from innesco.cli.import_orders import KEY, entries
from innesco.definitions.workspace import Workspace
from innesco.events.event import Source
from innesco.main import make_live, open_innesco
from innesco.settings import Settings
from innesco.storage import journal, loose, tables, workspaces
from innesco.storage.audit import PROGRAM
from innesco.storage.clock import wall
from innesco.storage.open import close
from tests.way.shop import WORKSPACE, Shop, said

MAP = "order=invoice,product=code,quantity=quantity,moment=date,price=price,customer=customer"
FILE = """invoice,code,quantity,date,price,customer
1,MUG,2,2011-06-01,2.55,anna
1,CUP,1,2011-06-01,4,anna
2,MUG,1,2011-06-02,2.55,
C1,CUP,-1,2011-06-03,4,anna
C2,CUP,-1,2011-06-03,1,
3,MUG,-9,2011-06-03,0,
4,MUG,1,yesterday,1,bert
"""


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("INNESCO_DATA", str(tmp_path / "data"))
    innesco = open_innesco(Settings(data=tmp_path / "data"))
    stores = innesco.stores
    shop = Workspace(name="Shop", currency="GBP", zone="Europe/London")
    workspaces.create(stores.control, stores.journal, "shop", shop, PROGRAM, wall(), wall())
    close(stores)
    (tmp_path / "orders.csv").write_text(FILE)
    return tmp_path


def bring(data: Path) -> dict[str, Any]:
    words = ["import", "orders", str(data / "orders.csv"), "--workspace", "shop", "--map", MAP]
    answer = CliRunner().invoke(app, [*words, "--json"])
    assert answer.exit_code == 0, answer.output
    report: dict[str, Any] = json.loads(answer.stdout.splitlines()[-1])
    return report


def learnt(data: Path) -> dict[str, Any]:
    """All that live keeps of it, and the totals of nobody."""
    innesco = open_innesco(Settings(data=data / "data"))
    live = make_live(innesco)
    while live.catch_up().rows:
        pass
    kept = ("persons", "identities", "history", "loose_orders", "quarantine", "runs", "effects")
    with innesco.stores.people.connect() as connection:
        found: dict[str, Any] = {
            name: [tuple(row) for row in connection.execute(sa.select(tables.people.tables[name]))]
            for name in kept
        }
        found["totals"] = loose.totals(connection, "shop")
    close(innesco.stores)
    return found


def test_a_file_becomes_history_and_twice_changes_nothing(data: Path) -> None:
    report = bring(data)
    assert (report["sums"]["rows"], report["sums"]["orders"], report["events"]) == (7, 6, 4)
    assert report["reasons"] == {"'yesterday' is no moment (ISO 8601; --dates says another way)": 1}
    first = learnt(data)
    assert [row[0] for row in first["persons"]] == ["shop"]
    assert sum(row[4] for row in first["history"]) == 2
    assert first["totals"] == loose.Totals(orders=1, sold=255, refunds=1, given_back=100)
    assert first["quarantine"] == []
    bring(data)
    assert learnt(data) == first


def test_the_refused_lines_are_in_a_file_of_their_own(data: Path) -> None:
    refused = Path(bring(data)["refused_file"])
    assert refused.is_relative_to(data / "data")
    header, line = refused.read_text().splitlines()
    assert header == "place,reason,order,product,quantity,moment,price,customer"
    assert line.startswith("8,'yesterday' is no moment")


def test_the_table_ends_with_the_files_own_numbers(data: Path) -> None:
    words = ["import", "orders", str(data / "orders.csv"), "--workspace", "shop", "--map", MAP]
    printed = CliRunner(env={"COLUMNS": "180"}).invoke(app, words).stdout
    sums = next(line for line in printed.splitlines() if "the file" in line)
    assert sums.split()[2:] == ["7", "6", "3", "1", "·"]


@pytest.mark.parametrize(
    ("workspace", "columns", "says"),
    [
        ("shop", "order=invoice", "must be named"),
        ("shop", MAP + ",colour=code", "no colour"),
        ("shop", MAP.replace("code", "sku"), "no column sku"),
        ("elsewhere", MAP, "elsewhere"),
    ],
)
def test_what_cannot_be_imported_is_said(
    workspace: str, columns: str, says: str, data: Path
) -> None:
    words = ["import", "orders", str(data / "orders.csv"), "--workspace", workspace]
    answer = CliRunner(env={"COLUMNS": "300"}).invoke(app, [*words, "--map", columns])
    assert answer.exit_code == 2
    assert says in answer.output


# -- imported and live, one order ------------------------------------------------------------------


def order(number: str, total: float, message: str, **more: Any) -> dict[str, Any]:
    return {
        "type": "track",
        "event": "Order Completed",
        "userId": "anna",
        "messageId": message,
        "timestamp": "2026-01-02T10:00:00Z",
        "properties": {"order_id": number, "total": total, **more},
    }


def refund(number: str, total: float, message: str) -> dict[str, Any]:
    said = order("", total, message) | {"event": "Order Refunded"}
    return said | {"properties": {"refund_id": number, "total": total}}


def imported(shop: Shop, *events: dict[str, Any]) -> None:
    made = entries(WORKSPACE, [json.dumps(one).encode() for one in events])
    journal.append(shop.journal, made, shop.now)


@pytest.fixture
def shop(tmp_path: Path) -> Any:
    one = Shop(tmp_path)
    yield one
    one.close()


def test_an_order_that_the_shop_told_before_is_not_imported_again(shop: Shop) -> None:
    """Months later too, when its message id is long forgotten, and whatever the file says."""
    shop.hear(order("1001", 20, "m1"), source=Source.SERVER)
    imported(shop, refund("R1", 5, "i0"))
    shop.read()
    before = shop.kept()
    shop.now = datetime(2026, 9, 1, tzinfo=UTC)
    imported(shop, order("1001", 20, "i1"), order("1001", 99, "i2"), refund("R1", 5, "i3"))
    shop.read()
    assert shop.kept() == before


def test_an_order_that_only_a_browser_claimed_is_confirmed_by_a_file(shop: Shop) -> None:
    shop.hear(said("Order Completed", 0, order_id="1001", total=20))
    shop.hear(
        {"type": "identify", "anonymousId": "phone", "userId": "anna", "messageId": "i"},
        source=Source.SERVER,
    )
    imported(shop, order("1001", 20, "i1"))
    shop.read()
    (state,) = shop.states().values()
    assert state["person"]["orders"]["1001"][3] is True


def test_a_refund_without_its_order_is_remembered_and_one_with_it_lowers_it(shop: Shop) -> None:
    own = refund("R1", 5, "i1")
    own["properties"]["order_id"] = "1001"
    imported(shop, order("1001", 20, "i0"), own, refund("R2", 7, "i2"))
    shop.read()
    (state,) = shop.states().values()
    assert state["person"]["refunds"] == {"r1": 500, "r2": 700}
    assert state["person"]["orders"]["1001"][4] == 500


def test_only_history_counts_for_nobody(shop: Shop) -> None:
    """A live order that says nothing about who it was stays in quarantine, to be looked at."""
    nobody = order("1", 20, "a") | {"userId": None}
    shop.hear(nobody, source=Source.SERVER)
    imported(shop, nobody | {"messageId": "b"}, nobody | {"messageId": "c"})
    shop.read()
    kept = shop.kept()
    assert [row[:4] for row in kept["loose_orders"]] == [("shop", "order/1", 2000, "EUR")]
    assert len(kept["quarantine"]) == 1


def test_every_file_comes_with_the_one_key(shop: Shop) -> None:
    (entry,) = entries(WORKSPACE, [b"{}"])
    assert (entry.key, entry.kind, entry.source) == (KEY, "import", Source.IMPORT)
