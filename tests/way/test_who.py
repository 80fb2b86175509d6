"""Who is who, in stories: identities outlive merges and restarts, and nobody speaks for another."""

from typing import Any
from unittest.mock import patch

import pytest
from structlog.testing import capture_logs

from innesco.events.event import Source
from innesco.profiles.tokens import Purpose, Token, sign
from innesco.storage.people import identities
from tests.way.shop import CART_RECOVERY, SECRETS, WORKSPACE, Shop, identified, said
from tests.way.test_laws import shop

Told = list[tuple[Source, dict[str, Any]]]
ANNA = "anna@example.com"
P, S = Source.PUBLIC, Source.SERVER


def alias(at: float, device: str, previous: str) -> dict[str, Any]:
    return said("", at, device) | {"type": "alias", "previousId": previous}


def nowhere(event: dict[str, Any], **more: Any) -> dict[str, Any]:
    """Said without a device."""
    return {name: value for name, value in event.items() if name != "anonymousId"} | more


def order(at: float, **properties: Any) -> dict[str, Any]:
    return said("Order Completed", at, **properties)


def tell(one: Shop, told: Told, restarts: bool = False) -> None:
    for at, (source, event) in enumerate(told):
        one.hear(event, source=source, at=at)
        one.read()
        if restarts:
            one.live = one.new_live()


def people(one: Shop) -> list[tuple[str | None, str | None, int]]:
    """Customer id, verified address and number of events of each, nobodies last."""
    found = [
        (p.get("user"), p.get("email") if p.get("email_verified") else None, p["events"])
        for p in (state["person"] for state in one.states().values())
    ]
    return sorted(found, key=lambda one: (one[0] is None, str(one)))


# -- identities lead to the living ---------------------------------------------------------------

GUEST_BECOMES_CUSTOMER: Told = [
    (S, identified(0, "A", email=ANNA)),
    (S, identified(1, "K", user="u1")),
    (S, identified(2, "A", user="u1", email=ANNA)),
    (S, nowhere(order(3, order_id="o"), context={"traits": {"email": ANNA}})),
]
SIXTY_NAMES: Told = [
    (P, said("Page Viewed", 0, "d0")),
    *((P, alias(n, f"d{n}", f"d{n - 1}")) for n in range(1, 60)),
    (P, said("Page Viewed", 60, "other")),
    (P, alias(61, "other", "d59")),
    (P, said("Page Viewed", 62, "d0", n=9)),
]
JOINS_TWICE: Told = [
    (S, identified(0, "K", user="u1")),
    (P, said("Page Viewed", 0, "old")),
    *SIXTY_NAMES[:60],
    (P, alias(61, "old", "d59")),
    (S, identified(62, "old", user="u1")),
    (P, said("Page Viewed", 64, "d0", n=9)),
]
CLAIMED_THEN_NAMED: Told = [
    (P, nowhere(said("Page Viewed", 0), userId="1001")),
    (P, said("Page Viewed", 1, "B")),
    (P, alias(2, "B", "claims 1001")),
    (P, nowhere(said("Page Viewed", 3, n=3), userId="1001")),
]
MERGES = {
    "a guest becomes a customer": GUEST_BECOMES_CUSTOMER,
    "more names than are remembered": SIXTY_NAMES,
    "who joined joins again": JOINS_TWICE,
    "an alias names a claim": CLAIMED_THEN_NAMED,
}


@pytest.mark.parametrize("told", MERGES.values(), ids=MERGES)
def test_a_short_memory_changes_nothing_after_a_merge(told: Told) -> None:
    """Nor does it take a second try: live forgets all and reads anew when something fails."""
    with shop() as one, shop() as other, capture_logs() as logs:
        tell(one, told)
        with patch("innesco.workers.crowd.MOST_EVENTS", 1):
            tell(other, told)
        assert one.kept() == other.kept()
        assert not logs


@pytest.mark.parametrize("told", MERGES.values(), ids=MERGES)
def test_a_restart_after_a_merge_changes_nothing(told: Told) -> None:
    """What is remembered and what is read from disk lead to the same people."""
    with shop() as one, shop() as other:
        tell(one, told)
        tell(other, told, restarts=True)
        assert one.kept() == other.kept()


def test_the_order_of_a_guest_who_became_a_customer_is_hers() -> None:
    with shop() as one:
        tell(one, GUEST_BECOMES_CUSTOMER, restarts=True)
        assert people(one) == [("u1", ANNA, 4)]


def test_no_alias_takes_what_somebody_claimed_without_a_device() -> None:
    with shop() as one:
        tell(one, CLAIMED_THEN_NAMED)
        assert sorted(people(one)) == [(None, None, 2), (None, None, 2)]


# -- tokens --------------------------------------------------------------------------------------


def clicked(at: float, device: str, **about: str) -> dict[str, Any]:
    """A click in a mail, whose link proves what it carries."""
    token = sign(Token(Purpose.CLICK, WORKSPACE, about), SECRETS)
    return said("Message Clicked", at, device) | {"context": {"token": token}}


def test_a_click_in_a_mail_to_a_claimed_address_is_its_owner() -> None:
    """A phone claims Anna's address and is mailed there: who clicks is Anna, the phone is hers."""
    with shop() as one:
        tell(one, [(S, identified(0, "laptop", user="u1", email=ANNA))])
        tell(one, [(P, identified(1, "phone", email=ANNA))])
        phone = next(n for n, s in one.states().items() if s["person"].get("user") is None)
        one.hear(clicked(5, "phone", person=phone, email=ANNA), at=5)
        one.read()
        assert people(one) == [("u1", ANNA, 3)]


def test_the_click_of_a_customer_is_hers_though_another_owns_the_address() -> None:
    """Two known people never merge, whatever a link says."""
    with shop() as one:
        tell(one, [(S, identified(0, "laptop", user="u1", email=ANNA))])
        tell(one, [(S, identified(1, "phone", user="u2"))])
        other = next(n for n, s in one.states().items() if s["person"].get("user") == "u2")
        one.hear(clicked(5, "phone", person=other, email=ANNA), at=5)
        one.read()
        assert [(user, number) for user, _, number in people(one)] == [("u1", 1), ("u2", 2)]


def test_a_claim_without_a_device_is_not_taken_over_by_a_login() -> None:
    """Whoever says `userId: u1` with the page's key adds nothing to the real u1."""
    with shop() as one:
        tell(one, [(P, nowhere(order(0, order_id="fake"), userId="u1"))])
        token = sign(Token(Purpose.LOGIN, WORKSPACE, {"user": "u1"}), SECRETS)
        login = nowhere(said("Page Viewed", 1), userId="u1", context={"token": token})
        tell(one, [(P, login)])
        real = next(s for s in one.states().values() if s["person"].get("user") == "u1")
        assert real["person"].get("orders", {}) == {}


# -- what the public key may not change ----------------------------------------------------------


def orders(one: Shop) -> dict[str, Any]:
    (state,) = one.states().values()
    found: dict[str, Any] = state["person"]["orders"]
    return found


def test_a_confirmed_order_is_changed_by_no_browser() -> None:
    confirmed = identified(0, "phone", user="u1")
    real = order(1, order_id="o1", total=40, products=[{"product_id": "A"}]) | {"userId": "u1"}
    evil = order(-600, order_id="o1", total=1, products=[{"product_id": "EVIL"}])
    cancel = said("Order Cancelled", 2, order_id="o1") | {"userId": "u1"}
    with shop() as one:
        tell(one, [(S, confirmed), (S, real), (S, cancel)])
        before = orders(one)
        tell(one, [(P, evil), (P, order(9, order_id="o1", total=40))])
        assert orders(one) == before


def test_a_page_of_thanks_loaded_again_leaves_the_new_cart_alone() -> None:
    with shop() as one:
        tell(one, [(S, identified(0, "phone", user="u1"))])
        tell(one, [(S, order(1, order_id="o1") | {"userId": "u1"})])
        tell(one, [(P, said("Product Added", 2, product_id="B", cart_id="c2"))])
        tell(one, [(P, order(3, order_id="o1"))])
        (state,) = one.states().values()
        assert [line[0] for line in state["person"]["cart"][1]] == ["B"]


def test_a_cart_word_heard_after_the_order_fills_no_cart() -> None:
    """Added at 12:02, ordered at 12:03, but the first is heard last: the cart stays empty."""
    cart = {"product_id": "A", "cart_id": "c1"}
    with shop() as one:
        one.hear(identified(0, email=ANNA), at=0)
        one.hear(order(3, order_id="o1", cart_id="c1"), said("Product Added", 1, **cart), at=3)
        one.hear(said("Product Added", 2, n=2, **cart), at=4)
        one.read()
        (state,) = one.states().values()
        assert state["person"]["cart"][1] == []


def test_a_new_cart_after_the_order_is_a_cart() -> None:
    with shop() as one:
        one.hear(identified(0, email=ANNA), order(3, order_id="o1", cart_id="c1"), at=3)
        one.hear(said("Product Added", 4, product_id="A", cart_id="c2"), at=4)
        one.read()
        (state,) = one.states().values()
        assert state["person"]["cart"][0] == "c2"
        assert len(state["person"]["cart"][1]) == 1


def test_who_is_in_no_control_group_only_we_say() -> None:
    with shop() as one:
        tell(
            one, [(P, identified(0, holdout_exempt=True)), (S, identified(1, holdout_exempt=True))]
        )
        (state,) = one.states().values()
        assert "holdout_exempt" not in state["person"].get("attributes", {})


def test_a_robot_does_not_hide_behind_other_days() -> None:
    """Events that say they are of yesterday and today in turn are all of the day they came."""
    with shop(
        definitions=[("workspace", "workspace", {"name": "S", "most_events_a_day": 10})]
    ) as one:
        for n in range(40):
            one.hear(said("Page Viewed", -2000 if n % 2 else 0, n=n), at=n / 10)
        one.read()
        (state,) = one.states().values()
        assert state["person"]["events"] == 10
        assert state["person"]["muted"]


def test_a_state_does_not_grow_without_end() -> None:
    """Whatever a browser says again and again, what is kept of it has bounds."""
    with shop() as one:
        for n in range(60):
            traits = {f"t{n}-{k}": "x" * 100 for k in range(90)}
            cart = said("Product Added", n / 100, n=n, product_id="A", cart_id=f"c{n}")
            fake = [order(n / 100, order_id=f"o{n}-{k}") for k in range(5)]
            fake = [one | {"messageId": f"{n}/{k}"} for k, one in enumerate(fake)]
            one.hear(identified(n / 100, **traits), *fake, cart, at=n / 100)
        for n in range(60, 130):
            one.hear(said("Product Added", 2, n=n, product_id="A", cart_id=f"c{n}"), at=2)
        one.read()
        (state,) = one.states().values()
        person, runs = state["person"], state["standing"]["runs"]
        assert len(person["attributes"]) == 200
        assert len(person["orders"]) == 200
        assert len(runs) == 50


def test_whoever_asks_the_file_is_told_who_she_is_by_now() -> None:
    """`why` and the demo's visitor look in the file, without what live holds in memory."""
    with shop() as one:
        tell(one, GUEST_BECOMES_CUSTOMER[:3])
        whos = [("email", ANNA), ("user", "u1"), ("anonymous", "A"), ("anonymous", "K")]
        with one.people.connect() as connection:
            led = identities(connection, WORKSPACE, whos)
        assert set(led) == set(whos)
        assert set(led.values()) == set(one.states())


def test_a_machine_that_tries_a_link_is_kept_and_did_nothing() -> None:
    """A gateway opens the link of the cart mail: no visit, nobody seen, and the run goes on."""
    stops = {**CART_RECOVERY, "holdout": 0, "stops": [{"event": "Message Clicked"}]}
    with shop(definitions=[("journey", "cart-recovery", stops)]) as one:
        one.hear(identified(0, email=ANNA), said("Product Added", 0, product_id="A", cart_id="c1"))
        one.tick(61)
        one.read()
        (name,) = one.states()
        before = one.states()[name]["person"]
        scanned = said("Message Scanned", 62) | {"anonymousId": None, "context": {"person": name}}
        one.hear(scanned, source=Source.INNESCO, at=62)
        one.tick(3000)
        one.read()
        after = one.states()[name]["person"]
        assert after["last_seen"] == before["last_seen"]
        assert after["visit"] == before["visit"]
        assert after.get("level") == before.get("level")
        assert [key.split("/")[2] for key in one.asked()] == ["again", "remind"]
        assert len(one.kept()["history"]) == 3
