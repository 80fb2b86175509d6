"""`/u/TOKEN`: out in one click. A POST suffices (RFC 8058), a GET only asks."""

from datetime import datetime, timedelta

from msgspec.structs import replace

from innesco.events.event import Source, micros
from innesco.messages.tell import batch, event
from innesco.profiles.tokens import Purpose, Token
from innesco.storage import journal, outbox
from innesco.storage.journal import LEFT, Entry, Suppression
from innesco.web.hosted.page import Answer, answer
from innesco.web.hosted.visitor import Desk, Shop, Visitor, old, opened, page
from innesco.web.hosted.words import say, tongue


def unsubscribe(desk: Desk, visitor: Visitor) -> Answer:
    """Suppression and event in one commit: the very next claim sees it, `live` or no `live`."""
    found = opened(desk, visitor, Purpose.UNSUBSCRIBE)
    if found is None:
        return answer(old(None, visitor), 410)
    shop, token = found
    about = {"email": token.about["email"]}
    language = tongue(visitor.accepts, shop.settings.language)
    if not visitor.acts:
        button = say(language, "unsubscribe_button", about)
        return answer(replace(page(shop, language, "unsubscribe", about, ()), button=button))
    now = desk.now()
    if not _just_left(desk, shop, token, now):
        journal.append(desk.journal, [_entry(desk, shop, token, visitor, now)], now)
    return answer(page(shop, language, "unsubscribed", about, ()))


JUST = timedelta(hours=1)
"""Far within the horizon of the log: what was said since is still in it."""


def _just_left(desk: Desk, shop: Shop, token: Token, now: datetime) -> bool:
    """She is out, and nothing that could have brought her back was said in this shop since."""
    with desk.journal.connect() as connection:
        held = journal.suppressed(connection, shop.id, "email", token.about["email"]).get("")
        if held is None or held.reason != LEFT or held.since <= now - JUST:
            return False
        return not journal.said_since(connection, shop.id, held.seq)


def _entry(desk: Desk, shop: Shop, token: Token, visitor: Visitor, now: datetime) -> Entry:
    email, key = token.about["email"], token.about.get("message", "")
    asked = outbox.asked_as(desk.outbox, shop.id, key)
    context: dict[str, object] = {"person": asked[0].person} if asked else {}
    # the one click is made by her mailbox's machines: it is her word all the same, so the agent is
    # kept as evidence and not asked whether it is a robot
    # she may leave, come back and leave again by the same old mail: each time is its own event
    said = event(
        "Unsubscribed",
        f"unsubscribe/{key}/{micros(now)}",
        now,
        {
            "email": email,
            "channel": "email",
            "message": key,
            "evidence": {"agent": visitor.agent[:300], "network": visitor.network or ""},
        },
        context,
    )
    body, sums = batch([said])
    return Entry(
        shop.id,
        Source.INNESCO,
        "innesco",
        body=body,
        sums=sums,
        network=visitor.network,
        suppress=(Suppression(shop.id, "email", email, LEFT),),
    )
