"""Rendering: a prepared template, what was asked and the shop of this moment become a letter.

Products are looked up by the shop's own id when the message is claimed: nothing that a browser
said about a name, a picture or a price is ever mailed. Every link goes by a stored id or a token.
"""

import hashlib
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import quote, urlsplit

from msgspec import Struct

from innesco.catalogue.product import Product
from innesco.channels.channel import Email
from innesco.definitions.workspace import Workspace
from innesco.events.price import price
from innesco.messages.asked import Asked, Class
from innesco.messages.liquid import fill
from innesco.messages.plain import tidy
from innesco.messages.prepare import Prepared
from innesco.messages.template import TemplateWrong
from innesco.profiles.tokens import Purpose, Secrets, Token, sign

MOST_LINES = 8
FEW = 3  # pieces left that are worth saying so
MOST_HTML = 102_000  # bytes; Gmail cuts a mail off there, and with it the way to unsubscribe
CONFIRM_FOR = timedelta(days=7)
VERIFIES_FOR = timedelta(days=30)


class House(Struct, frozen=True, kw_only=True):
    """The shop as messages need it: its settings, its signing keys, and where we answer."""

    workspace: Workspace
    secrets: Secrets
    base_url: str  #: `https://mail.shop.it`: where links in messages lead


class Rendered(Struct, frozen=True):
    email: Email
    links: dict[str, str]  #: stored id → where it leads; kept before the mail goes


def render(
    prepared: Prepared, asked: Asked, house: House, products: Mapping[str, Product], now: datetime
) -> Rendered:
    """The letter; TemplateWrong when a word, a product or the room for it lacks."""
    links: dict[str, str] = {}
    data = _data(prepared.language, asked, house, products, now, links)
    place = f"{prepared.id} ({prepared.language})"
    data["subject"] = " ".join(fill(prepared.subject, data, f"{place} subject").split())
    data["preheader"] = fill(prepared.preheader, data, f"{place} preheader").strip()
    html = fill(prepared.html, data, f"{place} body")
    text = tidy(fill(prepared.text, data, f"{place} text"))
    if len(html.encode()) > MOST_HTML:
        raise TemplateWrong(f"{place}: {len(html.encode())} bytes, mailboxes cut at {MOST_HTML}")
    leave = data["links"]["unsubscribe"] or ""
    return Rendered(_email(asked, house.workspace, str(data["subject"]), html, text, leave), links)


def _email(
    asked: Asked, workspace: Workspace, subject: str, html: str, text: str, leave: str
) -> Email:
    return Email(
        key=asked.key,
        sender=workspace.sender_email,
        sender_name=workspace.sender_name or workspace.name,
        reply_to=workspace.reply_to,
        to=asked.address,
        subject=subject,
        html=html,
        text=text,
        unsubscribe=leave,
        feedback_id=(asked.template, asked.journey or "none", asked.kind, asked.workspace),
        automatic=asked.kind is Class.TRANSACTIONAL,
    )


def _data(
    language: str,
    asked: Asked,
    house: House,
    products: Mapping[str, Product],
    now: datetime,
    links: dict[str, str],
) -> dict[str, Any]:
    workspace = house.workspace  # what is absent is None: to Liquid an empty text is true
    known = [
        (line, products[name])
        for line in asked.lines
        if (name := next((one for one in line.ids if one in products), None))
    ]
    if asked.lines and not known:
        raise TemplateWrong(f"{asked.template}: the catalogue has none of its products")
    lines = [
        _line(product, line.quantity, language, _click(product.url, asked, house, now, links))
        for line, product in known[:MOST_LINES]
    ]
    total = sum(product.price * line.quantity for line, product in known)
    currency = known[0][1].currency if known else workspace.currency
    return {
        "language": language,
        "lines": lines,
        "more": max(0, len(known) - MOST_LINES),
        "cart": {
            "count": sum(line.quantity for line, _ in known),
            "total": price(total, currency, language),
        },
        "facts": asked.facts,
        "workspace": _workspace(workspace),
        "links": {
            "shop": _click(workspace.shop_url, asked, house, now, links),
            "cart": _cart_link(asked, house, now) or None,
            "unsubscribe": _leave_link(asked, house) or None,
            "confirm": _confirm_link(asked, house, now) or None,
        },
    }


def _line(product: Product, quantity: int, language: str, link: str) -> dict[str, object]:
    dearer = product.full_price if (product.full_price or 0) > product.price else None
    return {
        "name": product.named(language),
        "variant": product.variant.get(language) or None,
        "quantity": quantity,
        "price": price(product.price, product.currency, language),
        "full_price": price(dearer, product.currency, language) if dearer else None,
        "image": product.image_url if _web(product.image_url) else None,
        "few": product.stock is not None and 0 < product.stock <= FEW,
        "category": product.category,
        "brand": product.brand,
        "description": product.description.get(language, ""),
        "link": link,
    }


def _workspace(workspace: Workspace) -> dict[str, str | None]:
    return {
        "name": workspace.name,
        "logo": workspace.logo_url if _web(workspace.logo_url) else None,
        "address": workspace.postal_address or None,
    }


# -- links -----------------------------------------------------------------------------------


def link_id(workspace: str, url: str) -> str:
    """The same place has the same id in every message of a shop."""
    return hashlib.sha256(f"{workspace}\n{url}".encode()).hexdigest()[:20]


def leads_home(url: str, workspace: Workspace) -> bool:
    """Links in messages lead to the shop's own hosts only, whatever a feed or a page said."""
    parts = urlsplit(url)
    shop = urlsplit(workspace.shop_url).hostname
    home = {*(host.lower() for host in workspace.link_hosts), *([shop] if shop else [])}
    return _web(url) and (parts.hostname or "") in home and "@" not in parts.netloc


def _leave_link(asked: Asked, house: House) -> str:
    """Works for ever, needs no cookie, and allows nothing else; an order has nothing to leave."""
    if asked.kind is Class.TRANSACTIONAL:
        return ""
    about = {"email": asked.address, "message": asked.key}
    token = sign(Token(Purpose.UNSUBSCRIBE, asked.workspace, about), house.secrets)
    return f"{house.base_url}/u/{token}"


def _click(url: str, asked: Asked, house: House, now: datetime, links: dict[str, str]) -> str:
    if not leads_home(url, house.workspace):
        url = house.workspace.shop_url  # a feed that names a stranger's page loses its link
        if not leads_home(url, house.workspace):
            return ""
    name = link_id(asked.workspace, url)
    links[name] = url
    about = {"message": asked.key, "link": name}
    token = Token(Purpose.CLICK, asked.workspace, about, now + VERIFIES_FOR)
    return f"{house.base_url}/l/{sign(token, house.secrets)}"


def _cart_link(asked: Asked, house: House, now: datetime) -> str:
    token = Token(Purpose.CART, asked.workspace, {"message": asked.key}, now + VERIFIES_FOR)
    return f"{house.base_url}/r/{sign(token, house.secrets)}" if asked.lines else ""


def _confirm_link(asked: Asked, house: House, now: datetime) -> str:
    if asked.kind is not Class.TRANSACTIONAL or "purposes" not in asked.facts:
        return ""
    about = {
        "email": asked.address,
        "purposes": str(asked.facts["purposes"]),
        "text": str(asked.facts.get("text", ""))[:1000],
        "language": asked.language,
        "message": asked.key,
    }
    token = Token(Purpose.CONFIRM, asked.workspace, about, now + CONFIRM_FOR)
    return f"{house.base_url}/c/{sign(token, house.secrets)}"


def cart_url(workspace: Workspace, asked: Asked) -> str:
    """`https://shop/cart?rebuild=SKU:2,SKU:1`, or the shop's door when it has no such page."""
    items = ",".join(f"{quote(line.ids[0], safe='')}:{line.quantity}" for line in asked.lines)
    if "{items}" not in workspace.cart_url:
        return workspace.cart_url or workspace.shop_url
    return workspace.cart_url.replace("{items}", items)


def _web(url: str) -> bool:
    return urlsplit(url).scheme in ("http", "https") and not any(c <= " " for c in url)
