"""Why, in stories: what a shop keeper asks, and what is answered."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from innesco.definitions.workspace import Quiet
from innesco.storage import tables
from innesco.storage.engines import writing
from innesco.storage.why import Unanswered, When
from tests.why.house import CART, REMIND, WAIT, House, closed, gate, house, minute, passages

WORTH = {"kind": "cart", "figure": "value", "is": {"operator": ">=", "number": 5000}}
VIEWED = {"kind": "did", "event": "Product Viewed", "is": {"operator": ">=", "number": 2}}


def starting(where: dict[str, Any]) -> dict[str, Any]:
    return CART | {"starts": [{"type": "event", "event": "Product Added", "where": where}]}


# -- the way in ------------------------------------------------------------------------------------


def test_she_never_added_anything(tmp_path: Path) -> None:
    with house(tmp_path) as shop:
        shop.hears("Product Viewed", 1, product_id="MOKA-3")
        shop.lives_until(60)
        told = shop.why()
        assert told.answer.verdict == "not started"
        assert closed(told) == [("start", "nothing came that starts it")]
        assert gate(told, "start").values == {"listens": "Product Added"}
        assert told.answer.run is None


def test_she_is_in_it_and_waits(tmp_path: Path) -> None:
    with house(tmp_path) as shop:
        shop.is_mailed(1)
        shop.adds(2)
        shop.lives_until(30)
        told = shop.why()
        assert (told.answer.verdict, closed(told)) == ("inside", [])
        assert gate(told, "start").values["moment"] == minute(2).isoformat()
        assert gate(told, "key").values == {"cart": "c1"}
        assert [(one.node, one.waits_until, one.to) for one in passages(told)] == [
            ("quiet", minute(62), None)
        ]
        assert told.answer.run is not None
        assert (told.answer.run.node, told.answer.run.until) == ("quiet", minute(62))
        assert told.answer.missing == ()


def test_the_cart_was_not_worth_it(tmp_path: Path) -> None:
    worth = starting({"kind": "all", "conditions": [WORTH, {"kind": "not", "condition": VIEWED}]})
    with house(tmp_path, worth) as shop:
        shop.adds(1)
        shop.lives_until(2)
        told = shop.why()
        assert told.answer.verdict == "refused"
        assert closed(told) == [("condition", "the start condition does not hold")]
        seen = gate(told, "condition").condition
        assert seen is not None
        assert (seen.kind, seen.holds) == ("all", False)
        value, not_viewed = seen.parts
        assert (value.holds, value.asks, value.saw) == (
            False,
            "the cart's value is at least €50.00",
            "€12.00",
        )
        assert (not_viewed.kind, not_viewed.holds) == ("not", True)
        assert [(one.holds, one.saw) for one in not_viewed.parts] == [(False, "never")]


def test_the_event_named_no_cart(tmp_path: Path) -> None:
    """A view of the cart names it where the add does not; a list of wishes names none at all."""
    wishing = CART | {"starts": [{"type": "event", "event": "Product Added to Wishlist"}]}
    with house(tmp_path, wishing) as shop:
        shop.hears("Product Added to Wishlist", 1, product_id="MOKA-3")
        shop.lives_until(2)
        told = shop.why()
        assert closed(told) == [("key", "the event names no cart")]
        assert gate(told, "key").values == {"cart": None}


def test_it_was_paused(tmp_path: Path) -> None:
    with house(tmp_path) as shop:
        shop.pauses("cart", 1)
        shop.adds(2)
        shop.lives_until(60)
        told = shop.why()
        assert (told.answer.verdict, closed(told)) == (
            "refused",
            [("paused", "the journey is paused")],
        )


def test_she_came_back_too_early(tmp_path: Path) -> None:
    again = CART | {"reentry": {"again": True, "after": "P7D"}}
    with house(tmp_path, again) as shop:
        shop.adds(1)
        shop.lives_until(200)
        shop.adds(300)
        shop.lives_until(301)
        told = shop.why()
        assert [name for name, _ in closed(told)] == ["again"]
        values = gate(told, "again").values
        assert (values["after"], values["entered"]) == ("P7D", minute(1).isoformat())
        assert [(one.entered, one.seq) for one in told.answer.tries][1][0] is True


def test_once_in_a_life(tmp_path: Path) -> None:
    once = CART | {"reentry": {"again": False}}
    with house(tmp_path, once) as shop:
        shop.adds(1)
        shop.lives_until(200)
        shop.adds(300)
        shop.lives_until(301)
        assert closed(shop.why()) == [("again", "was in it already, on 2026-03-02")]


def test_what_came_while_she_was_inside_leads_to_the_run_that_was_open(tmp_path: Path) -> None:
    with house(tmp_path) as shop:
        shop.adds(1)
        shop.adds(5)
        shop.lives_until(10)
        told = shop.why()
        second, first = told.answer.tries
        assert (told.answer.verdict, told.answer.tried) == ("inside", first)
        assert (second.because, second.run) == ("is in it already with cart c1", first.run)
        then = shop.why(when=When(seq=second.seq))
        assert closed(then) == [("again", "is in it already with cart c1")]
        assert then.answer.run is not None


def test_it_was_heard_too_late(tmp_path: Path) -> None:
    with house(tmp_path) as shop:
        shop.adds(90, happened=60)
        shop.lives_until(91)
        told = shop.why()
        assert told.answer.verdict == "refused"
        assert closed(told) == [("late", "was heard too late to start anything")]
        assert gate(told, "late").values == {
            "happened": minute(60).isoformat(),
            "heard": minute(90).isoformat(),
            "late": "PT1800S",
            "most": "PT600S",
        }


def test_imported_history_started_nothing(tmp_path: Path) -> None:
    with house(tmp_path) as shop:
        shop.adds(90, happened=-5000, kind="import")
        shop.lives_until(91)
        assert ("imported", "imported history starts nothing") in closed(shop.why())


def test_a_segment_entered_starts_and_one_left_too_long_ago_is_told(tmp_path: Path) -> None:
    looking = {"id": "looking", "when": VIEWED}
    entering = (
        CART
        | {"id": "looked", "key": None}
        | {"starts": [{"type": "segment", "segment": "looking"}]}
    )
    with house(tmp_path) as shop:
        shop.publishes("segment", looking)
        shop.publishes("journey", entering)
        shop.hears("Product Viewed", 1, product_id="MOKA-3")
        shop.lives_until(2)
        assert gate(shop.why("looked"), "start").values == {"listens": "segment entered: looking"}
        shop.hears("Product Viewed", 3, product_id="MOKA-3")
        shop.lives_until(4)
        told = shop.why("looked")
        assert told.answer.verdict == "inside"
        values = gate(told, "start").values
        assert (values["event"], values["segment"]) == ("Segment Entered", "looking")


def test_somebody_muted_is_heard_no_more(tmp_path: Path) -> None:
    with house(tmp_path, CART, most_events_a_day=2) as shop:
        for n in range(4):
            shop.hears("Product Viewed", n, user=None, device="noisy", product_id="MOKA-3")
        shop.adds(5, user=None, device="noisy")
        shop.lives_until(6)
        told = shop.why(user="noisy")
        assert closed(told) == [
            ("heard", "more than 2 events in a day"),
            ("start", "nothing came that starts it"),
        ]
        assert told.answer.missing == ()


def test_the_control_group_gets_no_message(tmp_path: Path) -> None:
    with house(tmp_path, CART | {"holdout": 0.9}) as shop:
        shop.is_mailed(1, "berta")
        shop.adds(2, user="berta")
        shop.lives_until(200)
        told = shop.why(user="berta")
        assert closed(told) == [("control", "in the control group")]
        values = gate(told, "control").values
        assert isinstance(values["drawn"], float)
        assert values["drawn"] < 0.9 == values["share"]
        assert [(one.message, one.because) for one in passages(told) if one.node == "remind"] == [
            (None, "in the control group")
        ]
        assert told.messages == ()


# -- the way through -------------------------------------------------------------------------------


def test_an_order_stopped_it(tmp_path: Path) -> None:
    with house(tmp_path) as shop:
        shop.is_mailed(1)
        shop.adds(2)
        shop.hears("Order Completed", 30, order_id="o1", total=12)
        shop.lives_until(200)
        told = shop.why()
        run = told.answer.run
        assert run is not None
        assert (told.answer.verdict, run.because, run.left) == (
            "left",
            "stopped by Order Completed",
            minute(30),
        )
        assert [(one.node, one.to) for one in run.passages] == [("quiet", None)]


def test_a_branch_tells_what_it_saw(tmp_path: Path) -> None:
    worth = {"type": "branch", "when": WORTH, "yes": "remind"}
    nodes = {"quiet": WAIT | {"then": "worth it"}, "worth it": worth, "remind": REMIND}
    with house(tmp_path, CART | {"nodes": nodes}) as shop:
        shop.adds(1)
        shop.lives_until(200)
        waited, branch = passages(shop.why())
        assert (waited.node, waited.ended, waited.to) == ("quiet", minute(61), "worth it")
        assert (branch.node, branch.to) == ("worth it", None)
        assert branch.condition is not None
        assert (branch.condition.holds, branch.condition.saw) == (False, "€12.00")


def test_she_could_not_stay(tmp_path: Path) -> None:
    full = {"kind": "cart", "figure": "count", "is": {"operator": ">=", "number": 1}}
    with house(tmp_path, CART | {"stay": full}) as shop:
        shop.adds(1)
        shop.hears("Product Removed", 10, product_id="MOKA-3", cart_id="c1")
        shop.lives_until(20)
        told = shop.why()
        assert told.answer.verdict == "left"
        last = passages(told)[-1]
        assert last.kind == "stay"
        assert last.condition is not None
        assert (last.condition.holds, last.condition.saw) == (False, "0")


def test_a_wait_that_begins_anew_is_told_once(tmp_path: Path) -> None:
    quiet = {"type": "wait for inactivity", "lasts": "PT1H", "restarts_on": ["Product Viewed"]}
    nodes = {"quiet": quiet | {"then": "remind"}, "remind": REMIND}
    with house(tmp_path, CART | {"nodes": nodes}) as shop:
        shop.adds(1)
        shop.hears("Product Viewed", 31, product_id="MOKA-3")
        shop.hears("Product Viewed", 51, product_id="MOKA-3")
        shop.lives_until(60)
        (waits,) = passages(shop.why())
        assert (waits.moment, waits.waits_until, waits.to) == (minute(1), minute(111), None)
        shop.lives_until(200)
        assert [(one.node, one.ended) for one in passages(shop.why())] == [
            ("quiet", minute(111)),
            ("remind", None),
        ]


def test_what_ended_a_wait_is_named(tmp_path: Path) -> None:
    nodes = {
        "ordered": {
            "type": "wait for",
            "event": "Product Viewed",
            "limit": "P1D",
            "done": "remind",
        },
        "remind": REMIND,
    }
    with house(tmp_path, CART | {"nodes": nodes, "first": "ordered"}) as shop:
        shop.adds(1)
        shop.hears("Product Viewed", 30, product_id="MOKA-3")
        shop.lives_until(60)
        waited = passages(shop.why())[0]
        assert (waited.event, waited.ended, waited.to) == (
            "Product Viewed",
            minute(30),
            "remind",
        )


def test_nobody_knew_an_address(tmp_path: Path) -> None:
    with house(tmp_path) as shop:
        shop.adds(1)
        shop.lives_until(200)
        asked = passages(shop.why())[-1]
        assert (asked.message, asked.because) == (None, "no email address is known")


# -- messages --------------------------------------------------------------------------------------


def failed(told: Any) -> list[tuple[str, Any]]:
    (message,) = told.messages
    return [(one.gate, one.values) for one in message.gates if not one.passed]


def test_the_address_has_no_consent(tmp_path: Path) -> None:
    with house(tmp_path) as shop:
        shop.is_mailed(1, consent=False)
        shop.adds(2)
        shop.lives_until(200)
        told = shop.why()
        (message,) = told.messages
        assert (message.state, message.as_of) == ("skipped", "claim")
        assert message.reason == "consent: marketing consent of this address is absent"
        assert failed(told) == [
            ("consent", {"needed": True, "purpose": "marketing", "state": None})
        ]


def test_the_cap_was_reached(tmp_path: Path) -> None:
    with house(tmp_path, most_marketing_a_day=1) as shop:
        shop.is_mailed(1)
        shop.adds(2)
        shop.adds(3, cart="c2")
        shop.lives_until(200)
        told = shop.why()
        assert [one.reason for one in told.messages] == ["cap: had 1 messages today, the most is 1"]
        assert failed(told) == [("cap", {"sent_today": 1, "most": 1})]


def test_quiet_hours_move_it_and_while_it_waits_it_is_asked_about_now(tmp_path: Path) -> None:
    with house(tmp_path, quiet=Quiet(13, 20)) as shop:
        shop.is_mailed(1)
        shop.adds(2)
        shop.lives_until(100)  # 14:40 in Rome
        told = shop.why()
        (message,) = told.messages
        assert (message.state, message.as_of) == ("waiting", "now")
        assert [name for name, _ in failed(told)] == ["quiet"]
        shop.lives_until(9 * 60)
        (message,) = shop.why().messages
        assert (message.state, message.as_of) == ("sent", "claim")


def test_a_message_that_deliver_has_not_seen_yet_is_asked_about_now(tmp_path: Path) -> None:
    with house(tmp_path) as shop:
        shop.is_mailed(1, consent=False)
        shop.adds(2)
        shop.lives_until(200, deliver_too=False)
        told = shop.why()
        assert [(one.state, one.as_of) for one in told.messages] == [("waiting", "now")]
        assert [name for name, _ in failed(told)] == ["consent"]


def test_one_message_with_the_way_that_led_to_it(tmp_path: Path) -> None:
    with house(tmp_path) as shop:
        shop.is_mailed(1)
        shop.adds(2)
        shop.lives_until(200)
        shop.adds(300, cart="c2")
        shop.lives_until(301)
        key = next(one.message for one in passages(shop.why(run=first_run(shop))) if one.message)
        asked = shop.asker.about_message(key)
        assert asked.message.state == "sent"
        assert asked.story is not None
        assert asked.story.answer.run is not None
        assert asked.story.answer.run.key == "c1"


def first_run(shop: Any) -> str:
    return str(shop.why().answer.tries[-1].run)


# -- as of then ------------------------------------------------------------------------------------


def test_an_old_moment_is_answered_by_the_journey_of_then(tmp_path: Path) -> None:
    with house(tmp_path) as shop:
        shop.adds(10)
        shop.lives_until(20)
        shop.publishes("journey", starting(WORTH) | {"reentry": {"again": True}}, 100)
        shop.adds(110, cart="c2")
        shop.lives_until(120)
        now, then = shop.why(), shop.why(when=When(at=minute(50)))
        assert (then.answer.verdict, closed(then)) == ("inside", [])
        assert gate(then, "published").values["since"] == minute(0).isoformat()
        exact = shop.why(when=When(seq=now.answer.tries[0].seq))
        assert [name for name, _ in closed(exact)] == ["condition"]
        assert gate(exact, "published").values["since"] == minute(100).isoformat()


def test_before_it_was_published_it_was_not_there(tmp_path: Path) -> None:
    with house(tmp_path, CART | {"id": "other"}) as shop:
        shop.adds(10)
        shop.publishes("journey", CART, 20)
        shop.lives_until(30)
        then = shop.why(when=When(at=minute(15)))
        assert then.answer.verdict == "not published"
        assert closed(then) == [("published", "the journey was not published yet")]
        now = shop.why()
        assert now.answer.verdict == "not started"
        assert closed(now) == [("start", "what starts it came before it was published only")]
        assert gate(now, "start").values["earlier"] == minute(10).isoformat()


def test_before_she_was_ever_heard_of(tmp_path: Path) -> None:
    with house(tmp_path) as shop:
        shop.adds(10)
        shop.lives_until(20)
        told = shop.why(when=When(at=minute(5)))
        assert told.answer.verdict == "not known"
        assert ("known", "nothing had been heard of her by then") in closed(told)


def test_a_moment_between_two_events_knows_what_was_due_by_then(tmp_path: Path) -> None:
    """Nobody was heard and no clock struck at 62 minutes: her wait was over all the same."""
    with house(tmp_path) as shop:
        shop.is_mailed(1)
        shop.adds(2)
        shop.hears("Product Viewed", 100, product_id="MOKA-3")
        shop.lives_until(101)
        before, after = (shop.why(when=When(at=minute(at))) for at in (61.9, 62))
        assert (before.answer.verdict, after.answer.verdict) == ("inside", "left")


def test_what_was_heard_later_is_not_known_before(tmp_path: Path) -> None:
    with house(tmp_path) as shop:
        shop.adds(90, happened=10)
        shop.lives_until(91)
        assert shop.why(when=When(at=minute(50))).answer.verdict == "not known"


def test_two_profiles_are_two_until_they_became_one(tmp_path: Path) -> None:
    with house(tmp_path) as shop:
        shop.is_mailed(1)
        shop.adds(2, user=None, device="laptop")
        shop.hears("Identified", 30, user="anna", device="laptop")
        shop.lives_until(40)
        told = shop.why()
        assert told.answer.verdict == "inside"
        assert told.answer.tried is not None
        assert told.answer.tried.profile != told.answer.person
        shop.lives_until(200)
        (message,) = shop.why().messages
        assert (message.address, message.state) == ("anna@example.com", "sent")
        then = shop.why(when=When(at=minute(10)))
        assert then.answer.verdict == "inside"


def test_of_two_runs_of_one_cart_one_ended_by_the_merge(tmp_path: Path) -> None:
    with house(tmp_path) as shop:
        shop.adds(1)
        shop.adds(2, user=None, device="laptop")
        shop.hears("Identified", 30, user="anna", device="laptop")
        shop.lives_until(40)
        younger, older = shop.why().answer.tries
        told = shop.why(run=younger.run)
        assert told.answer.run is not None
        assert (told.answer.run.because, told.answer.run.left) == ("merged", minute(30))
        assert shop.why().answer.tried == older


# -- what came and was not learnt ----------------------------------------------------------------

ROBOT = "Googlebot/2.1 (+http://www.google.com/bot.html)"


def unheard(shop: House, at: float) -> list[tuple[str, str]]:
    told = shop.why(when=When(at=minute(at)))
    return [(one.event, one.because) for one in told.unheard]


def test_a_robots_event_came_and_was_not_learnt(tmp_path: Path) -> None:
    with house(tmp_path) as shop:
        shop.is_mailed(1)
        shop.adds(30, agent=ROBOT)
        shop.adds(31, user="berta", friend="anna", agent=ROBOT)
        shop.lives_until(60)
        assert shop.why().answer.verdict == "not started"
        robots = "a robot sent it, by the name of its browser"
        assert unheard(shop, 31) == [("Product Added", robots)]
        assert unheard(shop, 50) == []
        assert unheard(shop, 10) == []


def test_what_was_sent_twice_is_told_as_such(tmp_path: Path) -> None:
    with house(tmp_path) as shop:
        shop.adds(1)
        shop.says_again(40)
        shop.lives_until(60)
        twice = "had been heard already: it was sent twice"
        assert unheard(shop, 40) == [("Product Added", twice)]


def test_what_could_not_be_read_is_told_with_its_place(tmp_path: Path) -> None:
    with house(tmp_path) as shop:
        shop.adds(1)
        shop.hears("Product Added", 40, price=2**60)
        shop.hears("Product Added", 41, user="berta", price=2**60, name="hannah's")
        shop.lives_until(60)
        ((name, because),) = unheard(shop, 40)
        assert name == ""
        assert because.startswith("could not be read: a number beyond 2^53")


def test_what_came_of_somebody_muted_is_told(tmp_path: Path) -> None:
    with house(tmp_path, CART, most_events_a_day=2) as shop:
        for n in range(2):
            shop.hears("Product Viewed", n, user=None, device="noisy", product_id="MOKA-3")
        shop.adds(5, user=None, device="noisy")
        shop.lives_until(6)
        told = shop.why(user="noisy", when=When(at=minute(5)))
        assert [one.because for one in told.unheard] == ["more than 2 events in a day"]


def test_a_log_that_is_gone_is_said(tmp_path: Path) -> None:
    with house(tmp_path) as shop:
        shop.adds(1)
        shop.hears("Product Viewed", 300, product_id="MOKA-3")
        shop.lives_until(310)
        asked = When(at=minute(10))
        assert shop.why(when=asked).answer.missing == ()
        with writing(shop.innesco.stores.journal).begin() as connection:
            late = sa.func.max(tables.log.c.seq)
            last = connection.scalar(sa.select(late).where(tables.log.c.kind == "events"))
            connection.execute(sa.delete(tables.log).where(tables.log.c.seq < last))
        told = shop.why(when=asked)
        assert (told.answer.verdict, [one.what for one in told.answer.missing]) == (
            "inside",
            ["log"],
        )


# -- what is not there -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("ask", "says"),
    [
        (lambda shop: shop.why("nix"), "there is no journey nix"),
        (lambda shop: shop.why(user="berta"), "nobody is known as berta"),
        (lambda shop: shop.why(when=When(seq=10**9)), "live has read the log up to"),
        (lambda shop: shop.asker.message("nix"), "there is no message bottega/nix"),
    ],
)
def test_what_is_not_there_is_said_with_a_mend(tmp_path: Path, ask: Any, says: str) -> None:
    with house(tmp_path) as shop:
        shop.adds(1)
        shop.lives_until(2)
        with pytest.raises(Unanswered, match=says) as error:
            ask(shop)
        assert error.value.mend


def test_a_past_that_does_not_lead_to_what_is_kept_is_said(tmp_path: Path) -> None:
    with house(tmp_path) as shop:
        shop.adds(1)
        shop.adds(5)
        shop.lives_until(6)
        assert shop.why().answer.missing == ()
        with writing(shop.innesco.stores.people).begin() as connection:
            first = sa.select(sa.func.min(tables.history.c.first_seq)).scalar_subquery()
            connection.execute(sa.delete(tables.history).where(tables.history.c.first_seq == first))
        assert [one.what for one in shop.why().answer.missing] == ["past"]


def test_a_publication_without_a_moment_is_said(tmp_path: Path) -> None:
    with house(tmp_path) as shop:
        shop.adds(1)
        shop.publishes("journey", CART | {"holdout": 0.1}, 2)
        shop.adds(3)
        shop.lives_until(4)
        with writing(shop.innesco.stores.people).begin() as connection:
            connection.execute(sa.update(tables.published).values(moment=None))
        told = shop.why()
        assert [one.what for one in told.answer.missing] == ["publications"]
        assert "1 publications" in told.answer.missing[0].because


def test_a_definition_that_is_gone_is_said(tmp_path: Path) -> None:
    with house(tmp_path) as shop:
        shop.adds(1)
        shop.lives_until(2)
        with writing(shop.innesco.stores.control).begin() as connection:
            connection.execute(sa.delete(tables.documents))
        with pytest.raises(Unanswered, match="a definition of then is gone"):
            shop.why()


def test_a_long_silence_costs_nothing(tmp_path: Path) -> None:
    with house(tmp_path) as shop:
        shop.adds(1)
        shop.lives_until(timedelta(days=400) / timedelta(minutes=1))
        assert shop.why().answer.verdict == "left"
