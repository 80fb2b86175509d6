"""The table of merges: each row of the decision page is a case, and each case is a row."""

import re
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from innesco.events.event import Item, Source
from innesco.join import TOO_MANY, join
from innesco.journeys.enter import MOST_RUNS
from innesco.journeys.run import Entry, Run, Standing
from innesco.profiles.consent import MOST_ADDRESSES
from innesco.profiles.merge import merge
from innesco.profiles.person import Attribute, Cart, Consent, Order, Person, Visit
from innesco.turn import State

PAGE = Path(__file__).parents[2] / "docs/decisions/0013-the-table-of-merges.md"
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def at(minutes: int) -> datetime:
    return NOON + timedelta(minutes=minutes)


def both(known: dict[str, Any], other: dict[str, Any]) -> Person:
    return merge(Person(id="hers", **known), Person(id="other", **other))


def run(name: str, minutes: int, key: str = "c1", held_out: bool = False) -> Run:
    return Run(name, "recovery", name, key, "v", "wait", at(minutes), held_out=held_out)


def joined(known: Iterable[Run], other: Iterable[Run]) -> tuple[dict[str, Run], list[Run]]:
    def state(name: str, runs: Iterable[Run]) -> State:
        return State(Person(id=name), Standing({one.id: one for one in runs}))

    after, ended = join(state("hers", known), state("other", other), at(60))
    return after.standing.runs, ended


# -- runs and entries ----------------------------------------------------------------------------


def run_of_the_other() -> None:
    theirs = run("theirs", 1, held_out=True)
    assert joined([], [theirs]) == ({"theirs": theirs}, [])


def two_runs_of_one_key() -> None:
    for mine, theirs, stays, ends in ((1, 2, "mine", "theirs"), (2, 1, "theirs", "mine")):
        runs, ended = joined([run("mine", mine)], [run("theirs", theirs)])
        assert list(runs) == [stays]
        assert [(one.id, one.node, one.left_because) for one in ended] == [(ends, None, "merged")]


def two_runs_of_two_keys() -> None:
    runs, ended = joined([run("mine", 1)], [run("theirs", 2, key="c2")])
    assert (sorted(runs), ended) == (["mine", "theirs"], [])


def more_runs_than_anybody_may_have() -> None:
    mine = [run(f"mine {n}", n, key=f"m{n}") for n in range(0, MOST_RUNS, 2)]
    theirs = [run(f"theirs {n}", n, key=f"t{n}") for n in range(1, 2 * MOST_RUNS, 2)]
    other_journey = Run("elsewhere", "welcome", "elsewhere", "", "v", "wait", at(999))
    after, ended = join(
        State(Person(id="hers"), Standing({one.id: one for one in mine})),
        State(Person(id="other"), Standing({one.id: one for one in [*theirs, other_journey]})),
        at(60),
    )
    runs = after.standing.runs
    assert len(runs) == MOST_RUNS + 1
    assert {one.id for one in mine} <= runs.keys()  # all of hers are older than the newest
    assert sorted(one.id for one in ended) == sorted(one.id for one in theirs[MOST_RUNS // 2 :])
    assert {(one.node, one.left_because) for one in ended} == {(None, TOO_MANY)}
    assert {after.standing.entries[f"recovery/{one.key}"].left for one in ended} == {at(60)}


def held_out_on_one_side() -> None:
    for mine, theirs in ((True, False), (False, True)):
        for later in (0, 2):
            runs, _ = joined(
                [run("mine", 1, held_out=mine)], [run("theirs", later, held_out=theirs)]
            )
            assert [one.held_out for one in runs.values()] == [True]


def entries(known: dict[str, Entry], other: dict[str, Entry]) -> dict[str, Entry]:
    mine = State(Person(id="hers"), Standing({}, known))
    return join(mine, State(Person(id="other"), Standing({}, other)), at(60))[0].standing.entries


def entries_of_both() -> None:
    early, late = Entry(at(1), at(2)), Entry(at(3), at(4))
    assert entries({"j/": early}, {"j/": late}) == {"j/": late}
    assert entries({"j/": late}, {"j/": early}) == {"j/": late}


def entries_of_the_other() -> None:
    assert entries({}, {"j/": Entry(at(1))}) == {"j/": Entry(at(1))}


# -- carts and visits ----------------------------------------------------------------------------

LINE = (Item("A", 1, 500),)


def cart(name: str, minutes: int, items: tuple[Item, ...] = LINE) -> Cart:
    return Cart(name, items, at(minutes))


def one_cart_empty() -> None:
    full, empty = cart("c1", 1), cart("c2", 2, ())
    assert both({"cart": empty}, {"cart": full}).cart == full
    assert both({"cart": full}, {"cart": empty}).cart == full
    assert both({}, {"cart": full}).cart == full


def both_carts_full() -> None:
    early, late = cart("c2", 1), cart("c1", 2)
    assert both({"cart": early}, {"cart": late}).cart == late
    assert both({"cart": late}, {"cart": early}).cart == late


def one_cart_told_twice() -> None:
    full, ordered = cart("c1", 1), cart("c1", 2, ())
    assert both({"cart": ordered}, {"cart": full}).cart == ordered
    assert both({"cart": full}, {"cart": ordered}).cart == ordered
    again = cart("c1", 3)
    assert both({"cart": ordered}, {"cart": again}).cart == again


def visits() -> None:
    early, late = Visit(at(0), at(1), number=4), Visit(at(0), at(2), number=3, pages=9)
    for known, other in ((early, late), (late, early)):
        visit = both({"visit": known}, {"visit": other}).visit
        assert visit is not None
        assert (visit.last, visit.pages, visit.number) == (at(2), 9, 7)


# -- what she said, and ordered ------------------------------------------------------------------


def consent(known: Consent, other: Consent) -> Consent:
    return both({"consents": {"e": known}}, {"consents": {"e": other}}).consents["e"]


def the_later_word() -> None:
    for first, second in (("given", "withdrawn"), ("withdrawn", "given")):
        early, late = Consent(first, at(1)), Consent(second, at(2))
        assert consent(early, late) == consent(late, early) == late
        left = Consent("withdrawn", at(2))
        assert consent(left, late).state == consent(late, left).state == "withdrawn"


def a_mere_request() -> None:
    asked = Consent("pending", at(9))
    for state in ("given", "withdrawn"):
        word = Consent(state, at(1))
        assert consent(word, asked) == consent(asked, word) == word


def more_addresses_than_anybody_has() -> None:
    asked = {f"email/a{n}@x.it/marketing": Consent("pending", at(n)) for n in range(200)}
    own = {"email/anna@x.it/marketing": Consent("pending", at(0))}
    left = {"email/old@x.it/marketing": Consent("withdrawn", at(0), "consent")}
    mine = {"consents": own | left, "email": "anna@x.it", "email_verified": True}
    kept = both(mine, {"consents": asked}).consents
    assert len(kept) == MOST_ADDRESSES + 1
    assert (own | left).items() <= kept.items()  # hers, and whatever is more than a wish
    assert f"email/a{200 - MOST_ADDRESSES + 1}@x.it/marketing" in kept  # the newest wishes
    assert both({"consents": asked}, mine).consents == kept


def order(known: Order, other: Order) -> Order:
    return both({"orders": {"o": known}}, {"orders": {"o": other}}).orders["o"]


def confirmed_on_one_side() -> None:
    claimed, real = Order("o", at(0), 1, False), Order("o", at(1), 40, True, items=LINE)
    assert order(claimed, real) == order(real, claimed) == real


def undone_on_one_side() -> None:
    whole = Order("o", at(0), 40, True)
    undone = Order("o", at(0), 40, True, refunded=15, cancelled=True)
    assert order(whole, undone) == order(undone, whole) == undone


def different_orders() -> None:
    claimed = {f"c{n}": Order(f"c{n}", at(n), 1, False) for n in range(300)}
    real = {f"r{n}": Order(f"r{n}", at(n), 1, True) for n in range(300)}
    orders = both({"orders": real}, {"orders": claimed}).orders
    assert set(real) <= set(orders)
    assert set(orders) - set(real) == {f"c{n}" for n in range(100, 300)}


def one_refund() -> None:
    assert both({"refunds": {"r": 5}}, {"refunds": {"r": 5, "s": 2}}).refunds == {"r": 5, "s": 2}


def fired_for_both() -> None:
    for mine, theirs in ((1, 2), (2, 1)):
        assert both({"fired": {"t": at(mine)}}, {"fired": {"t": at(theirs)}}).fired["t"] == at(2)


# -- who and what she is -------------------------------------------------------------------------


def said(value: str, minutes: int) -> Attribute:
    return Attribute(value, at(minutes), 1, Source.SERVER)


def attribute_of_both() -> None:
    hers, theirs = said("Torino", 1), said("Roma", 2)
    assert both({"attributes": {"c": hers}}, {"attributes": {"c": theirs}}).attributes["c"] == hers


def attribute_of_the_other() -> None:
    many = {f"t{n}": said("x", n) for n in range(300)}
    merged = both({"attributes": {"city": said("Torino", 1)}}, {"attributes": many}).attributes
    assert "city" in merged
    assert list(merged)[1:] == [f"t{n}" for n in range(199)]


def segments() -> None:
    other = State(Person(id="other", segments={"looking": at(1)}), judged=3)
    state, _ = join(State(Person(id="hers"), judged=3), other, at(2))
    assert (state.person.segments, state.judged) == ({}, 0)


def devices() -> None:
    mine, theirs = tuple(f"m{n}" for n in range(50)), tuple(f"t{n}" for n in range(20))
    assert both({"anonymous": mine}, {"anonymous": theirs}).anonymous == mine[20:] + theirs


def her_address_verified() -> None:
    hers = {"email": "anna@example.com", "email_verified": True}
    merged = both(hers, {"email": "b@example.com"})
    assert (merged.email, merged.email_verified) == ("anna@example.com", True)


def the_others_address_verified() -> None:
    theirs = {"email": "anna@example.com", "email_verified": True}
    for hers in ({}, {"email": "b@example.com"}):
        merged = both(hers, theirs)
        assert (merged.email, merged.email_verified) == ("anna@example.com", True)


def doubles() -> None:
    assert both({"doubles": {1: at(2)}}, {"doubles": {7: at(1)}}).doubles == {7: at(1), 1: at(2)}


def muted() -> None:
    assert both({}, {"muted": "more than 5000 events a day"}).muted is None
    assert both({"muted": "more than 5000 events a day"}, {}).muted is not None


CASES: dict[tuple[str, str], Callable[[], None]] = {
    ("runs", "only the other is in the journey"): run_of_the_other,
    ("runs", "both are in it with one key"): two_runs_of_one_key,
    ("runs", "both are in it with different keys"): two_runs_of_two_keys,
    ("runs", "more of one journey than 50"): more_runs_than_anybody_may_have,
    ("hold-outs", "one of two runs with one key is held out"): held_out_on_one_side,
    ("entries", "both were in the journey with one key"): entries_of_both,
    ("entries", "only the other was in it"): entries_of_the_other,
    ("carts", "one of them is empty"): one_cart_empty,
    ("carts", "both are full"): both_carts_full,
    ("carts", "both tell of one cart"): one_cart_told_twice,
    ("visits", "both are on the site"): visits,
    ("consents", "both speak of one address and purpose"): the_later_word,
    ("consents", "one of them only asked"): a_mere_request,
    ("consents", "of more addresses than 50"): more_addresses_than_anybody_has,
    ("orders", "one order, confirmed on one side"): confirmed_on_one_side,
    ("orders", "one order, cancelled or refunded on one side"): undone_on_one_side,
    ("orders", "different orders"): different_orders,
    ("refunds", "one refund told to both"): one_refund,
    ("fired", "one trigger fired for both"): fired_for_both,
    ("attributes", "both have it"): attribute_of_both,
    ("attributes", "only the other has it"): attribute_of_the_other,
    ("segments", "the other is in one"): segments,
    ("devices", "both have some"): devices,
    ("addresses", "hers is verified"): her_address_verified,
    (
        "addresses",
        "hers is claimed or missing, the other's is verified",
    ): the_others_address_verified,
    ("doubles", "the other heard an event"): doubles,
    ("muted", "one of them is"): muted,
}


def rows() -> list[tuple[str, str]]:
    found = re.findall(r"^\| ([^|]+) \| ([^|]+) \| [^|]+ \|$", PAGE.read_text(), re.MULTILINE)
    return [(what, case) for what, case in found if what != "what"]


def test_the_page_and_the_cases_are_the_same() -> None:
    assert sorted(rows()) == sorted(CASES)


@pytest.mark.parametrize("case", CASES.values(), ids=[" – ".join(name) for name in CASES])
def test_a_row(case: Callable[[], None]) -> None:
    case()
