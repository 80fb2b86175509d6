"""`/c/TOKEN`: double opt-in. The mailbox's owner presses a button, and only then is it consent."""

from datetime import datetime
from hashlib import sha256

import sqlalchemy as sa
from msgspec.structs import replace

from innesco.events.event import Source, micros
from innesco.messages.render import CONFIRM_FOR
from innesco.messages.tell import batch, event
from innesco.profiles.tokens import Purpose, Token
from innesco.storage import journal, tables
from innesco.storage.journal import Entry
from innesco.web.hosted.page import Answer, Page, answer
from innesco.web.hosted.visitor import Desk, Shop, Visitor, old, opened, page, with_identity
from innesco.web.hosted.words import WORDS, say, tongue


def confirm(desk: Desk, visitor: Visitor) -> Answer:
    """GET shows what is confirmed, POST confirms it; twice is once."""
    found = opened(desk, visitor, Purpose.CONFIRM)
    if found is None:
        return answer(old(None, visitor), 410)
    shop, token = found
    now = desk.now()
    if _left_since(desk, shop, token):
        return answer(old(shop, visitor), 410)
    if visitor.acts:
        journal.append(desk.journal, [_entry(shop, token, visitor, now)], now)
        return answer(_thanks(shop, token, visitor, now))
    return answer(_question(shop, token, visitor))


def sentences(shop: Shop, token: Token, language: str) -> tuple[str, ...]:
    """What she agrees to, as the page shows it: kept with the consent as evidence.

    The shop's own sentence or ours; never the one that a browser sent along, which anybody
    could have written.
    """
    about = {"shop": shop.settings.name, "email": token.about["email"]}
    own = shop.settings.confirm_text.get(language)
    if own:
        return (own,)
    what = say(language, "confirm_what", about)
    if "profiling" not in purposes(token):
        return (what,)
    return (what, say(language, "confirm_profiling", about))


def purposes(token: Token) -> list[str]:
    return [one.strip() for one in token.about.get("purposes", "").split(",") if one.strip()]


def _question(shop: Shop, token: Token, visitor: Visitor) -> Page:
    language = _language(shop, token, visitor)
    return replace(
        page(shop, language, "confirm", {"email": token.about["email"]}, ()),
        says=sentences(shop, token, language),
        quiet=say(language, "confirm_anytime", {}),
        button=say(language, "confirm_button", {}),
    )


def _thanks(shop: Shop, token: Token, visitor: Visitor, now: datetime) -> Page:
    language = _language(shop, token, visitor)
    email = token.about["email"]
    done = page(shop, language, "confirmed", {"email": email}, ())
    if not shop.settings.shop_url:
        return done
    url = with_identity(shop.settings.shop_url, shop, {"email": email}, now)
    return replace(done, link=(say(language, "to_shop", {"shop": shop.settings.name}), url))


def _entry(shop: Shop, token: Token, visitor: Visitor, now: datetime) -> Entry:
    """The event: her word, which overrules an earlier unsubscribe as soon as it is read."""
    email = token.about["email"]
    said = event(
        "Subscription Confirmed",
        f"confirm/{sha256(visitor.token.encode()).hexdigest()[:32]}",
        now,
        {
            "email": email,
            "purposes": purposes(token),
            "text": token.about.get("text", ""),
            "language": token.about.get("language", ""),
            "message": token.about.get("message", ""),
            "evidence": {
                "page": " ".join(sentences(shop, token, _language(shop, token, visitor))),
                "agent": visitor.agent[:300],
                "network": visitor.network or "",
            },
        },
        {"userAgent": visitor.agent[:300], "locale": _language(shop, token, visitor)},
    )
    body, sums = batch([said])
    return Entry(
        shop.id,
        Source.INNESCO,
        "innesco",
        body=body,
        sums=sums,
        network=visitor.network,
        agent=visitor.agent[:300] or None,
    )


def _left_since(desk: Desk, shop: Shop, token: Token) -> bool:
    """Whether she unsubscribed after this mail was written: an old link must not undo that."""
    written = micros(token.expires - CONFIRM_FOR) if token.expires else 0
    held = tables.suppressions.c
    query = sa.select(sa.func.count()).where(
        held.workspace == shop.id,
        held.channel == "email",
        held.address == token.about["email"],
        held.since >= written,
    )
    with desk.journal.connect() as connection:
        return bool(connection.scalar(query))


def _language(shop: Shop, token: Token, visitor: Visitor) -> str:
    asked = token.about.get("language", "").partition("-")[0]
    return asked if asked in WORDS else tongue(visitor.accepts, shop.settings.language)
