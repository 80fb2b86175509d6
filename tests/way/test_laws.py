"""The laws of time, order and identity: what must be the same, however the log is read."""

import itertools
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from innesco.events.event import Source
from tests.way.shop import Shop, identified, said

laws = settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.too_slow])

minutes = st.sampled_from([0, 1, 30, 59, 60, 61, 119, 120, 121, 180, 1500, 1501, 1560, 1620])
devices = st.sampled_from(["phone", "laptop"])
addresses = st.sampled_from(["anna@example.com", "bea@example.com"])
kinds = st.one_of(
    st.sampled_from(["view", "add"]),
    st.sampled_from(["remove", "order", "claim", "login", "mail", "till", "alias", "named"]),
)
before = st.sampled_from(["phone", "laptop", "tablet", "claims u1"])
products = st.sampled_from(["A", "B", "C"])
carts = st.sampled_from(["c1", "c2"])


@st.composite
def requests(draw: st.DrawFn) -> tuple[float, Source, dict[str, Any]]:
    """One request: when it comes, from whom, and what it says."""
    at, device, n = draw(minutes), draw(devices), draw(st.integers(0, 1))
    happened = min(at, draw(minutes)) if draw(st.booleans()) else at
    kind = draw(kinds)
    match kind:
        case "view":
            said_ = said("Product Viewed", happened, device, n, product_id=draw(products), price=5)
        case "add":
            line = {"product_id": draw(products), "price": 10, "cart_id": draw(carts)}
            said_ = said("Product Added", happened, device, n, **line)
        case "remove":
            line = {"product_id": draw(products), "cart_id": draw(carts)}
            said_ = said("Product Removed", happened, device, n, **line)
        case "order":
            said_ = said("Order Completed", happened, device, n, order_id=draw(carts), total=20)
        case "claim":
            said_ = identified(happened, device, email="anna@example.com")
        case "mail":  # a guest, or a customer with her address, known by the server
            user = draw(st.sampled_from([None, None, "u1", "u2"]))
            said_ = identified(happened, device, user, email=draw(addresses))
        case "till":  # an order that names nothing but an address
            said_ = said("Order Completed", happened, "till", n, order_id=draw(carts), total=20)
            del said_["anonymousId"]
            said_["context"] = {"traits": {"email": draw(addresses)}}
        case "alias":
            said_ = said("", happened, device, n) | {"type": "alias", "previousId": draw(before)}
        case "named":  # a browser that says a customer's id and no device
            said_ = said("Page Viewed", happened, "named", n) | {"userId": "u1"}
            del said_["anonymousId"]
        case _:
            said_ = identified(happened, device, user=draw(st.sampled_from(["u1", "u2"])))
    server = kind in ("login", "mail", "till") or (kind == "order" and draw(st.booleans()))
    return at, Source.SERVER if server else Source.PUBLIC, said_


stories = st.lists(requests(), min_size=1, max_size=25).map(
    lambda told: sorted(told, key=lambda one: one[0])
)
END = 10_000


@contextmanager
def shop(**more: Any) -> Iterator[Shop]:
    with tempfile.TemporaryDirectory() as folder:
        one = Shop(Path(folder), **more)
        yield one
        one.close()


def tell(one: Shop, story: list[tuple[float, Source, dict[str, Any]]]) -> None:
    for at, source, event in story:
        one.hear(event, source=source, at=at)


@pytest.mark.parametrize("restart", [False, True], ids=["one worker", "restarted after each batch"])
@laws
@given(story=stories, ticks=st.lists(minutes))
def test_batches_do_not_matter(restart: bool, story: Any, ticks: Any) -> None:
    kept = []
    for rows in (1, 7, 1000):
        with shop() as one:
            steps = [(at, source, event) for at, source, event in story]
            for at, source, event in steps:
                one.hear(event, source=source, at=at)
                for tick in [tick for tick in ticks if tick == at]:
                    one.tick(tick)
            one.tick(END)
            one.read(rows, restart=restart)
            kept.append(one.kept())
    assert kept[0] == kept[1] == kept[2]


@laws
@given(story=stories)
def test_how_much_live_remembers_changes_nothing(story: Any) -> None:
    kept = []
    for most in (1, 5, 300_000):
        with shop() as one, patch("innesco.workers.crowd.MOST_EVENTS", most):
            tell(one, story)
            one.tick(END)
            one.read(2)
            kept.append(one.kept())
    assert kept[0] == kept[1] == kept[2]


@laws
@given(story=stories, ticks=st.lists(minutes, max_size=8))
def test_when_the_clock_is_heard_changes_nothing(story: Any, ticks: Any) -> None:
    kept = []
    for heard in ([], ticks):
        with shop() as one:
            steps: list[Any] = sorted(
                [(at, 1, n, (source, event)) for n, (at, source, event) in enumerate(story)]
                + [(at, 0, n, None) for n, at in enumerate(heard)],
                key=lambda step: step[:3],
            )
            for at, _, _, request in steps:
                if request:
                    one.hear(request[1], source=request[0], at=at)
                else:
                    one.tick(at)
            one.tick(END)
            one.read()
            kept.append(without_places(one.kept()))
    assert kept[0] == kept[1]


def without_places(kept: dict[str, list[Any]]) -> dict[str, Any]:
    """A clock row takes a place in the log, so the places after it move; all else must not."""
    return {
        "messages": [(key.split("/")[2:],) for key, _ in kept["effects"]],
        "runs": sorted(
            (run[2], run[4], run[5], run[6], run[7], run[8], run[9], run[10], run[11])
            for run in kept["runs"]
        ),
        "decisions": [(d[1], d[2], d[4], d[5], d[6]) for d in kept["decisions"]],
        "consents": [row[:4] for row in kept["consents"]],
    }


@laws
@given(story=stories, again=st.data())
def test_doubles_change_nothing(story: Any, again: Any) -> None:
    """What a client sends again, after the answer was lost, is heard once."""
    kept = []
    repeats = again.draw(st.lists(st.sampled_from(story), max_size=10))
    for doubled in ([], repeats):
        with shop() as one:
            tell(one, story)
            last = story[-1][0]
            for _, source, event in doubled:
                one.hear(event, source=source, at=last)
            one.tick(END)
            one.read()
            kept.append(one.kept())
    assert kept[0] == kept[1]


@laws
@given(story=stories, order=st.randoms(use_true_random=False))
def test_late_arrival_corrects_history_and_memberships(story: Any, order: Any) -> None:
    """In whatever order one device's views are heard, the past and the segments are the same."""
    views = [
        (min(at, 180), source, event)
        for at, source, event in story
        if event.get("event") == "Product Viewed" and event["anonymousId"] == "phone"
    ]
    distinct = list({event["messageId"]: (180.0, s, event) for _, s, event in views}.values())
    shuffled = list(distinct)
    order.shuffle(shuffled)
    found = []
    for told in (distinct, shuffled):
        with shop() as one:
            tell(one, told)
            one.read()
            states = one.states()
            found.append(
                {
                    name: (sorted(state["person"].get("segments", ())), state["person"]["events"])
                    for name, state in states.items()
                }
            )
    assert found[0] == found[1]


def test_an_event_heard_late_starts_nothing_but_ends_a_run() -> None:
    with shop() as one:
        one.hear(said("Product Added", 0, product_id="A", cart_id="c1"), at=180)
        one.tick(END)
        one.read()
        assert one.asked() == []
    with shop() as one:
        one.hear(identified(0, email="anna@example.com"), at=0)
        one.hear(said("Product Added", 0, "phone", product_id="A", cart_id="c1"), at=0)
        one.hear(said("Order Completed", 30, order_id="o1"), at=59)  # half an hour late
        one.tick(END)
        one.read()
        assert [run[10] for run in one.kept()["runs"]] == ["stopped by Order Completed"]


def test_what_we_hear_late_cannot_undo_what_was_asked() -> None:
    with shop(definitions=unheld()) as one:
        one.hear(identified(0, email="anna@example.com"), at=0)
        one.hear(said("Product Added", 0, product_id="A", cart_id="c1"), at=0)
        one.tick(70)
        one.hear(said("Order Completed", 30, order_id="o1"), at=90)
        one.tick(END)
        one.read()
        assert [key.split("/")[2] for key in one.asked()] == ["remind"]


def unheld() -> list[Any]:
    from tests.way.shop import DEFINITIONS

    return [
        (kind, name, {**document, "holdout": 0} if kind == "journey" else document)
        for kind, name, document in DEFINITIONS
    ]


LEFT = {
    "id": "left",
    "name": {"en": "Has stopped looking"},
    "starts": [{"type": "segment", "segment": "looking", "leaves": True}],
    "first": "hello",
    "holdout": 0,
    "nodes": {"hello": {"type": "message", "template": "browse", "products": "seen"}},
}


@pytest.mark.parametrize("ticked", [False, True], ids=["no clock", "clock heard before"])
def test_what_time_alone_starts_is_not_silenced_by_a_late_event_after_it(ticked: bool) -> None:
    """She leaves the segment at 122 minutes, whoever is heard next and however late."""
    with shop(definitions=[*unheld(), ("journey", "left", LEFT)]) as one:
        one.hear(identified(0, email="anna@example.com"), at=0)
        one.hear(said("Product Viewed", 0, product_id="A"), at=0)
        one.hear(said("Product Viewed", 1, product_id="B"), at=1)
        if ticked:
            one.tick(200)
        one.hear(said("Page Viewed", 30), at=300)
        one.read()
        assert [run[2] for run in one.kept()["runs"] if run[2] == "left"] == ["left"]


def test_imported_history_starts_nothing() -> None:
    with shop(definitions=unheld()) as one:
        one.hear(identified(0, email="anna@example.com"), at=0)
        event = said("Product Added", 0, product_id="A", cart_id="c1")
        import msgspec

        one._append("import", Source.IMPORT, msgspec.json.encode({"batch": [event]}))
        one.tick(END)
        one.read()
        assert one.asked() == []
        assert next(iter(one.states().values()))["person"]["cart"] is not None


@pytest.mark.parametrize("first", list(itertools.permutations(["phone", "laptop"])))
def test_two_devices_of_one_customer_become_one_person(first: tuple[str, str]) -> None:
    with shop(definitions=unheld()) as one:
        for n, device in enumerate(first):
            one.hear(said("Product Viewed", n, device, product_id="A"), at=n)
        for n, device in enumerate(first):
            one.hear(identified(5 + n, device, user="u1"), source=Source.SERVER, at=5 + n)
        one.hear(said("Product Viewed", 8, "phone", product_id="B"), at=8)
        one.read()
        states = one.states()
        assert len(states) == 1
        (person,) = (state["person"] for state in states.values())
        assert person["events"] == 5
        assert sorted(person["anonymous"]) == ["laptop", "phone"]


def test_two_known_people_never_merge_and_a_shared_device_starts_anew() -> None:
    with shop() as one:
        one.hear(identified(0, "phone", user="u1"), source=Source.SERVER, at=0)
        one.hear(said("Product Viewed", 1, "phone", product_id="A"), at=1)
        one.hear(identified(2, "phone", user="u2"), source=Source.SERVER, at=2)
        one.hear(said("Product Viewed", 3, "phone", product_id="B"), at=3)
        one.read()
        people = {
            state["person"].get("user"): state["person"]["events"]
            for state in one.states().values()
        }
        assert people == {"u1": 2, "u2": 2}


def test_the_public_key_cannot_join_or_change_somebody_known() -> None:
    """An enemy who types Anna's address, or her customer id, gets a profile of his own."""
    with shop() as one:
        anna = identified(0, "phone", user="u1", email="anna@example.com", city="Torino")
        one.hear(anna, source=Source.SERVER, at=0)
        before = one.kept() if one.read() is None else None
        enemy = identified(1, "enemy", user="u1", email="anna@example.com", city="Nowhere")
        one.hear(enemy, at=1)
        one.read()
        states = {s["person"].get("user"): s["person"] for s in one.states().values()}
        assert before is not None
        assert set(states) == {"u1", None}
        assert states["u1"]["attributes"]["city"][0] == "Torino"
        assert states["u1"]["anonymous"] == ["phone"]
        assert states[None]["level"] == "claimed"


def test_a_device_that_changes_its_anonymous_id_stays_one_person() -> None:
    with shop() as one:
        one.hear(said("Product Viewed", 0, "before", product_id="A"), at=0)
        alias = said("", 1, "after") | {"type": "alias", "previousId": "before"}
        one.hear(alias, at=1)
        one.hear(said("Product Viewed", 2, "after", product_id="A"), at=2)
        one.read()
        assert [state["person"]["events"] for state in one.states().values()] == [3]


def test_the_public_key_cannot_take_over_somebody_known_by_an_alias() -> None:
    with shop() as one:
        one.hear(identified(0, "phone", user="u1"), source=Source.SERVER, at=0)
        one.hear(said("", 1, "enemy") | {"type": "alias", "previousId": "phone"}, at=1)
        one.read()
        assert {s["person"].get("user"): s["person"]["events"] for s in one.states().values()} == {
            "u1": 1,
            None: 1,
        }


def test_of_two_runs_of_one_cart_the_older_stays_after_a_merge() -> None:
    with shop(definitions=unheld()) as one:
        for n, device in enumerate(["phone", "laptop"]):
            one.hear(identified(n, device, email="anna@example.com"), at=n)
            one.hear(said("Product Added", n, device, product_id="A", cart_id="c1"), at=n)
        for n, device in enumerate(["phone", "laptop"]):
            one.hear(identified(10 + n, device, user="u1"), source=Source.SERVER, at=10 + n)
        one.tick(END)
        one.read()
        ended = sorted(run[10] for run in one.kept()["runs"])
        assert ended == ["merged", "reached the end"]
        assert [key.split("/")[2] for key in one.asked()] == ["again", "remind"]


@pytest.mark.parametrize("ticked", [False, True], ids=["no clock", "clock heard before"])
def test_what_was_due_before_a_merge_is_judged_by_who_she_was_then(ticked: bool) -> None:
    """The laptop was nobody with an address at 62 minutes, though at 80 it turns out to be hers."""
    with shop(definitions=unheld()) as one:
        login = identified(0, user="u1", email="anna@example.com")
        one.hear(login, source=Source.SERVER, at=0)
        one.hear(said("Product Added", 2, "laptop", product_id="A", cart_id="c1"), at=2)
        if ticked:
            one.tick(70)
        one.hear(identified(80, "laptop", user="u1"), source=Source.SERVER, at=80)
        one.tick(END)
        one.read()
        assert [key.split("/")[2] for key in one.asked()] == ["again"]


def test_a_robot_makes_no_person_and_joins_none() -> None:
    robot = {"context": {"userAgent": "Googlebot/2.1 (+http://www.google.com/bot.html)"}}
    with shop() as one:
        one.hear(said("Product Viewed", 0, "robot", product_id="A") | robot, at=0)
        one.hear(said("Product Viewed", 1, "phone", product_id="A"), at=1)
        one.hear(identified(2, "phone", user="u1") | robot, source=Source.SERVER, at=2)
        one.read()
        assert [state["person"].get("user") for state in one.states().values()] == [None]
