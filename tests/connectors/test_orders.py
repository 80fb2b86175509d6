"""Orders from a file: what becomes of each line, whatever the file looks like."""

import csv
import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as parquet
import pytest
from hypothesis import given, settings, strategies as st

from innesco.connectors import orders
from innesco.connectors.importing.file import Unreadable, look
from innesco.connectors.importing.line import FIELDS, How
from innesco.connectors.importing.order import MOST_PRODUCTS, Kind
from innesco.connectors.importing.tally import Tally
from innesco.connectors.orders import Refused
from innesco.events.admit import Customs, Letter, admit
from innesco.events.event import Admitted, Source

HOW = How("Europe/London", "GBP")
COLUMNS = {name: name for name in FIELDS[:8]}
GOOD = {
    "order": "1001",
    "product": "MUG",
    "quantity": "2",
    "moment": "2011-06-01 10:30",
    "price": "2.55",
    "customer": "17850",
}


class Read:
    """What an import of a file came to."""

    def __init__(self, path: Path, how: How = HOW, columns: dict[str, str] = COLUMNS) -> None:
        self.file = look(path, columns)
        self.tally, self.refused = Tally(), list[Refused]()
        learnt = orders.survey(self.file)
        told = orders.told(self.file, how, learnt, self.tally, self.refused.append)
        self.raw = list(told)
        self.events: list[dict[str, Any]] = [json.loads(one) for one in self.raw]
        self.rows, self.orders = learnt.rows, learnt.last

    def reasons(self) -> list[tuple[int, str]]:
        return [(one.place, one.reason) for one in self.refused]


def written(folder: Path, *lines: dict[str, str], name: str = "orders.csv") -> Path:
    path = folder / name
    with path.open("w", newline="") as file:
        rows = csv.DictWriter(file, list(COLUMNS))
        rows.writeheader()
        rows.writerows(lines)
    return path


def test_lines_of_one_order_are_one_event_wherever_they_stand(tmp_path: Path) -> None:
    other = GOOD | {"order": "1002", "customer": "17"}
    cup = GOOD | {"product": "CUP", "quantity": "1", "price": "4"}
    read = Read(written(tmp_path, GOOD, other, cup))
    mine = next(one for one in read.events if one["properties"]["order_id"] == "1001")
    assert (mine["event"], mine["userId"]) == ("Order Completed", "17850")
    assert mine["timestamp"] == "2011-06-01T09:30:00+00:00"  # London's summer
    assert mine["properties"]["total"] == 9.10
    assert [line["product_id"] for line in mine["properties"]["products"]] == ["MUG", "CUP"]
    assert len(read.events) == 2


@pytest.mark.parametrize(
    ("change", "kind"),
    [
        ({}, Kind.ORDER),
        ({"quantity": "-2"}, Kind.REFUND),
        ({"customer": ""}, Kind.LOOSE_ORDER),
        ({"customer": "", "quantity": "-2"}, Kind.LOOSE_REFUND),
        ({"customer": "", "email": "anna@example.com"}, Kind.ORDER),
        ({"customer": "", "email": "no address"}, Kind.LOOSE_ORDER),
        ({"price": "0"}, Kind.ORDER),
        ({"price": "0", "customer": ""}, Kind.FOUND),
        ({"price": "0", "quantity": "-2"}, Kind.STOCK),
        ({"price": "-1"}, Kind.BAD),
        ({"quantity": "0"}, Kind.BAD),
        ({"quantity": "1.5"}, Kind.BAD),
        ({"quantity": "x"}, Kind.BAD),
        ({"price": ""}, Kind.BAD),
        ({"price": "nan"}, Kind.BAD),
        ({"moment": "yesterday"}, Kind.BAD),
        ({"moment": "1999-12-31"}, Kind.BAD),
        ({"product": ""}, Kind.BAD),
    ],
)
def test_what_a_line_is(change: dict[str, str], kind: Kind, tmp_path: Path) -> None:
    read = Read(written(tmp_path, GOOD | change))
    assert {one: count.rows for one, count in read.tally.counts.items() if count.rows} == {kind: 1}
    assert read.tally.counts[kind].orders == 1
    assert len(read.events) == (kind not in (Kind.FOUND, Kind.STOCK, Kind.BAD))
    assert [place for place, _ in read.reasons()] == ([2] if kind is Kind.BAD else [])


def test_a_bad_line_has_its_place_and_the_rest_of_the_order_is_kept(tmp_path: Path) -> None:
    read = Read(written(tmp_path, GOOD, GOOD | {"price": "two"}, GOOD | {"product": "CUP"}))
    assert read.reasons() == [(3, "price 'two' is no number")]
    assert [line["product_id"] for line in read.events[0]["properties"]["products"]] == [
        "MUG",
        "CUP",
    ]


def test_an_order_of_several_kinds_is_counted_where_something_was_kept(tmp_path: Path) -> None:
    read = Read(written(tmp_path, GOOD | {"price": "two"}, GOOD, GOOD | {"quantity": "-1"}))
    orders_of = {kind: count.orders for kind, count in read.tally.counts.items() if count.orders}
    assert orders_of == {Kind.ORDER: 1}
    assert read.tally.mixed == 1


def test_what_comes_back_within_an_order_is_a_refund_of_it(tmp_path: Path) -> None:
    bought, back = Read(written(tmp_path, GOOD, GOOD | {"quantity": "-1"})).events
    assert bought["properties"]["total"] == 5.10
    assert back["event"] == "Order Refunded"
    assert (back["properties"]["order_id"], back["properties"]["total"]) == ("1001", 2.55)


def test_among_plain_numbers_a_letter_is_no_order_but_c_is_a_cancellation(tmp_path: Path) -> None:
    lines = [GOOD | {"order": str(n)} for n in range(20)]
    debt = GOOD | {"order": "A5"}
    cancelled = GOOD | {"order": "C6", "quantity": "-1"}
    read = Read(written(tmp_path, *lines, debt, cancelled))
    assert read.reasons() == [(22, "number begins with A, the others are plain numbers")]
    assert read.events[-1]["properties"]["refund_id"] == "C6"


def test_where_numbers_have_letters_they_are_orders(tmp_path: Path) -> None:
    read = Read(written(tmp_path, *(GOOD | {"order": f"W-{n}"} for n in range(3))))
    assert len(read.events) == 3
    assert not read.refused


def test_an_order_of_two_customers_keeps_the_first(tmp_path: Path) -> None:
    read = Read(written(tmp_path, GOOD, GOOD | {"customer": "2"}))
    assert read.reasons() == [(3, "another customer than the order's first line")]


def test_a_very_long_order_is_one_event_that_is_admitted(tmp_path: Path) -> None:
    lines = [GOOD | {"product": f"{n:0>190}", "price": str(n)} for n in range(1, 400)]
    read = Read(written(tmp_path, *lines))
    letter = Letter(1, datetime.fromisoformat("2026-01-01T00:00:00Z"), Source.IMPORT, "import")
    admitted = admit(read.raw[0], letter, Customs("Europe/London", "GBP"))
    assert isinstance(admitted, Admitted)
    assert admitted.event.facts["value"] == sum(2 * 100 * n for n in range(1, 400))
    assert admitted.event.items[0].price == 39_900  # those worth most stay
    assert 0 < len(admitted.event.items) <= MOST_PRODUCTS
    assert read.tally.cut == 1


@pytest.mark.parametrize(
    ("encoding", "delimiter", "said"),
    [
        ("utf-8", ",", "CSV with ',', UTF-8"),
        ("utf-8-sig", ";", "CSV with ';', UTF-8 with BOM"),
        ("latin-1", "\t", "CSV with '\\t', Latin-1"),
    ],
)
def test_how_a_csv_is_written(encoding: str, delimiter: str, said: str, tmp_path: Path) -> None:
    path = tmp_path / "ordini.csv"
    text = "order;product;quantity;moment;price;customer;email;country\n"
    text += 'n1;CAFFÈ;1;2011-06-01;"1.234,50";7;;Città del Vaticano\n'
    path.write_bytes(text.replace(";", delimiter).encode(encoding))
    read = Read(path)
    assert read.file.written == said
    assert read.events[0]["properties"]["country"] == "Città del Vaticano"
    assert read.events[0]["properties"]["total"] == 1234.50


def test_dates_the_other_way_round_are_said_or_refused(tmp_path: Path) -> None:
    path = written(tmp_path, GOOD | {"moment": "12/1/2010 8:26"})
    assert "--dates" in Read(path).refused[0].reason
    read = Read(path, How("UTC", "GBP", "%m/%d/%Y %H:%M"))
    assert read.events[0]["timestamp"] == "2010-12-01T08:26:00+00:00"


def test_broken_lines_of_csv_and_json_are_refused_and_their_neighbours_kept(tmp_path: Path) -> None:
    path = tmp_path / "orders.jsonl"
    path.write_text("\n".join([json.dumps(GOOD), "{oops", "[]", json.dumps(GOOD | {"order": 7})]))
    read = Read(path)
    assert [place for place, _ in read.reasons()] == [2, 3]
    assert [one["properties"]["order_id"] for one in read.events] == ["1001", "7"]
    path = written(tmp_path, GOOD)
    path.write_text(path.read_text() + "1,2,3\n")
    assert Read(path).reasons() == [(3, "3 columns, the header has 8")]


def test_parquet_with_numbers_and_moments_of_its_own(tmp_path: Path) -> None:
    path = tmp_path / "orders.parquet"
    columns = {
        "order": ["1", "2"],
        "product": ["A", "B"],
        "quantity": pa.array([1, 2], pa.int32()),
        "moment": pa.array([datetime(2011, 1, 1, 9)] * 2, pa.timestamp("us")),  # noqa: DTZ001
        "price": [0.1, 0.2],
        "customer": pa.array([17850.0, None]),
    }
    parquet.write_table(pa.table(columns), path)
    read = Read(path, columns={name: name for name in columns})
    assert [one.get("userId") for one in read.events] == ["17850", None]
    assert [one["properties"]["total"] for one in read.events] == [0.1, 0.4]


def test_a_column_that_lacks_is_named(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="no column invoice; the file has order, "):
        look(written(tmp_path, GOOD), COLUMNS | {"order": "invoice"})


LINES = st.lists(
    st.fixed_dictionaries(
        {
            "order": st.sampled_from(["1", "2", "3", "C4", "A5", ""]),
            "product": st.sampled_from(["MUG", "CUP", ""]),
            "quantity": st.sampled_from(["1", "-1", "0", "2", "x"]),
            "moment": st.just("2011-06-01"),
            "price": st.sampled_from(["0", "1.5", "-1", "2"]),
            "customer": st.sampled_from(["", "7", "8"]),
        }
    ),
    max_size=30,
)


@settings(deadline=None, max_examples=60)
@given(lines=LINES)
def test_whatever_is_in_it_the_numbers_add_up_to_the_files(
    lines: list[dict[str, str]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Every row and every order number is counted once, and each event is told once."""
    read = Read(written(tmp_path_factory.mktemp("drawn"), *lines))
    sums = read.tally.sums
    assert sums.rows == read.rows == len(lines)
    assert sums.orders == len({line["order"] for line in lines if line["order"]})
    assert sums.price_zero == sum(line["price"] == "0" for line in lines)
    assert sum(read.tally.reasons.values()) == len(read.refused)
    assert sum(count.rows for kind, count in read.tally.counts.items() if kind in REFUSED) == len(
        read.refused
    )
    assert len({one["messageId"] for one in read.events}) == len(read.events)


REFUSED = (Kind.BAD, Kind.NO_ORDER)
