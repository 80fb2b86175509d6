"""Loose orders: imported orders and refunds of nobody we know, counted in totals only."""

from collections.abc import Iterable
from datetime import datetime

import sqlalchemy as sa
from msgspec import Struct

from innesco.events.event import Event, micros
from innesco.storage import tables


class Totals(Struct, frozen=True):
    """What was sold to people who left no name; refunds are negative."""

    orders: int
    sold: int  #: minor units of the workspace's currency
    refunds: int
    given_back: int


def counts(event: Event) -> bool:
    """An order or a refund that says its own number: told again, it is the same one."""
    return _id(event) is not None


def keep(connection: sa.Connection, events: Iterable[tuple[str, Event]]) -> None:
    """Each once: an order that is known already stays as it was."""
    rows = [_row(workspace, event) for workspace, event in events]
    if rows:
        connection.execute(_KEEP, rows)


def totals(
    connection: sa.Connection,
    workspace: str,
    start: datetime | None = None,
    end: datetime | None = None,
) -> Totals:
    """Orders and refunds with start ≤ moment < end."""
    held = tables.loose.c
    sold, back = held.id.startswith("order/"), held.id.startswith("refund/")
    query = sa.select(
        sa.func.count().filter(sold),
        sa.func.coalesce(sa.func.sum(held.value).filter(sold), 0),
        sa.func.count().filter(back),
        sa.func.coalesce(-sa.func.sum(held.value).filter(back), 0),
    ).where(held.workspace == workspace)
    if start is not None:
        query = query.where(held.moment >= micros(start))
    if end is not None:
        query = query.where(held.moment < micros(end))
    return Totals(*connection.execute(query).one())


def _id(event: Event) -> str | None:
    match event.name:
        case "Order Completed":
            name = event.facts.get("order")
            return None if name is None else f"order/{name}"
        case "Order Refunded":
            name = event.facts.get("refund_id")
            return None if name is None else f"refund/{name}"
        case _:
            return None


def _row(workspace: str, event: Event) -> dict[str, object]:
    value = event.facts.get("value_base", event.facts.get("value"))
    worth = abs(value) if isinstance(value, int) else 0
    return {
        "workspace": workspace,
        "id": _id(event),
        "value": -worth if event.name == "Order Refunded" else worth,
        "currency": str(event.facts.get("currency", "")),
        "moment": micros(event.moment),
        "seq": event.seq,
    }


_KEEP = sa.text(
    "INSERT INTO loose_orders (workspace, id, value, currency, moment, seq)"
    " VALUES (:workspace, :id, :value, :currency, :moment, :seq)"
    " ON CONFLICT (workspace, id) DO NOTHING"
)
