"""Simulated shoppers by themselves: their luck depends on nothing but its name."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from innesco.demo.chance import Dice
from innesco.demo.mind import Mind
from innesco.demo.month import Plan, errand_of, visit_of_day
from innesco.demo.reply import FED_UP, Clicks, Confirms, Leaves, Mail, links_of, reply
from innesco.demo.shoppers import Intent, cast, people
from innesco.demo.visit import Errand, Place, visit

MONDAY = datetime(2026, 3, 2, 20, tzinfo=UTC)
PLACE = Place(7, "https://shop.example")
MAIL = "https://mail.example"


def told(shopper, errand="day1", mind=None):
    """The events of one visit."""
    said = visit(PLACE, shopper, mind or Mind(), Errand(errand), MONDAY)
    return [call for one in said for call in one.body.get("batch", [one.body])]


def test_draws_are_even_and_each_name_has_its_own():
    dice = Dice(7, "anna")
    shares = [dice.share("visit", day) for day in range(4000)]
    assert len(set(shares)) == 4000
    for tenth in range(10):
        inside = sum(tenth / 10 <= share < (tenth + 1) / 10 for share in shares)
        assert 330 < inside < 470
    assert Dice(8, "anna").share("visit", 1) != dice.share("visit", 1)
    assert Dice(7, "bea").share("visit", 1) != dice.share("visit", 1)
    assert sum(dice.after(10, n) for n in range(4000)) / 4000 == pytest.approx(10, rel=0.1)
    picked = [dice.weighed({"often": 9, "rarely": 1}, n) for n in range(4000)]
    assert picked.count("often") / 4000 == pytest.approx(0.9, abs=0.02)


def test_more_people_change_nothing_for_those_before():
    few, many = people(7, 20), people(7, 200)
    assert many[:20] == few
    assert len({one.id for one in many} | {one.email for one in many}) == 400
    assert people(8, 20)[10] != few[10]


def test_the_cast_can_be_put_into_a_cookie_and_told_in_both_languages():
    for one in cast():
        assert one.id.isidentifier()
        assert set(one.about) == {"it", "en"}


def test_a_visit_told_twice_is_the_same_visit():
    marta = cast()[0]
    assert told(marta) == told(marta)
    assert told(marta) != told(marta, "day2")


def test_a_visit_goes_forward_in_time_and_ends_as_the_mind_says():
    for shopper in people(7, 60):
        mind = Mind()
        said = visit(PLACE, shopper, mind, Errand("day1"), MONDAY)
        moments = [one.moment for one in said]
        assert moments == sorted(moments)
        assert mind.last_visit == moments[-1]
        ids = [call["messageId"] for one in said for call in one.body.get("batch", [one.body])]
        assert len(set(ids)) == len(ids)


def test_those_who_want_to_buy_buy_more_and_those_who_mind_the_price_less():
    def orders(intent, sensitivity):
        bought = 0
        for shopper in people(7, 400):
            mind = Mind()
            one = type(shopper)(
                **{name: getattr(shopper, name) for name in shopper.__struct_fields__}
                | {"intents": {intent: 1.0}, "sensitivity": sensitivity}
            )
            told(one, mind=mind)
            bought += mind.orders
        return bought

    looking, inclined = orders(Intent.LOOKING, 0.0), orders(Intent.INCLINED, 0.0)
    assert inclined > 10 * looking
    assert orders(Intent.INCLINED, 1.0) < 0.8 * inclined


def test_visits_come_as_often_as_the_habit_says_at_the_hour_they_like():
    shopper = cast()[0]
    plan = Plan(
        seed=7,
        shoppers=(shopper,),
        start=datetime(2026, 3, 1, 23, tzinfo=UTC),
        days=400,
        shop_url="https://shop.example",
        zone=ZoneInfo("Europe/Rome"),
    )
    starts = [visit_of_day(plan, shopper, day) for day in range(400)]
    came = [start for start in starts if start]
    assert len(came) == pytest.approx(400 / shopper.every, rel=0.15)
    for start in came:
        local = start.astimezone(plan.zone)
        assert 18.9 < local.hour + local.minute / 60 < 23.1


def mail(template, **links):
    return Mail("a@posta.test", template, MONDAY, links)


def answers(template, mind, after=timedelta(hours=1), **links):
    letter = mail(template, **links)
    return [reply(7, one, mind, 1, letter, MONDAY + after) for one in people(7, 400)]


def share(replies, kind):
    return sum(isinstance(one, kind) for one in replies) / len(replies)


def test_replies_depend_on_the_message_and_on_the_time_gone_by():
    mind = Mind(lines={"CU101": 1}, last_visit=MONDAY)
    links = {"r": "/r/x", "u": "/u/x", "l": "/l/x"}
    soon = share(answers("cart-1", mind, timedelta(hours=1), **links), Clicks)
    later = share(answers("cart-1", mind, timedelta(hours=48), **links), Clicks)
    assert soon > 0.4 > 0.15 > later > 0
    assert soon > share(answers("browse", mind, timedelta(hours=1), **links), Clicks)
    assert share(answers("confirm", mind, c="/c/x"), Confirms) > 0.6


def test_nobody_goes_back_to_a_cart_that_was_bought():
    assert share(answers("cart-1", Mind(last_visit=MONDAY), r="/r/x", u="/u/x"), Clicks) == 0


def test_too_many_mails_make_people_leave():
    many = Mind(mails=[MONDAY] * 10, last_visit=MONDAY)
    assert share(answers("browse", many, u="/u/x", l="/l/x"), Leaves) > FED_UP / 2
    assert share(answers("browse", Mind(last_visit=MONDAY), u="/u/x", l="/l/x"), Leaves) < 0.05


def test_links_are_read_from_the_words_of_a_mail():
    text = (
        f"Ciao!\n{MAIL}/l/click.a.b\n\nIl carrello: {MAIL}/r/cart.c ({MAIL}/u/leave.d)\n{MAIL}/x/no"
    )
    assert links_of(text) == {"l": "/l/click.a.b", "r": "/r/cart.c", "u": "/u/leave.d"}


def test_a_link_brings_the_cart_and_who_it_is():
    url = "https://shop.example/cart?rebuild=CU101:2,nothing:1&innesco_t=click.x.y"
    errand = errand_of(url, "mail1", phone=True)
    assert errand == Errand("mail1", "/cart", "click.x.y", {"CU101": 2}, phone=True)
    said = visit(PLACE, cast()[0], Mind(), errand, MONDAY)
    first, *others = [call for one in said for call in one.body.get("batch", [])]
    assert first["anonymousId"] == "marta_phone"
    assert first["context"]["token"] == "click.x.y"
    assert others


def test_of_a_hundred_visits_two_or_three_end_with_an_order():
    """The funnel of a real shop: most only look, some fill a cart, few of those buy at once."""
    plan = Plan(
        seed=7,
        shoppers=people(7, 800),
        start=datetime(2026, 3, 1, 23, tzinfo=UTC),
        days=30,
        shop_url="https://shop.example",
        zone=ZoneInfo("Europe/Rome"),
    )
    steps = ("Page Viewed", "Product Viewed", "Product Added", "Checkout Started")
    came = dict.fromkeys((*steps, "Order Completed"), 0)
    for shopper in plan.shoppers:
        mind = Mind()
        for day in range(plan.days):
            if visit_of_day(plan, shopper, day):
                names = {
                    one.get("event", "Page Viewed") for one in told(shopper, f"day{day}", mind)
                }
                came = {name: count + (name in names) for name, count in came.items()}
    visits, products, carts, checkouts, orders = came.values()
    assert visits > products > carts > checkouts > orders
    assert 0.6 < products / visits < 0.8
    assert 0.08 < carts / visits < 0.16
    assert 0.018 < orders / visits < 0.03
