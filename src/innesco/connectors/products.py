"""Products from a file: each line read as a product of the catalogue, or refused with its reason.

The columns are known by their names: ours, or those of a Google Merchant feed
(https://support.google.com/merchants/answer/7052112), whatever their case and their spaces.
"""

import re
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

from msgspec import Struct
from msgspec.structs import replace

from innesco.catalogue.product import Product
from innesco.connectors.importing.file import File, Hear, Unreadable, look, names, rows
from innesco.connectors.orders import Refuse, Refused
from innesco.events.money import minor

SPELLINGS: Mapping[str, tuple[str, ...]] = {
    "sku": ("sku", "id", "item_id", "variant_id"),
    "product": ("product", "product_id", "item_group_id", "group_id"),
    "name": ("name", "title"),
    "url": ("url", "link"),
    "image": ("image", "image_url", "image_link"),
    "price": ("price",),
    "sale_price": ("sale_price",),
    "currency": ("currency",),
    "category": ("category", "product_type", "google_product_category"),
    "brand": ("brand",),
    "availability": ("availability",),
    "stock": ("stock", "quantity", "sell_on_google_quantity"),
    "description": ("description",),
    "variant": ("variant", "color", "colour", "size"),
}
"""Our name for a column, and how it may be spelt; the first that a line fills counts."""
NEEDED = ("sku", "name", "url", "price")
GONE = {"out of stock", "discontinued", "sold out"}
THERE = {"", "in stock", "preorder", "pre order", "backorder", "available", "limited availability"}
LONGEST_ID, LONGEST, LONGEST_TEXT = 200, 500, 5000


class How(Struct, frozen=True):
    """What the file itself may leave unsaid."""

    language: str  #: of its names and descriptions
    currency: str  #: of prices without one


class Wrong(ValueError):
    """What is wrong with a line, for the list of refused ones."""


class Feed(Struct, frozen=True):
    """The products of a file by id, as its last word on each says."""

    products: dict[str, Product]
    lines: int
    refused: int
    again: int  #: lines about a product that an earlier line told of


def open_feed(path: Path) -> File:
    """The file with the columns that mean something here; raises `Unreadable`."""
    known = {spelling for every in SPELLINGS.values() for spelling in every}
    there = names(path)
    if not there:  # JSON lines: each line has what it has
        return look(path, {spelling: spelling for spelling in known})
    columns = {spelt: column for column in there if (spelt := _spelt(column)) in known}
    if lacking := [name for name in NEEDED if not columns.keys() & set(SPELLINGS[name])]:
        raise Unreadable(
            f"no column for {', '.join(lacking)}; the file has {', '.join(there)}."
            " Columns may be called: "
            + "; ".join(f"{name} = {' or '.join(SPELLINGS[name])}" for name in lacking)
        )
    return look(path, columns)


def read(file: File, how: How, refuse: Refuse, hear: Hear = lambda part: None) -> Feed:
    """Every product. A group of variants is there under its own id too, as its first line shows
    it: pages that name the group and not the variant get a product for their mails."""
    found: dict[str, Product] = {}
    groups: dict[str, Product] = {}
    lines = refused = again = 0
    for row in rows(file, hear):
        lines += 1
        try:
            if row.wrong:
                raise Wrong(row.wrong)
            one = product(row.said, how)
            group = _text(row.said, "product", LONGEST_ID)
        except Wrong as wrong:
            refused += 1
            refuse(Refused(row.place, str(wrong), row.said))
            continue
        again += one.id in found
        found[one.id] = one
        if group:
            groups.setdefault(group, replace(one, id=group, variant={}, stock=None))
    hear(1.0)
    return Feed({**groups, **found}, lines, refused, again)


def product(said: Mapping[str, object], how: How) -> Product:
    """One line; raises `Wrong` with the first reason that it can be no product."""
    for name in NEEDED:
        if not _text(said, name, LONGEST):
            raise Wrong(f"{name} is empty")
    usual = _text(said, "currency", 3).upper() or how.currency
    price, currency = _price(_text(said, "price", 40), usual)
    sale = _text(said, "sale_price", 40)
    now, currency = _price(sale, currency) if sale else (price, currency)
    return Product(
        id=_text(said, "sku", LONGEST_ID),
        name={how.language: _text(said, "name", LONGEST)},
        price=now,
        currency=currency,
        full_price=price if now < price else None,
        category=_text(said, "category", LONGEST),
        brand=_text(said, "brand", LONGEST),
        url=_url(_text(said, "url", 2000), "url"),
        image_url=_url(image, "image") if (image := _text(said, "image", 2000)) else "",
        stock=_stock(said),
        description=_in(how.language, _text(said, "description", LONGEST_TEXT)),
        variant=_in(how.language, _text(said, "variant", LONGEST)),
    )


def _spelt(column: str) -> str:
    """`Image Link`, `image-link`, `g:image_link` are one."""
    return re.sub(r"[\s-]+", "_", column.strip().lower().removeprefix("g:"))


def _text(said: Mapping[str, object], name: str, longest: int) -> str:
    """What the first filled column of this meaning says; numbers are texts too."""
    values = (said.get(spelling) for spelling in SPELLINGS[name])
    value = next((one for one in values if one not in (None, "")), None)
    if value is None or isinstance(value, bool):
        return ""
    if not isinstance(value, str | int | float):
        raise Wrong(f"{name} is no text")
    if isinstance(value, float) and value.is_integer():
        value = int(value)  # an id or a price that a spreadsheet wrote as 100.0
    text = str(value).strip()
    if "\0" in text or any("\ud800" <= character <= "\udfff" for character in text):
        raise Wrong(f"{name} has a character that cannot be kept")
    if len(text) > longest and name in ("sku", "url", "image", "price", "sale_price", "currency"):
        raise Wrong(f"{name} is longer than {longest} characters")
    return text[:longest]


def _in(language: str, text: str) -> dict[str, str]:
    return {language: text} if text else {}


def _price(text: str, usual: str) -> tuple[int, str]:
    """`12.50`, `12,50 EUR`, `EUR 12.50` in minor units, with the currency."""
    named = re.fullmatch(r"(?:([A-Za-z]{3})\s*)?([^A-Za-z]+?)(?:\s*([A-Za-z]{3}))?", text)
    if named is None or not re.search(r"\d", text) or len(text) > 30:
        raise Wrong(f"price {text!r} is no amount")
    currency = (named[1] or named[3] or usual).upper()
    units = minor(named[2].strip(), currency)
    if units is None or units < 0:
        raise Wrong(f"price {text!r} is no amount")
    return units, currency


def _url(text: str, name: str) -> str:
    try:
        parts = urlsplit(text)
    except ValueError as wrong:
        raise Wrong(f"{name} {text[:80]!r} is no address") from wrong
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise Wrong(f"{name} {text[:80]!r} is no whole address (https://…)")
    return text


def _stock(said: Mapping[str, object]) -> int | None:
    """How many there are; 0 when the feed says there are none, None when it does not say."""
    text = _text(said, "stock", 20)
    if text and not re.fullmatch(r"-?\d{1,12}", text):
        raise Wrong(f"stock {text!r} is no whole number")
    there = re.sub(r"[\s_-]+", " ", _text(said, "availability", LONGEST).lower())
    if there in GONE:
        return 0
    if there not in THERE:
        raise Wrong(f"availability {there!r} means nothing here; say in_stock or out_of_stock")
    return max(0, int(text)) if text else None
