"""`innesco catalogue import`: what a feed says is what mails show; bad lines are named."""

import json
from pathlib import Path

import pytest

from innesco.catalogue.product import Product
from innesco.settings import Settings
from innesco.storage import audit, catalogue
from innesco.storage.open import opened
from tests.cli.at_the_terminal import Terminal

OURS = """sku,product,name,url,image,price,currency,category,brand,availability,stock
CU-1,CU,Cuffie rosse,https://fico.example/cu,https://fico.example/cu.jpg,"1.049,90",,Audio,Fico,,3
CU-2,CU,Cuffie blu,https://fico.example/cu?v=2,,59,CHF,Audio,Fico,out_of_stock,
"""
GOOGLE = """id\ttitle\tlink\timage link\tprice\tsale price\tavailability\titem group id\tcolor
CU-1\tCuffie\thttps://fico.example/cu\t\t59.00 EUR\t49.00 EUR\tin stock\tCU\trosso
"""


@pytest.fixture
def shop(terminal: Terminal) -> Terminal:
    terminal.opens_a_shop()
    return terminal


def kept(terminal: Terminal, *ids: str) -> dict[str, Product]:
    with opened(Settings(data=terminal.data)) as stores:
        return dict(catalogue.find(stores.control, "fico-figli", ids))


def brings(terminal: Terminal, text: str, *more: str, name: str = "products.csv") -> object:
    file = terminal.folder / name
    file.write_text(text)
    return terminal.asks("catalogue", "import", str(file), *more)["products"]


def test_a_file_of_ours(shop: Terminal) -> None:
    assert brings(shop, OURS) == {"new": 3, "changed": 0, "same": 0}
    found = kept(shop, "CU-1", "CU-2", "CU")
    assert found["CU-1"] == Product(
        id="CU-1",
        name={"it": "Cuffie rosse"},
        price=104990,
        currency="EUR",
        category="Audio",
        brand="Fico",
        url="https://fico.example/cu",
        image_url="https://fico.example/cu.jpg",
        stock=3,
    )
    assert (found["CU-2"].price, found["CU-2"].currency, found["CU-2"].stock) == (5900, "CHF", 0)
    assert (found["CU"].name, found["CU"].stock) == ({"it": "Cuffie rosse"}, None)


def test_a_feed_of_google_merchant(shop: Terminal) -> None:
    brings(shop, GOOGLE, name="feed.tsv")
    one = kept(shop, "CU-1")["CU-1"]
    assert (one.price, one.full_price, one.currency) == (4900, 5900, "EUR")
    assert (one.variant, one.stock) == ({"it": "rosso"}, None)


def test_json_lines(shop: Terminal) -> None:
    line = {"id": 7, "title": "Moka", "link": "https://fico.example/m", "price": 24.9}
    brings(shop, json.dumps(line), name="products.jsonl")
    assert kept(shop, "7")["7"].price == 2490


def test_twice_changes_nothing_and_a_new_price_changes_one(shop: Terminal) -> None:
    brings(shop, OURS)
    assert brings(shop, OURS) == {"new": 0, "changed": 0, "same": 3}
    assert brings(shop, OURS.replace(",59,", ",49,")) == {"new": 0, "changed": 1, "same": 2}
    with opened(Settings(data=shop.data)) as stores, stores.control.connect() as connection:
        acts = [one.act for one in audit.entries(connection, "fico-figli")]
    assert acts.count("imported") == 2


def test_a_second_language_is_kept_beside_the_first(shop: Terminal) -> None:
    brings(shop, OURS)
    brings(shop, OURS.replace("Cuffie rosse", "Red headphones"), "--language=en")
    assert kept(shop, "CU-1")["CU-1"].name == {"it": "Cuffie rosse", "en": "Red headphones"}


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (",,Moka,https://fico.example/m,,1,,,,,", "sku is empty"),
        ("M,,,https://fico.example/m,,1,,,,,", "name is empty"),
        ("M,,Moka,/m,,1,,,,,", "url '/m' is no whole address (https://…)"),
        ("M,,Moka,javascript:alert(1),,1,,,,,", "url 'javascript:alert(1)' is no whole address"),
        ("M,,Moka,https://[,,1,,,,,", "url 'https://[' is no address"),
        ("M,,Moka,https://fico.example/m,,,,,,,", "price is empty"),
        ("M,,Moka,https://fico.example/m,,free,,,,,", "price 'free' is no amount"),
        ("M,,Moka,https://fico.example/m,,1e9999,,,,,", "price '1e9999' is no amount"),
        ("M,,Moka,https://fico.example/m,,-1,,,,,", "price '-1' is no amount"),
        ("M,,Moka,https://fico.example/m,,1,,,,maybe,", "availability 'maybe' means nothing"),
        ("M,,Moka,https://fico.example/m,,1,,,,,some", "stock 'some' is no whole number"),
        ("M,,Moka", "3 columns, the header has 11"),
    ],
)
def test_a_bad_line_is_named_and_its_neighbours_are_kept(
    shop: Terminal, line: str, reason: str
) -> None:
    file = shop.folder / "products.csv"
    file.write_text(OURS + line + "\n" + "OK,,Tazza,https://fico.example/t,,5,,,,,\n")
    report = shop.asks("catalogue", "import", str(file))
    assert report["products"]["new"] == 4
    assert [(one["place"], one["reason"][: len(reason)]) for one in report["reasons"]] == [
        (4, reason)
    ]
    assert "M" not in kept(shop, "M")
    assert reason[:20] in Path(report["refused_file"]).read_text()


def test_pages_at_another_host_are_counted(shop: Terminal) -> None:
    file = shop.folder / "products.csv"
    file.write_text(OURS.replace("https://fico.example/cu,", "https://other.example/cu,"))
    assert shop.asks("catalogue", "import", str(file))["elsewhere"] == 2
    assert "Settings name the hosts" in shop.types("catalogue", "import", str(file)).stdout


def test_a_file_without_the_columns_says_which_lack(shop: Terminal) -> None:
    file = shop.folder / "products.csv"
    file.write_text("code,title,link\n1,Moka,https://fico.example\n")
    said = shop.refused("catalogue", "import", str(file))
    assert "no column for sku, price" in said
    assert "sku or id" in said
