"""What the shop's server says to Innesco, and how it makes sure that it is heard.

Sayings lie in the shop's own file until Innesco has answered. A shopper never waits for that:
the order is done, `keep_telling` runs beside it and tries again with the same messageId.
"""

import asyncio
import logging
import sqlite3
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime

import httpx

from innesco.demo.shop.catalogue import CURRENCY
from innesco.demo.shop.facts import Facts, of_lines
from innesco.demo.shop.money import plain
from innesco.demo.shop.orders import Order, Saying, mark_told, untold
from innesco.demo.shop.pricing import Line

log = logging.getLogger(__name__)

FIRST_PAUSE = 0.25
LONGEST_PAUSE = 30.0

Post = Callable[[Saying], Awaitable[int]]
"""Sends one saying and answers with the HTTP status; 0 when nobody answered."""


def order_facts(order: Order, lines: tuple[Line, ...], shop_url: str) -> Facts:
    """Properties of *Order Completed*, by Segment's e-commerce spec."""
    facts: Facts = {
        "order_id": order.id,
        "checkout_id": order.cart_id,
        "cart_id": order.cart_id,
        "currency": CURRENCY,
        "subtotal": plain(order.goods),
        "revenue": plain(order.goods - order.discount),
        "shipping": plain(order.shipping),
        "discount": plain(order.discount),
        "total": plain(order.total),
        "products": of_lines(lines, order.language, shop_url),
    }
    if order.coupon:
        facts["coupon"] = order.coupon
    return facts


def sayings_of(
    order: Order, facts: Facts, anonymous: str, moment: datetime
) -> tuple[Saying, Saying]:
    """Who bought, then what: the two calls that follow every order."""
    traits = {
        "email": order.buyer.email,
        "firstName": order.buyer.first_name,
        "lastName": order.buyer.last_name,
    }
    said: Facts = {
        "anonymousId": anonymous or f"cart-{order.cart_id}",
        "timestamp": moment.astimezone(UTC).isoformat(),
        "context": {"traits": traits, "locale": order.language, "channel": "server"},
    }
    who: Facts = {**said, "messageId": f"buyer-{order.id}", "traits": traits}
    what: Facts = {
        **said,
        "messageId": f"order-{order.id}",
        "event": "Order Completed",
        "properties": facts,
    }
    return (
        Saying(f"buyer-{order.id}", "/v1/identify", who),
        Saying(f"order-{order.id}", "/v1/track", what),
    )


def posts(client: httpx.AsyncClient, innesco: str, server_key: str) -> Post:
    """`Post` over HTTP: the server key is the user of Basic authentication, without password."""

    async def post(saying: Saying) -> int:
        body = {**saying.body, "sentAt": datetime.now(UTC).isoformat()}
        try:
            answer = await client.post(innesco + saying.path, json=body, auth=(server_key, ""))
        except httpx.HTTPError as failure:
            log.info("innesco was not heard of: %s", failure)
            return 0
        return answer.status_code

    return post


async def keep_telling(book: sqlite3.Connection, post: Post, something: asyncio.Event) -> None:
    """Runs as long as the shop: tells what is untold, in order, and sleeps when all is said."""
    pause = FIRST_PAUSE
    while True:
        something.clear()
        if await _told_all(book, post):
            pause = FIRST_PAUSE
            await something.wait()
        else:
            await asyncio.sleep(pause)
            pause = min(pause * 2, LONGEST_PAUSE)


async def _told_all(book: sqlite3.Connection, post: Post) -> bool:
    for saying in untold(book):
        status = await post(saying)
        if status in (0, 408, 429) or status >= 500:
            return False
        if status >= 400:  # for ever bad: kept in the file as told, and said in the log
            log.error("innesco refuses %s: HTTP %d", saying.message_id, status)
        mark_told(book, saying.message_id)
    return True
