"""The shop's own record: carts by their id and orders, in one small SQLite file.

An order is kept together with the event that tells Innesco of it, so that a restart between
the two forgets nothing: `untold` gives what has still to be said.
"""

import sqlite3
from collections.abc import Mapping
from pathlib import Path

import msgspec
from msgspec import Struct

TABLES = """
create table if not exists carts (
  id text primary key, lines text not null, coupon text not null
);
create table if not exists orders (
  id text primary key, cart text not null unique, details blob not null, ordered text not null
);
create table if not exists outgoing (
  message_id text primary key, path text not null, body blob not null, told integer not null
);
"""


class Cart(Struct, frozen=True):
    """What the browser last said: SKUs with quantities, and a promotion code as typed."""

    lines: dict[str, int] = {}
    coupon: str = ""


class Buyer(Struct, frozen=True):
    """What the checkout's form asks."""

    email: str
    first_name: str
    last_name: str
    street: str
    postal_code: str
    city: str
    express: bool = False
    marketing: bool = False
    profiling: bool = False


class Ordered(Struct, frozen=True):
    """One line of an order at the price it was bought for."""

    sku: str
    name: str
    variant: str
    quantity: int
    price: int


class Order(Struct, frozen=True):
    id: str
    cart_id: str
    language: str
    buyer: Buyer
    lines: tuple[Ordered, ...]
    goods: int
    discount: int
    shipping: int
    coupon: str

    @property
    def total(self) -> int:
        return self.goods - self.discount + self.shipping


class Saying(Struct, frozen=True):
    """One call to Innesco that has to arrive: the same `message_id` however often it is tried."""

    message_id: str
    path: str  #: /v1/track
    body: dict[str, object]


def opened(folder: Path) -> sqlite3.Connection:
    """The shop's file in this folder, made when it is not there."""
    folder.mkdir(parents=True, exist_ok=True)
    book = sqlite3.connect(folder / "shop.sqlite", check_same_thread=False)
    book.executescript("pragma journal_mode=wal;" + TABLES)
    return book


def keep_cart(book: sqlite3.Connection, cart_id: str, cart: Cart) -> None:
    lines = msgspec.json.encode(cart.lines).decode()
    with book:
        book.execute("replace into carts values (?, ?, ?)", (cart_id, lines, cart.coupon))


def cart_of(book: sqlite3.Connection, cart_id: str) -> Cart:
    row = book.execute("select lines, coupon from carts where id = ?", (cart_id,)).fetchone()
    if row is None:
        return Cart()
    return Cart(msgspec.json.decode(row[0], type=dict[str, int]), row[1])


def keep_order(
    book: sqlite3.Connection, order: Order, ordered: str, sayings: tuple[Saying, ...]
) -> None:
    """The order, what Innesco is to hear of it and the emptied cart, all or nothing."""
    with book:
        details = msgspec.json.encode(order)
        book.execute(
            "insert into orders values (?, ?, ?, ?)", (order.id, order.cart_id, details, ordered)
        )
        book.executemany(
            "insert into outgoing values (?, ?, ?, 0)",
            [(one.message_id, one.path, msgspec.json.encode(one.body)) for one in sayings],
        )
        book.execute("delete from carts where id = ?", (order.cart_id,))


def order_of(book: sqlite3.Connection, order_id: str) -> Order | None:
    row = book.execute("select details from orders where id = ?", (order_id,)).fetchone()
    return msgspec.json.decode(row[0], type=Order) if row else None


def order_of_cart(book: sqlite3.Connection, cart_id: str) -> Order | None:
    """The order that this cart became: pressing *Buy* twice buys once."""
    row = book.execute("select details from orders where cart = ?", (cart_id,)).fetchone()
    return msgspec.json.decode(row[0], type=Order) if row else None


def untold(book: sqlite3.Connection) -> list[Saying]:
    rows: list[Mapping[int, str]] = book.execute(
        "select message_id, path, body from outgoing where told = 0 order by rowid"
    ).fetchall()
    return [Saying(row[0], row[1], msgspec.json.decode(row[2])) for row in rows]


def mark_told(book: sqlite3.Connection, message_id: str) -> None:
    with book:
        book.execute("update outgoing set told = 1 where message_id = ?", (message_id,))
