"""What is counted over everybody for Home: how far people came, and what was ordered.

The columns role answers; what it needs is imported with the first question (web/ports.py).
"""

import asyncio
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from litestar import get
from litestar.params import FromPath
from msgspec import Struct

from innesco.definitions.workspace import Workspace
from innesco.events.event import EPOCH
from innesco.storage import lag, loose
from innesco.web.api.everybody import answered, shop_of
from innesco.web.api.members import PATH
from innesco.web.api.policy import VIEWER
from innesco.web.ports import Given, Ports

if TYPE_CHECKING:
    from innesco.columns.questions import Question

DAYS = 7
VISIT = "Visit"


class Step(Struct, frozen=True):
    """`people` counts each person once in the whole time, `days` once a day, the oldest first."""

    event: str  #: `Visit` is anything done on the shop's pages
    people: int
    days: list[int]


class Funnel(Struct, frozen=True):
    """Of people: who took a step at least once, in whatever visit."""

    days: list[date]
    steps: list[Step]
    behind_seconds: float  #: how old the oldest event is that is not counted yet


class Sold(Struct, frozen=True):
    """Orders of a while; amounts in minor units, less what was paid back."""

    orders: int = 0
    value: int = 0
    after_click: int = 0  #: of them, orders soon after a click in a message
    value_after_click: int = 0
    claimed: int = 0  #: orders beside them that only a browser claims, where it is not trusted
    value_claimed: int = 0


class SoldOn(Struct, frozen=True):
    day: date
    orders: int
    value: int


class Revenue(Struct, frozen=True):
    currency: str
    days: list[SoldOn]  #: the last seven, of people whom we know
    sold: Sold  #: in these days
    before: Sold  #: in the seven days before them
    soon_hours: int  #: so long after a click an order is put down to the message
    trusts_browser: bool  #: orders that only a browser claims count, too
    behind_seconds: float


@get(PATH + "/home/funnel", needs=VIEWER)
async def look_at_funnel(workspace: FromPath[str], ports: Given) -> Funnel:
    """How many people came how far in the last seven days, by day of the shop's calendar."""
    from innesco.columns.questions import Funnel as Asked

    shop = await shop_of(ports, workspace)
    rows, behind = await _answered(ports, workspace, Asked(ports.now(), shop.zone, DAYS))
    whole = [row for row in rows if row["day"] is None]
    steps = [
        Step(
            one["name"] or VISIT,
            one["people"],
            [
                row["people"]
                for row in rows
                if row["step"] == one["step"] and row["day"] is not None
            ],
        )
        for one in whole
    ]
    return Funnel(_days(ports.now(), shop), steps, behind)


@get(PATH + "/home/revenue", needs=VIEWER)
async def look_at_revenue(workspace: FromPath[str], ports: Given) -> Revenue:
    """What was ordered in the last seven days and in those before, and how much after a click."""
    from innesco.columns.questions import Revenue as Asked

    shop = await shop_of(ports, workspace)
    asked = Asked(ports.now(), shop.zone, 2 * DAYS)
    rows, behind = await _answered(ports, workspace, asked)
    days = _days(ports.now(), shop)
    sold = [row | {"day": _date(row["day"])} for row in rows]
    now, before = await asyncio.to_thread(_both, ports, workspace, shop, sold, days[0])
    trusted = [row for row in sold if row["sure"] or shop.trust_browser_orders]
    each = [
        SoldOn(
            day,
            sum(row["orders"] for row in trusted if row["day"] == day),
            sum(row["value"] for row in trusted if row["day"] == day),
        )
        for day in days
    ]
    return Revenue(
        shop.currency, each, now, before, asked.soon_hours, shop.trust_browser_orders, behind
    )


async def _answered(
    ports: Ports, workspace: str, question: "Question"
) -> tuple[list[dict[str, Any]], float]:
    """The rows of the answer, and how far behind it is; a 503 when there is none."""
    from innesco.columns.questions import Followed

    [place] = await answered(ports, workspace, Followed())
    rows = await answered(ports, workspace, question)
    return rows, await asyncio.to_thread(_behind, ports, workspace, place)


def _behind(ports: Ports, workspace: str, place: dict[str, int]) -> float:
    """Columns follow live, and live the log: the oldest event that either has not read counts."""
    from innesco.columns import feed

    stores, now = ports.stores, ports.now()
    of_live = lag.behind(stores.journal, stores.people, now).seconds
    with stores.people.connect() as connection:
        if place["position"] >= feed.last(connection, workspace):
            return of_live
    oldest = lag.oldest_after(stores.journal, place["seq"]) or now
    return max(of_live, (now - oldest).total_seconds())


def _both(
    ports: Ports, workspace: str, shop: Workspace, rows: list[dict[str, Any]], first: date
) -> tuple[Sold, Sold]:
    """These days and those before; orders of nobody we know stand in totals only."""
    start, week = _midnight(first, shop), timedelta(days=DAYS)
    trust = shop.trust_browser_orders
    with ports.stores.people.connect() as connection:
        now = loose.totals(connection, workspace, start, ports.now() + timedelta(seconds=1))
        before = loose.totals(connection, workspace, _midnight(first - week, shop), start)
    return (
        _sum([row for row in rows if row["day"] >= first], trust, now),
        _sum([row for row in rows if row["day"] < first], trust, before),
    )


def _sum(rows: list[dict[str, Any]], trust: bool, others: loose.Totals) -> Sold:
    counted = [row for row in rows if row["sure"] or trust]
    claimed = [row for row in rows if not (row["sure"] or trust)]

    def total(some: list[dict[str, Any]], name: str) -> int:
        return sum(row[name] for row in some)

    return Sold(
        total(counted, "orders") + others.orders,
        total(counted, "value") + others.sold - others.given_back,
        total(counted, "after_click"),
        total(counted, "value_after_click"),
        total(claimed, "orders"),
        total(claimed, "value"),
    )


def _days(now: datetime, shop: Workspace) -> list[date]:
    today = now.astimezone(ZoneInfo(shop.zone)).date()
    return [today - timedelta(days=back) for back in range(DAYS - 1, -1, -1)]


def _date(day: int) -> date:
    return EPOCH.date() + timedelta(days=day)


def _midnight(day: date, shop: Workspace) -> datetime:
    return datetime.combine(day, datetime.min.time(), ZoneInfo(shop.zone))


ROUTES: list[Any] = [look_at_funnel, look_at_revenue]
