"""Live goes on: one event or person that nobody foresaw costs the others nothing."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings, strategies as st

from innesco import way
from innesco.columns import feed, projection
from innesco.columns.owner import Owner
from innesco.events.event import Source
from innesco.profiles import learn
from innesco.storage import journal, people, quarantine
from tests.way.shop import WORKSPACE, Shop, identified, said
from tests.way.test_laws import shop

FAULT = "could not be learnt: ZeroDivisionError; please report it"


def held(one: Shop) -> list[tuple[int, str]]:
    with one.people.connect() as connection:
        return [(row.seq, row.reason) for row in quarantine.held(connection, WORKSPACE)]


def head(one: Shop) -> int:
    found = journal.head(one.journal)
    assert found is not None
    return found[0]


@pytest.fixture
def faulty(monkeypatch: pytest.MonkeyPatch) -> None:
    """A lesson that divides by zero."""

    def boom(person: Any, event: Any, says: Any, who: Any) -> Any:
        return 1 // 0

    monkeypatch.setitem(learn.LESSONS, "Boom", boom)


def told(one: Shop, boom: bool) -> None:
    """Four requests of three devices; in the second and third there may be one bad event."""
    bad = [said("Boom", 2, device="phone")] if boom else []
    one.hear(
        said("Product Viewed", 0, device="phone"), said("Product Viewed", 1, device="laptop"), at=1
    )
    one.hear(said("Product Viewed", 1, n=2, device="phone"), *bad, said("Page Seen", 2), at=2)
    one.hear(*bad, at=3)
    one.hear(said("Product Viewed", 3, device="tablet"), at=3)
    one.tick(300)
    one.read()


@pytest.mark.usefixtures("faulty")
def test_an_event_that_cannot_be_learnt_costs_only_itself() -> None:
    with shop() as one, shop() as other:
        told(one, boom=True)
        told(other, boom=False)
        assert [reason for _, reason in held(one)] == [FAULT, FAULT]
        assert one.live.cursor == head(one)
        mine, theirs = one.states(), other.states()
        assert mine.keys() == theirs.keys()
        for name in mine:
            assert mine[name]["person"]["events"] == theirs[name]["person"]["events"]


@pytest.mark.usefixtures("faulty")
def test_several_faults_in_one_long_request_cost_only_themselves() -> None:
    """A thousand events, five of them bad: found one after the other, not by trying each."""
    with shop() as one:
        bad = {17, 400, 401, 777, 999}
        one.hear(*(said("Boom" if n in bad else "Page Seen", 0, n=n) for n in range(1000)))
        one.read()
        (state,) = one.states().values()
        assert state["person"]["events"] == 995
        assert [reason for _, reason in held(one)] == [FAULT] * 5


@pytest.mark.usefixtures("faulty")
def test_of_a_request_full_of_faults_nothing_is_learnt() -> None:
    with shop() as one:
        one.hear(*(said("Boom", 0, n=n) for n in range(30)), said("Page Seen", 0, n=31))
        one.hear(said("Page Seen", 1, device="laptop"))
        one.read()
        assert one.live.cursor == head(one)
        assert len(held(one)) == 31
        assert len(one.states()) == 1


def test_an_event_that_cannot_be_kept_costs_only_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    """It was learnt, but the file would not take it."""
    keep = people.keep

    def picky(connection: Any, workspace: str, states: Any) -> None:
        for state in states:
            assert "Kept Never" not in state.person.attributes, "no"
        keep(connection, workspace, states)

    with shop() as one:
        bad = identified(2, device="laptop", **{"Kept Never": True})
        one.hear(said("Page Seen", 0), bad, said("Page Seen", 3, n=2))
        with monkeypatch.context() as broken:
            broken.setattr(people, "keep", picky)
            one.read()
        (state,) = one.states().values()
        assert state["person"]["events"] == 2
        assert [reason for _, reason in held(one)] == [FAULT.replace("ZeroDivision", "Assertion")]


@pytest.mark.usefixtures("faulty")
def test_nobody_but_the_fault_is_named_in_the_quarantine() -> None:
    with shop() as one:
        one.hear(said("Boom", 0, email="anna@example.com"))
        one.read()
        assert held(one) == [(head(one), FAULT)]


def test_a_disk_that_fails_is_no_fault_of_the_event(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is kept and nothing is left out: the batch waits until the disk is well."""
    with shop() as one:
        one.read()
        one.hear(said("Product Viewed", 0))
        before = one.live.cursor
        with monkeypatch.context() as broken:
            broken.setattr(people, "keep", disk_full)
            with pytest.raises(sa.exc.OperationalError):
                one.live.catch_up()
        assert (one.live.cursor, held(one)) == (before, [])
        one.read()
        assert one.live.cursor == head(one)
        assert len(one.states()) == 1


def disk_full(*_: Any) -> None:
    raise sa.exc.OperationalError("INSERT", {}, OSError("database or disk is full"))


def test_one_who_cannot_be_woken_keeps_nobody_else_asleep(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with shop() as one:
        for device in ("phone", "laptop"):
            one.hear(*(said("Product Viewed", 0, device, n) for n in (1, 2)))
        one.read()
        states = one.states()
        poor = next(name for name, s in states.items() if "phone" in s["person"]["anonymous"])
        reach = way.reach

        def boom(state: Any, *rest: Any, **named: Any) -> Any:
            assert state.person.id != poor, "cannot be woken"
            return reach(state, *rest, **named)

        monkeypatch.setattr(way, "reach", boom)
        one.tick(180)
        one.read()
        assert one.live.cursor == head(one)
        members = {
            name: list(state["person"].get("segments", {})) for name, state in one.states().items()
        }
        assert members.pop(poor) == ["looking@3"]
        assert list(members.values()) == [[]]


# -- whatever the door takes ---------------------------------------------------------------------

NUMBERS: tuple[Any, ...] = (0, -1, 5, 2**53 - 1, 2**53, -(2**53), 9e13, 1e-300, 0.1, 99_999)
TEXTS = ("1e999999", "-1e99999", "1e-99999", "0e999999", "9" * 40, "9" * 400, "NaN", "12,50", "")
VALUES = st.sampled_from([*NUMBERS, *TEXTS, None, True, [], {}, [[]], {"a": 1}, "x" * 600])
PRODUCTS = st.lists(
    st.dictionaries(
        st.sampled_from(("product_id", "sku", "price", "quantity", "category")), VALUES
    ),
    max_size=3,
)
FIELDS = ("price", "quantity", "value", "total", "currency", "product_id", "cart_id", "order_id")
SAID = st.dictionaries(
    st.sampled_from((*FIELDS, "refund_id", "purposes", "email", "query")), VALUES
)
NAMES = (*learn.LESSONS, "Product Viewed", "Products Searched", "Identified", "Message Opened")
CONTEXT = st.fixed_dictionaries(
    {},
    optional={
        "userAgent": st.sampled_from(("a" * 700, "curl/8", "", "bot " * 100)),
        "locale": st.sampled_from(("it-IT", "", "😀", "x" * 99)),
        "token": st.sampled_from(("click.k1.shop.AAAA", "click.k1.shop.é", "confirm.", "x")),
        "traits": st.dictionaries(st.sampled_from(("email", "phone", "city", "address")), VALUES),
        "page": st.just({"path": "/" + "p" * 600, "title": "T"}),
        "campaign": st.dictionaries(st.sampled_from(("name", "source")), VALUES, max_size=2),
    },
)
EVENTS = st.fixed_dictionaries(
    {
        "type": st.sampled_from(("track", "track", "track", "identify", "page", "alias")),
        "event": st.sampled_from(NAMES),
        "properties": SAID | PRODUCTS.map(lambda products: {"products": products}) | st.none(),
    },
    optional={
        "anonymousId": st.sampled_from(("phone", "laptop", "claims u1", "é" * 300, 7)),
        "userId": st.sampled_from(("u1", "u2", "", 0)),
        "previousId": st.sampled_from(("phone", "claims u1", "é" * 300)),
        "traits": st.dictionaries(st.sampled_from(("email", "points", "holdout_exempt")), VALUES),
        "timestamp": st.sampled_from(("2026-03-02T12:00:00Z", "2031-01-01", 1e11, 1772452800)),
        "context": CONTEXT,
    },
)


MUCH = 9e13
POISON: dict[str, list[dict[str, Any]]] = {
    "a quantity of yes": [said("Product Added", 0, product_id="A", cart_id="c", quantity=True)],
    "an endless amount": [said("Product Viewed", 0, product_id="A", price="1e999999")],
    "an endless line": [said("Order Completed", 0, products=[{"sku": "A", "price": "1e9999999"}])],
    "price by quantity": [said("Product Viewed", 0, product_id="A", price=MUCH, quantity=2**53)],
    "a cart beyond 2^63": [
        said("Product Added", 0, n=n, product_id=f"A{n}", cart_id="c", price=MUCH, quantity=99_999)
        for n in range(12)
    ],
    "a cart beyond 2^64": [
        said("Product Added", 0, n=n, product_id=f"A{n}", cart_id="c", price=MUCH, quantity=99_999)
        for n in range(99)
    ],
}
"""Each of these stopped live or columns, for every shop, once and for all."""


@pytest.mark.parametrize("events", POISON.values(), ids=POISON)
def test_what_once_stopped_everybody_is_an_event_like_others(events: Any) -> None:
    with shop() as one, columns() as cursor:
        one.hear(*events)
        one.read()
        assert (one.live.cursor, held(one)) == (head(one), [])
        with one.people.connect() as connection:
            projection.apply(cursor, feed.read(connection, WORKSPACE, 0))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(events=st.lists(st.tuples(st.sampled_from(Source), EVENTS), min_size=1, max_size=12))
def test_whatever_the_door_takes_live_and_columns_go_on(events: Any) -> None:
    """No event is a fault of ours: it is learnt, or refused for what it says."""
    with shop() as one, columns() as cursor:
        for n, (source, event) in enumerate(events):
            one.hear(event | {"messageId": str(n)}, source=source, at=n)
        one.tick(600)
        one.read()
        assert one.live.cursor == head(one)
        assert [why for _, why in held(one) if why.startswith("could not be learnt")] == []
        with one.people.connect() as connection:
            projection.apply(cursor, feed.read(connection, WORKSPACE, 0))


@contextmanager
def columns() -> Iterator[Any]:
    with TemporaryDirectory() as folder:
        owner = Owner(Path(folder))
        with owner.cursor(WORKSPACE) as cursor:
            yield cursor
        owner.close()


def test_an_agent_that_takes_long_to_read_is_read_in_part() -> None:
    """The name that a browser gives itself is anybody's to write: 30,000 letters took a minute."""
    with shop() as one:
        began = time.process_time()
        events = [
            said("Product Viewed", 0, n=n) | {"context": {"userAgent": f"{n}" + "a" * 30_000}}
            for n in range(20)
        ]
        one.hear(*events)
        one.read()
        assert time.process_time() - began < 5
