"""The catalogue: what each shop sells, as messages and pages show it."""

from collections.abc import Iterable, Mapping

import msgspec
import sqlalchemy as sa

from innesco.catalogue.product import Product
from innesco.storage import tables

_product = msgspec.json.Decoder(Product)
_rows = tables.products.c


def keep(connection: sa.Connection, workspace: str, products: Iterable[Product]) -> int:
    """Put these products in place of what was known of them; answers how many."""
    rows = [
        {"workspace": workspace, "id": one.id, "body": msgspec.json.encode(one).decode()}
        for one in products
    ]
    if rows:
        connection.execute(_UPSERT, rows)
    return len(rows)


def find(engine: sa.Engine, workspace: str, ids: Iterable[str]) -> Mapping[str, Product]:
    """The products of these ids that the shop sells, by id."""
    query = sa.select(_rows.id, _rows.body).where(
        _rows.workspace == workspace, _rows.id.in_(sorted(set(ids)))
    )
    with engine.connect() as connection:
        return {name: _product.decode(body) for name, body in connection.execute(query)}


_UPSERT = sa.text(
    "INSERT INTO products (workspace, id, body) VALUES (:workspace, :id, :body)"
    " ON CONFLICT (workspace, id) DO UPDATE SET body = excluded.body"
)
