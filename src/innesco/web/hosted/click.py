"""`/l/TOKEN` and `/r/TOKEN`: a link or a cart in a message; noted, then on to the shop.

Where it leads was stored when the message was written, so nobody can borrow our address to send
people elsewhere. Machines that try links are redirected too, but verify nobody.
"""

from datetime import datetime, timedelta

import sqlalchemy as sa
import structlog
from crawlerdetect import CrawlerDetect

from innesco.events.event import EPOCH, Source, micros
from innesco.messages.asked import Asked
from innesco.messages.render import cart_url, leads_home
from innesco.messages.tell import about, batch, event
from innesco.profiles.tokens import Purpose, Token, verify
from innesco.storage import journal, outbox
from innesco.storage.journal import Entry
from innesco.web.hosted.page import Answer, answer, redirect
from innesco.web.hosted.visitor import Desk, Shop, Visitor, old, shop_of, with_identity

TOO_FAST = timedelta(seconds=2)
"""Nobody reads a mail and clicks in less; the gateways that test links do."""

_robots = CrawlerDetect()
log = structlog.get_logger("innesco.hosted")


def click(desk: Desk, visitor: Visitor) -> Answer:
    """A link: on to the page that was stored under its id."""
    shop, token = _known(desk, visitor, Purpose.CLICK)
    if shop is None or token is None:
        return answer(old(None, visitor), 410)
    url = outbox.link(desk.outbox, shop.id, token.about.get("link", ""))
    if url is None or not leads_home(url, shop.settings):
        return answer(old(shop, visitor), 410)
    return _go(desk, visitor, shop, token, url, token.about["link"])


def cart(desk: Desk, visitor: Visitor) -> Answer:
    """The cart of the message, rebuilt by the shop on whatever device this is."""
    shop, token = _known(desk, visitor, Purpose.CART)
    found = (
        outbox.asked_as(desk.outbox, shop.id, token.about["message"]) if shop and token else None
    )
    if shop is None or token is None or found is None:
        return answer(old(shop, visitor), 410)
    return _go(desk, visitor, shop, token, cart_url(shop.settings, found[0]), "cart")


def machine(visitor: Visitor, sent: datetime | None, now: datetime) -> str | None:
    """Why this is no person, when it is none."""
    if visitor.method == "HEAD":
        return "only asked for the head"
    if not visitor.agent or _robots.isCrawler(visitor.agent):
        return "says it is a robot"
    if sent is not None and now - sent < TOO_FAST:
        return "came too fast after sending"
    return None


def _known(desk: Desk, visitor: Visitor, purpose: Purpose) -> tuple[Shop | None, Token | None]:
    """A link in an old mail still leads somewhere; only `_go` asks whether it still verifies."""
    shop = shop_of(desk, visitor.token)
    return shop, verify(visitor.token, purpose, shop.secrets, EPOCH) if shop else None


def _go(desk: Desk, visitor: Visitor, shop: Shop, token: Token, url: str, link: str) -> Answer:
    now = desk.now()
    found = outbox.asked_as(desk.outbox, shop.id, token.about["message"])
    if found is None or visitor.method == "HEAD":
        return redirect(url)
    asked, sent = found
    robot = machine(visitor, sent, now)
    _note(desk, _entry(shop, asked, visitor, link, robot, now), now)
    if robot or (token.expires is not None and token.expires <= now):
        return redirect(url)
    who = {"email": asked.address, "person": asked.person}
    return redirect(with_identity(url, shop, who, now))


def _note(desk: Desk, entry: Entry, now: datetime) -> None:
    """She came to see the shop: that we cannot write is no reason to keep her from it."""
    try:
        journal.append(desk.journal, [entry], now)
    except sa.exc.DBAPIError as error:
        log.warning("click.not_noted", because=type(error.orig).__name__)


def _entry(
    shop: Shop, asked: Asked, visitor: Visitor, link: str, robot: str | None, now: datetime
) -> Entry:
    """What a machine did has a name of its own: it is kept, and is no click to anybody who asks.

    Its agent is told beside it and not as the event's, or the event would be a robot's word.
    """
    agent = visitor.agent[:300]
    said = {**about(asked), "link": link, "machine": robot is not None, "because": robot or ""}
    name = "Message Scanned" if robot else "Message Clicked"
    clicked = event(
        name,
        f"{asked.key}/clicked/{link}/{micros(now)}",
        now,
        said | ({"agent": agent} if robot else {}),
        {"person": asked.person} | ({} if robot else {"userAgent": agent}),
    )
    body, sums = batch([clicked])
    return Entry(
        shop.id,
        Source.INNESCO,
        "innesco",
        body=body,
        sums=sums,
        network=visitor.network,
        agent=None if robot else agent or None,
    )
