"""Consent by the moment it was said: who left is not mailed, who comes back is.

Real log, real door words, real `live`, and the very reading that the gate does before a message.
"""

from collections.abc import Iterator
from datetime import timedelta
from itertools import permutations
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings, strategies as st

from innesco.definitions.workspace import Workspace
from innesco.events.admit import Letter
from innesco.events.body import open_batch
from innesco.events.event import Source
from innesco.messages.allow import Standing
from innesco.profiles.consent import MOST_ADDRESSES, stronger
from innesco.profiles.person import Consent
from innesco.profiles.tokens import Purpose, Token, sign
from innesco.storage import journal, tables
from innesco.storage.consents import standing as ledger
from innesco.storage.engines import sqlite_engine
from innesco.storage.journal import Entry
from innesco.storage.standing import Read, standing
from innesco.web.door.leaving import leaving
from tests.messages.stock import ask
from tests.way.shop import NOON, SECRETS, WORKSPACE, Shop, identified, said

ANNA = "anna@example.com"


class Told:
    """A shop whose door writes down who leaves, and a gate that reads it."""

    def __init__(self, folder: Path) -> None:
        self.shop = Shop(folder, ())
        self.outbox = sqlite_engine(folder / "outbox.sqlite")
        tables.outbox.create_all(self.outbox)

    def hear(
        self, *events: dict[str, Any], at: float, key: Source = Source.SERVER, quiet: bool = False
    ) -> None:
        body = msgspec.json.encode({"batch": events})
        now = NOON + timedelta(minutes=at)
        letter = Letter(0, now, key, key.value, quiet=quiet)
        left = leaving(WORKSPACE, open_batch(body), letter) if key is Source.SERVER else ()
        source, kind = (Source.IMPORT, "import") if quiet else (key, "events")
        entry = Entry(WORKSPACE, source, key.value, kind, len(events), body, suppress=left)
        self.shop.now = max(self.shop.now, now)
        journal.append(self.shop.journal, [entry], now)

    def gate(self, address: str = ANNA) -> Standing:
        """As the next claim reads it, whether `live` has read the log or not."""
        with (
            self.outbox.connect() as outbox,
            self.shop.people.connect() as people,
            self.shop.journal.connect() as log,
        ):
            read = Read(outbox, people, log)
            return standing(read, ask(address=address), self.shop.now, Workspace(name="S"), {})

    def may(self, address: str = ANNA) -> bool:
        now = self.gate(address)
        return now.consents.get("marketing") == "given" and not now.suppressed

    def close(self) -> None:
        self.outbox.dispose()
        self.shop.close()


@pytest.fixture
def told(tmp_path: Path) -> Iterator[Told]:
    one = Told(tmp_path)
    yield one
    one.close()


def word(name: str, at: float, n: int = 0, **more: Any) -> dict[str, Any]:
    return said(name, at, n=n, **{"email": ANNA} | more) | {"anonymousId": None}


def by_id(name: str, at: float, user: str = "u1", **more: Any) -> dict[str, Any]:
    return said(name, at, **more) | {"anonymousId": None, "userId": user}


def test_an_old_consent_said_again_brings_nobody_back(told: Told) -> None:
    """A nightly export repeats the consent of noon after she left at one."""
    told.hear(word("Consent Given", 0), at=0)
    told.hear(word("Unsubscribed", 60), at=60)
    told.hear(word("Consent Given", 0, n=2), at=90)
    assert not told.may()
    told.shop.read()
    assert not told.may()
    told.hear(word("Consent Given", 120), at=120)
    assert not told.may()  # only the ledger knows whether it counts
    told.shop.read()
    assert told.may()


def test_leaving_holds_before_anybody_has_read_it(told: Told) -> None:
    told.hear(word("Consent Given", 0), at=0)
    told.shop.read()
    assert told.may()
    told.hear(word("Unsubscribed", 5), at=5)
    assert told.gate().suppressed == {"": "unsubscribed"}


def test_an_unsubscribe_heard_late_does_not_outlive_a_later_consent(told: Told) -> None:
    told.hear(word("Consent Given", 60), at=60)
    told.shop.read()
    told.hear(word("Unsubscribed", 30), at=90)
    assert told.may()
    told.shop.read()
    assert told.may()


def test_at_the_same_moment_the_withdrawal_counts(told: Told) -> None:
    told.hear(word("Unsubscribed", 5), word("Consent Given", 5), at=5)
    told.shop.read()
    assert not told.may()


def test_a_consent_said_twice_is_one_word(told: Told) -> None:
    """The shop's server tries a request again after she left; without a time of its own."""
    again = word("Consent Given", 0) | {"timestamp": None}
    told.hear(again, at=0)
    told.hear(word("Unsubscribed", 60), at=60)
    told.hear(again, at=90)
    told.shop.read()
    assert told.gate().suppressed == {"": "unsubscribed"}
    assert not told.may()


def test_a_file_of_history_withdraws_and_gives_nothing_back(told: Told) -> None:
    told.hear(word("Consent Given", -90), at=0, quiet=True)
    told.shop.read()
    assert told.may()
    told.hear(word("Unsubscribed", 10), at=10)
    told.hear(word("Consent Given", 20, n=1), at=20, quiet=True)
    told.shop.read()
    assert not told.may()
    told.hear(word("Consent Given", 30), at=30)
    told.hear(word("Unsubscribed", 40, n=1), at=50, quiet=True)
    told.shop.read()
    assert not told.may()


def test_a_request_does_not_hide_that_she_left(told: Told) -> None:
    """Anybody can type her address into a form; in her own profile too."""
    told.hear(identified(0, user="u1", email=ANNA), at=0)
    told.hear(word("Unsubscribed", 5), at=5)
    told.hear(said("Subscription Requested", 10, email=ANNA), at=10, key=Source.PUBLIC)
    told.shop.read()
    assert told.gate().consents == {"marketing": "withdrawn"}
    assert {s["consents"][f"email/{ANNA}/marketing"][0] for s in states(told)} == {"withdrawn"}
    assert [key.split("/")[1] for key in told.shop.asked()] == ["confirm"]  # but she is asked


def states(told: Told) -> list[dict[str, Any]]:
    return [one["person"] for one in told.shop.states().values() if one["person"].get("consents")]


@pytest.mark.parametrize("agent", ["Googlebot/2.1 (+http://www.google.com/bot.html)", "curl/8"])
def test_who_leaves_has_left_whatever_machine_says_so(told: Told, agent: str) -> None:
    told.hear(word("Consent Given", 0), at=0)
    told.hear(word("Unsubscribed", 5) | {"context": {"userAgent": agent}}, at=5)
    assert told.gate().suppressed
    told.shop.read()
    with told.shop.people.connect() as connection:
        assert ledger(connection, WORKSPACE, "email", ANNA)["marketing"].state == "withdrawn"


def test_a_customer_leaves_by_her_id_with_every_address(told: Told) -> None:
    told.hear(identified(0, user="u1", email=ANNA), at=0)
    told.hear(by_id("Consent Given", 1), at=1)
    told.hear(by_id("Consent Given", 2, email="old@example.com"), at=2)
    told.shop.read()
    assert told.may()
    assert told.may("old@example.com")
    told.hear(by_id("Unsubscribed", 5), at=5)
    told.shop.read()
    for address in (ANNA, "old@example.com"):
        assert told.gate(address).suppressed == {"": "unsubscribed"}
        assert not told.may(address)


def test_who_left_before_her_address_was_known_has_left(told: Told) -> None:
    told.hear(word("Consent Given", 0), at=0)  # as a guest
    told.hear(by_id("Unsubscribed", 5), at=5)
    told.shop.read()
    assert told.may()  # nobody knows that u1 is Anna
    told.hear(identified(10, device="laptop", user="u1", email=ANNA), at=10)
    told.shop.read()
    assert not told.may()
    told.hear(by_id("Consent Given", 20), at=20)
    told.shop.read()
    assert told.may()


def test_a_browser_cannot_lend_her_leaving_to_another_address(told: Told) -> None:
    told.hear(word("Consent Given", 0), at=0)
    told.hear(by_id("Unsubscribed", 5), at=5)
    token = sign(Token(Purpose.LOGIN, WORKSPACE, {"user": "u1"}, None), SECRETS)
    claim = identified(10, user=None, email=ANNA) | {"context": {"token": token}}
    told.hear(claim, at=10, key=Source.PUBLIC)
    left = said("Unsubscribed", 11, email=ANNA) | {"context": {"token": token}}
    told.hear(left, at=11, key=Source.PUBLIC)
    told.shop.read()
    assert told.may()
    told.hear(identified(20, device="tablet", user="u2", email="bea@example.com"), at=20)
    token = sign(Token(Purpose.LOGIN, WORKSPACE, {"user": "u2"}, None), SECRETS)
    left = said("Unsubscribed", 21, "tablet", email=ANNA) | {"context": {"token": token}}
    told.hear(left, at=21, key=Source.PUBLIC)
    told.shop.read()
    assert told.may()


@pytest.mark.parametrize(
    "odd",
    [
        {"traits": None},
        {"context": None},
        {"context": {"traits": None}},
        {"event": "unsubscribed"},
        {"properties": {"email": ANNA, "purposes": ["newsletter"]}},
        {"properties": {"email": ANNA, "purposes": ["Marketing"]}},
        {"properties": None, "context": {"traits": {"email": ANNA}}},
    ],
)
def test_the_door_lets_go_whoever_admit_sees_leave(told: Told, odd: dict[str, Any]) -> None:
    told.hear(word("Consent Given", 0), at=0)
    told.shop.read()
    told.hear(word("Unsubscribed", 5) | odd, at=5)
    assert told.gate().suppressed == {"": "unsubscribed"}
    told.shop.read()
    assert told.gate().consents == {"marketing": "withdrawn"}


WORDS = st.lists(
    st.tuples(
        st.sampled_from(["Consent Given", "Unsubscribed", "Consent Withdrawn"]),
        st.integers(0, 3),  # said
        st.booleans(),  # out of a file of history
    ),
    min_size=1,
    max_size=5,
)


@settings(max_examples=60, deadline=None)
@given(words=WORDS, order=st.randoms(use_true_random=False), rows=st.sampled_from([1, 7]))
def test_the_order_in_which_words_are_heard_changes_nothing(
    tmp_path_factory: pytest.TempPathFactory, words: Any, order: Any, rows: int
) -> None:
    """And the door never holds anybody back longer than the ledger says."""
    said_of = []
    heard = list(enumerate(words))
    for _ in range(2):
        told = Told(tmp_path_factory.mktemp("told"))
        for at, (n, (name, moment, quiet)) in enumerate(heard):
            told.hear(word(name, moment, n=n), at=10 + at, quiet=quiet)
        told.shop.read(rows)
        with told.shop.people.connect() as connection:
            by_ledger = ledger(connection, WORKSPACE, "email", ANNA)["marketing"].state
        assert told.gate().consents["marketing"] == by_ledger
        assert bool(told.gate().suppressed) is (by_ledger == "withdrawn")
        said_of.append(by_ledger)
        told.close()
        order.shuffle(heard)
    assert said_of[0] == said_of[1]


def test_one_word_counts_whatever_the_order() -> None:
    every = [
        Consent(state, NOON + timedelta(minutes=minute), basis)
        for state in ("pending", "given", "withdrawn")
        for minute in (0, 1)
        for basis in ("consent", "imported")
    ]
    for three in permutations(every, 3):
        one, two, last = three
        found = stronger(stronger(one, two), last)
        assert (found.state, found.since) == _same(stronger(stronger(last, two), one))


def _same(word: Consent) -> tuple[str, Any]:
    return (word.state, word.since)


def test_wishes_for_many_addresses_make_no_state_grow(told: Told) -> None:
    """The public key may say any address; the ledger keeps them, a profile only so many."""
    for n in range(3 * MOST_ADDRESSES):
        wish = said("Subscription Requested", n, n=n, email=f"a{n}@example.com")
        told.shop.hear(wish, at=n)
    told.shop.read()
    [state] = told.shop.states().values()
    assert len(state["person"]["consents"]) == MOST_ADDRESSES + 1  # and the one she goes by
    assert len(told.shop.kept()["consents"]) == 3 * MOST_ADDRESSES
