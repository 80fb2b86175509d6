"""Double opt-in told as stories: who asks, from where, how often, and what reaches the mailbox."""

from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from innesco.events.event import Source
from innesco.messages.allow import NETWORK_MOST
from innesco.storage import journal, tables
from innesco.storage.journal import Entry, Suppression
from tests.why.house import SHOP, House, house

ANNA = "anna@example.com"
WELCOME = {
    "id": "welcome",
    "name": {"en": "Welcome"},
    "starts": [{"type": "event", "event": "Subscription Requested"}],
    "first": "hello",
    "holdout": 0,
    "nodes": {"hello": {"type": "message", "template": "welcome"}},
}


def asks(shop: House, device: str, at: float = 0, email: str = ANNA, **more: Any) -> None:
    said = {"email": email, "purposes": ["marketing"]}
    shop.hears("Subscription Requested", at, user=None, device=device, **said, **more)


def listed(shop: House, reason: str) -> None:
    out = Suppression(SHOP, "email", ANNA, reason)
    entry = Entry(SHOP, Source.INNESCO, "innesco", suppress=(out,))
    journal.append(shop.innesco.stores.journal, [entry], shop.now)


def reasons(shop: House) -> set[str]:
    query = sa.select(tables.messages.c.reason).where(tables.messages.c.state == "skipped")
    with shop.innesco.stores.outbox.connect() as connection:
        return {reason.partition(":")[0] for reason in connection.scalars(query)}


def test_thirty_devices_ask_and_one_mail_goes_in_a_day(tmp_path: Path) -> None:
    with house(tmp_path) as shop:
        for n in range(30):
            asks(shop, f"d{n}", at=n / 60)
        shop.lives_until(1)
        assert shop.mailbox.got == [ANNA]
        asks(shop, "again", at=23 * 60)
        shop.lives_until(23 * 60)
        assert shop.mailbox.got == [ANNA]
        asks(shop, "tomorrow", at=24 * 60 + 2)
        shop.lives_until(24 * 60 + 2)
        assert shop.mailbox.got == [ANNA, ANNA]
        assert reasons(shop) == {"claimed"}


@pytest.mark.parametrize(
    ("reason", "mails"), [("complained", 0), ("bounced", 0), ("unsubscribed", 1)]
)
def test_who_complained_is_asked_by_nobody_s_form(tmp_path: Path, reason: str, mails: int) -> None:
    """Who has left may come back by a form; who called us spam, or whose mailbox is gone, not."""
    with house(tmp_path) as shop:
        listed(shop, reason)
        asks(shop, "phone")
        shop.lives_until(1)
        assert len(shop.mailbox.got) == mails


def test_one_network_cannot_fill_many_mailboxes(tmp_path: Path) -> None:
    with house(tmp_path) as shop:
        for n in range(NETWORK_MOST + 5):
            asks(shop, f"d{n}", at=n / 60, email=f"v{n}@example.com", network="a flood")
        asks(shop, "phone", at=0.9, network="another")
        shop.lives_until(1)
        assert len(shop.mailbox.got) == NETWORK_MOST + 1
        assert ANNA in shop.mailbox.got
        assert reasons(shop) == {"network"}
        asks(shop, "later", at=62, email="later@example.com", network="a flood")
        shop.lives_until(62)
        assert shop.mailbox.got[-1] == "later@example.com"


@pytest.mark.parametrize("how", [{"happened": -60}, {"kind": "import"}])
def test_a_request_heard_late_or_imported_mails_nobody(tmp_path: Path, how: dict[str, Any]) -> None:
    with house(tmp_path) as shop:
        asks(shop, "phone", at=1, **how)
        shop.lives_until(2)
        assert shop.mailbox.got == []


@pytest.mark.parametrize("kind", ["service", "transactional"])
def test_an_address_that_was_only_typed_gets_nothing_but_the_question(
    tmp_path: Path, kind: str
) -> None:
    with house(tmp_path, WELCOME | {"kind": kind}) as shop:
        asks(shop, "phone")
        shop.lives_until(1)
        assert shop.mailbox.got == [ANNA]
        assert reasons(shop) == {"consent"}


def test_a_mail_about_her_order_is_tried_for_days(tmp_path: Path) -> None:
    """The last try comes four days after the first: by then marketing is long not worth it."""
    with house(tmp_path, WELCOME | {"kind": "transactional"}) as shop:
        shop.is_mailed()
        shop.hears("Subscription Requested", 1)
        shop.lives_until(1, deliver_too=False)
        shop.lives_until(93 * 60)
        assert shop.mailbox.got == [ANNA]
