"""What is explained is what was answered: the value that is shown is the one that decided."""

from datetime import UTC, datetime, timedelta
from typing import Any, get_args

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st
from msgspec.structs import replace

from innesco.conditions.condition import All, Any as AnyOf, Condition, Not, read
from innesco.conditions.explain import explain
from innesco.conditions.explained import Explained, Words
from innesco.conditions.view import View
from innesco.events.event import Event, Item, Source
from innesco.events.fold import fold
from innesco.profiles.history import History
from innesco.profiles.person import Attribute, Cart, Consent, Person, Visit
from tests.conditions.drawn import NOWS, ROME, conditions, pasts

ENGLISH, ITALIAN = Words("en", ROME), Words("it", ROME)


@settings(deadline=None, max_examples=400, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data(), now=st.sampled_from(NOWS))
def test_the_value_that_is_shown_is_the_one_that_decided(data: st.DataObject, now: Any) -> None:
    past = data.draw(pasts("anna", now, 1))
    condition = data.draw(conditions(now))
    view = View(past.person, past.history, now, ROME, past.journeys)
    fresh = View(past.person, past.history, now, ROME, past.journeys)
    told = explain(condition, view, ENGLISH)
    assert told.holds is condition.holds(fresh)
    _agrees(condition, told, view)


def _agrees(condition: Any, told: Explained, view: View) -> None:
    """`holds` again, from nothing but what is shown."""
    match condition:
        case All(inner):
            assert told.holds is all(one.holds for one in told.parts)
        case AnyOf(inner):
            assert told.holds is any(one.holds for one in told.parts)
        case Not(one):
            assert told.holds is not told.parts[0].holds
            inner = (one,)
        case leaf:
            assert told.saw
            assert told.parts == ()
            assert told.holds is _decides(leaf, told, view)
            return
    for one, part in zip(inner, told.parts, strict=True):
        _agrees(one, part, view)


def _decides(leaf: Any, told: Explained, view: View) -> bool:
    value = fold(told.value) if isinstance(told.value, str) else told.value
    match told.kind:
        case "attribute" | "did" | "visit" | "cart":
            return bool(leaf.is_.holds(value, view.micros))
        case "in segment":
            return bool(leaf.since.holds(value, view.micros))
        case "date":
            dated = replace(Attribute("", NOON, 1, Source.SERVER), value=value)
            person = Person(id="anna", attributes={leaf.name: dated})
            return bool(leaf.holds(View(person, History(), view.now, view.zone)))
        case "cart has":
            return value == fold(leaf.product)
        case "in journey":
            return value is True
        case "consent":
            return value == "given"
        case "reachable" | "sequence":
            return value is not None
        case "random share":
            assert isinstance(value, float)
            return bool(leaf.start <= value < leaf.end)
    raise AssertionError(f"nothing here decides a condition of kind {told.kind}")


NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def event(seq: int, name: str, minutes: int, **facts: Any) -> Event:
    at = NOON - timedelta(minutes=minutes)
    return Event(seq, at, at, 0, name, seq, Source.PUBLIC, facts=facts)


ANNA = Person(
    id="anna",
    email="anna@example.com",
    attributes={
        "city": Attribute("Torino", NOON, 1, Source.SERVER),
        "birthday": Attribute("1990-03-09", NOON, 1, Source.SERVER),
    },
    visit=Visit(NOON, NOON, products=("A", "B")),
    cart=Cart("c1", (Item("MOKA-3", 2, 600),)),
    consents={"email/anna@example.com/marketing": Consent("withdrawn", NOON)},
    segments={"vip": NOON},
)
DONE = [
    event(1, "Product Viewed", 90, category="shoes"),
    event(2, "Product Viewed", 50, category="hats"),
    event(3, "Order Completed", 10, value=4990),
]
IS = '"is": {"operator": ">=", "number": %s}'
SHOWN = {
    '{"kind": "date", "name": "birthday", "is": {"date": "anniversary", "start": 7, "end": 7}}': (
        True,
        ("birthday has its anniversary (is in 7 days)", "“1990-03-09”"),
        ("birthday ha il suo anniversario (è tra 7 giorni)", "“1990-03-09”"),
    ),
    """{"kind": "sequence", "steps": [{"event": "Product Viewed"}, {"event": "Order Completed",
        "within": {"hours": 1}}], "afterwards": {"without": [{"event": "Product Viewed"}],
        "length": {"hours": 24}}}""": (
        False,
        (
            "did “Product Viewed”, then “Order Completed” within 1 hour,"
            " and no “Product Viewed” in the 24 hours after that",
            "is waited for until 2026-03-03 12:50",
        ),
        (
            "ha fatto “Product Viewed”, poi “Order Completed” entro 1 ora,"
            " e nessun “Product Viewed” entro 24 ore da allora",
            "si attende fino al 03/03/2026 12:50",
        ),
    ),
    '{"kind": "cart", "figure": "value", %s}' % (IS % 5000): (
        False,
        ("the cart's value is at least €50.00", "€12.00"),
        ("il valore del carrello è almeno 50,00 €", "12,00 €"),
    ),
    '{"kind": "cart", "figure": "count", %s}' % (IS % 1): (
        True,
        ("the number of pieces in the cart is at least 1", "2"),
        ("il numero di pezzi nel carrello è almeno 1", "2"),
    ),
    '{"kind": "cart has", "product": "moka-3"}': (
        True,
        ("the cart has “moka-3”", "MOKA-3"),
        ("nel carrello c'è “moka-3”", "MOKA-3"),
    ),
    '{"kind": "attribute", "name": "city", "is": {"operator": "equals", "text": "Milano"}}': (
        False,
        ("city is “Milano”", "“Torino”, since 2026-03-02 13:00"),
        ("city è “Milano”", "“Torino”, dal 02/03/2026 13:00"),
    ),
    '{"kind": "attribute", "name": "points", "is": {"operator": "present"}}': (
        False,
        ("points is known", "nothing is known"),
        ("points è noto", "non si sa"),
    ),
    '{"kind": "did", "event": "Product Viewed", "where": [{"property": "category", "is":'
    ' {"operator": "equals", "text": "Shoes"}}], %s}' % (IS % 3): (
        False,
        (
            "at least 3 times “Product Viewed” where category is “Shoes”",
            "once of 2 in all, last on 2026-03-02 11:30",
        ),
        (
            "almeno 3 volte “Product Viewed” con category è “Shoes”",
            "una volta su 2, l'ultima il 02/03/2026 11:30",
        ),
    ),
    '{"kind": "did", "event": "Order Completed", "of": {"figure": "sum", "property": "value"},'
    " %s}" % (IS % 10000): (
        False,
        (
            "the sum of value of “Order Completed” is at least €100.00",
            "€49.90 (once, last on 2026-03-02 12:50)",
        ),
        (
            "la somma di value di “Order Completed” è almeno 100,00 €",
            "49,90 € (una volta, l'ultima il 02/03/2026 12:50)",
        ),
    ),
    '{"kind": "did", "event": "Products Searched"}': (
        False,
        ("did “Products Searched”", "never"),
        ("ha fatto “Products Searched”", "mai"),
    ),
    '{"kind": "visit", "figure": "products", %s}' % (IS % 3): (
        False,
        (
            "in the visit, the number of products seen is at least 3",
            "2, in the visit of 2026-03-02 13:00",
        ),
        (
            "nella visita, il numero di prodotti visti è almeno 3",
            "2, nella visita del 02/03/2026 13:00",
        ),
    ),
    '{"kind": "in segment", "segment": "vip"}': (
        True,
        ("is in the segment “vip”", "is in it since 2026-03-02 13:00"),
        ("è nel segmento “vip”", "ne fa parte dal 02/03/2026 13:00"),
    ),
    '{"kind": "in journey", "journey": "cart-recovery"}': (
        False,
        ("is in the journey “cart-recovery”", "is not in it"),
        ("è nel percorso “cart-recovery”", "non è in corso"),
    ),
    '{"kind": "consent", "channel": "email"}': (
        False,
        (
            "allowed marketing by email",
            "anna@example.com: withdrawn, since 2026-03-02 13:00",
        ),
        (
            "ha consentito il marketing via email",
            "anna@example.com: ritirato, dal 02/03/2026 13:00",
        ),
    ),
    '{"kind": "reachable", "channel": "sms"}': (
        False,
        ("can be reached by sms", "no address is known"),
        ("è raggiungibile via sms", "non si conosce un indirizzo"),
    ),
    '{"kind": "random share", "salt": "spring", "end": 0.1}': (
        False,
        ("is in a random 10 % of all", "drew 81.8%, of 0.0% to 10.0%"),
        ("è in un 10 % a caso di tutti", "estratto 81,8 %, tra 0,0 % e 10,0 %"),
    ),
}
"""What a shop keeper reads: whether it held, what was asked, what was there; in both languages."""


@pytest.mark.parametrize(("document", "wanted"), SHOWN.items())
def test_what_a_shop_keeper_reads(document: str, wanted: Any) -> None:
    condition: Any = read(document)
    view = View(ANNA, History.of(DONE), NOON, ROME, frozenset({"welcome"}))
    english, italian = (explain(condition, view, words) for words in (ENGLISH, ITALIAN))
    found = (english.holds, (english.asks, english.saw), (italian.asks, italian.saw))
    assert found == wanted


def test_every_kind_of_condition_is_shown() -> None:
    shown = {type(read(document)) for document in SHOWN}
    assert shown == set(get_args(Condition)) - {All, AnyOf, Not}
