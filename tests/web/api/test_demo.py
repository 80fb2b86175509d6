"""The demo's routes: the clock moves forward, and whatever stops a mail is said on the spot."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
import sqlalchemy as sa

from innesco.definitions.workspace import Quiet, Workspace
from innesco.events.event import Source
from innesco.profiles.tokens import Secrets
from innesco.storage import clock, definitions, journal, stops, tables, workspaces
from innesco.storage.audit import PROGRAM
from innesco.storage.definitions import Name, documents
from innesco.storage.engines import writing
from innesco.storage.journal import Entry, Suppression
from innesco.workers.live import Live, Ports
from tests.web.api.shop import MINE, NOON, Shop

PATH = f"/api/workspaces/{MINE}/demo"


@pytest.fixture
def demo(tmp_path: Path) -> Iterator[Shop]:
    shop = Shop(tmp_path, demo=True)
    shop.has_ready("browse")
    yield shop
    for name in shop.stores.__struct_fields__:
        getattr(shop.stores, name).dispose()


def test_the_clock_goes_forward_and_adds_up(demo: Shop) -> None:
    bar = demo.with_key("writing key")
    moved = [bar.post(f"{PATH}/clock", json={"hours": hours}).json() for hours in (2, 24)]
    assert [one["moved_seconds"] for one in moved] == [7_200, 93_600]
    assert clock.moved(demo.stores.control).total_seconds() == 93_600
    assert bar.post(f"{PATH}/clock", json={"hours": -1}).status_code == 400


def test_a_visitor_is_told_what_stops_a_mail(demo: Shop) -> None:
    page = look(demo)
    assert (page["person"], page["level"], page["zone"]) == ("", "anonymous", "Europe/Rome")
    assert "not seen yet" in page["lines"][0]["en"]

    hears(demo, {"type": "track", "event": "Product Viewed"})
    assert blocked(demo) == ["No address is known: I cannot write."]

    asks_to_subscribe(demo)
    assert [one.partition(":")[0] for one in blocked(demo)] == [
        "The subscription is not confirmed yet"
    ]
    confirms(demo)
    assert blocked(demo) == []


def test_every_gate_that_would_stop_it_is_said_in_both_languages(demo: Shop) -> None:
    hears(demo, {"type": "track", "event": "Product Viewed"})
    asks_to_subscribe(demo)
    confirms(demo)
    settle(demo, Workspace(name=MINE, quiet=Quiet(0, 23)))
    assert obstacles(demo) == [
        ("Fascia di silenzio: aspetta le 23:00.", "Quiet hours until 23:00."),
    ]
    settle(demo, Workspace(name=MINE))
    publish(demo, "journey", "browse", BROWSE)
    hears(demo, {"type": "track", "event": "Product Viewed", "n": 2})
    assert obstacles(demo) == [
        (
            "Navigazione: il consenso alla profilazione di questo indirizzo è: assente.",
            "Browsing: profiling consent of this address is absent.",
        )
    ]
    with writing(demo.stores.control).begin() as connection:
        stops.stop(connection, MINE, "journey:browse", "prices are wrong", PROGRAM, NOON)
    [(italian, english)] = obstacles(demo)
    assert (italian[:21], english[:19]) == ("Gli invii sono fermi:", "Sending is stopped:")
    gone = Suppression(MINE, "email", "anna@example.com", "unsubscribed")
    with writing(demo.stores.control).begin() as connection:
        stops.lift(connection, MINE, "journey:browse", PROGRAM, NOON)
    entry = Entry(MINE, Source.INNESCO, "innesco", body=b'{"batch":[]}', suppress=(gone,))
    journal.append(demo.stores.journal, [entry], NOON)
    assert obstacles(demo) == [
        (
            "L'indirizzo è nella lista di esclusione: disiscritto.",
            "The address is on the exclusion list: unsubscribed.",
        )
    ]


def test_what_waits_is_judged_by_the_hour_at_which_it_would_go(demo: Shop) -> None:
    nodes: dict[str, Any] = {**NODES, "quiet": {**NODES["quiet"], "lasts": "PT12H"}}
    publish(demo, "journey", "browse", {**BROWSE, "profiled": False, "nodes": nodes})
    hears(demo, {"type": "track", "event": "Product Viewed"})
    asks_to_subscribe(demo)
    confirms(demo)
    settle(demo, Workspace(name=MINE, quiet=Quiet(0, 6)))
    assert obstacles(demo) == [
        ("Fascia di silenzio: aspetta le 06:00.", "Quiet hours until 06:00.")
    ]


def test_what_was_decided_is_told_by_the_names_of_journeys(demo: Shop) -> None:
    publish(demo, "journey", "browse", BROWSE)
    hears(demo, {"type": "track", "event": "Product Viewed"})
    [waits] = look(demo)["waiting"]
    assert waits["journey"] == {"it": "Navigazione", "en": "Browsing"}
    hears(demo, {"type": "track", "event": "Product Viewed", "n": 1})  # is in it: nothing to say
    hears(demo, {"type": "track", "event": "Order Completed", "properties": {"order_id": "1"}})
    hears(demo, {"type": "track", "event": "Product Viewed", "n": 2})
    publish(demo, "journey", "browse", {**BROWSE, "reentry": {"again": True}})
    publish(demo, "journey", "browse", BROWSE, paused=True)
    hears(demo, {"type": "track", "event": "Product Viewed", "n": 3})
    told = [(one["it"], one["en"]) for one in look(demo)["lines"]]
    assert told == [
        (
            "Non entra in «Navigazione»: il percorso è in pausa.",
            "Does not enter “Browsing”: the journey is paused.",
        ),
        (
            "Non entra in «Navigazione»: è stata dentro meno di 7 giorni fa.",
            "Does not enter “Browsing”: was in it less than 7 days ago.",
        ),
        (
            "Esce da «Navigazione»: si è fermata con Order Completed.",
            "Leaves “Browsing”: stopped by Order Completed.",
        ),
        ("Entra nel percorso «Navigazione».", "Enters the journey “Browsing”."),
    ]


def test_the_visitor_is_in_no_control_group_from_before_the_first_event(demo: Shop) -> None:
    publish(demo, "journey", "browse", {**BROWSE, "holdout": 0.9})
    before = audited(demo)
    look(demo)
    hears(demo, {"type": "track", "event": "Product Viewed"})
    look(demo)
    assert [run["held_out"] for run in runs(demo)] == [False]
    assert audited(demo) == before + 1


def test_a_page_cannot_take_itself_out_of_control_groups(demo: Shop) -> None:
    publish(demo, "journey", "browse", {**BROWSE, "holdout": 0.9})
    hears(demo, {"type": "identify", "traits": {"holdout_exempt": True}})
    hears(demo, {"type": "track", "event": "Product Viewed"})
    assert [run["held_out"] for run in runs(demo)] == [True]


NODES = {
    "quiet": {"type": "wait", "lasts": "P1D", "then": "remind"},
    "remind": {"type": "message", "template": "browse", "products": "seen"},
}
BROWSE = {
    "id": "browse",
    "name": {"it": "Navigazione", "en": "Browsing"},
    "starts": [{"type": "event", "event": "Product Viewed"}],
    "stops": [{"event": "Order Completed"}],
    "profiled": True,
    "holdout": 0,
    "reentry": {"after": "P7D"},
    "first": "quiet",
    "nodes": NODES,
}


def publish(
    demo: Shop, kind: str, name: str, document: dict[str, object], paused: bool = False
) -> None:
    both, what = (demo.stores.control, demo.stores.journal), Name(MINE, kind, name)
    if paused:
        definitions.pause(*both, what, PROGRAM, NOON, NOON)
        return
    with writing(demo.stores.control).begin() as connection:
        definitions.save_draft(connection, what, msgspec.json.encode(document), PROGRAM, NOON)
    definitions.publish(*both, what, PROGRAM, NOON, NOON)


def settle(demo: Shop, settings: Workspace) -> None:
    both = (demo.stores.control, demo.stores.journal)
    workspaces.save_settings(*both, MINE, settings, PROGRAM, NOON, NOON)


def asks_to_subscribe(demo: Shop) -> None:
    said = {"email": "anna@example.com", "purposes": ["marketing"]}
    hears(demo, {"type": "track", "event": "Subscription Requested", "properties": said})


def confirms(demo: Shop) -> None:
    """As the page behind the mail's link says it."""
    said = {"email": "anna@example.com", "purposes": ["marketing"]}
    confirmed = {"type": "track", "event": "Subscription Confirmed", "properties": said}
    hears(demo, confirmed, Source.INNESCO)


def look(demo: Shop) -> Any:
    return demo.with_key("writing key").post(f"{PATH}/visitor/phone").json()


def obstacles(demo: Shop) -> list[tuple[str, str]]:
    return [(words["it"], words["en"]) for words in look(demo)["blocked"]]


def runs(demo: Shop) -> list[Any]:
    with demo.stores.people.connect() as connection:
        states = connection.scalars(sa.select(tables.persons.c.state)).all()
    return [
        {"held_out": False, **run}
        for state in map(msgspec.msgpack.decode, states)
        for run in state["standing"].get("runs", {}).values()
    ]


def blocked(demo: Shop) -> list[str]:
    return [words["en"] for words in look(demo)["blocked"]]


def audited(demo: Shop) -> int:
    with demo.stores.control.connect() as connection:
        return connection.scalar(sa.select(sa.func.count()).select_from(tables.audit)) or 0


def hears(demo: Shop, event: dict[str, object], source: Source = Source.PUBLIC) -> None:
    body = msgspec.json.encode({"batch": [event | {"anonymousId": "phone"}]})
    entry = Entry(MINE, source, "pk", body=body)
    journal.append(demo.stores.journal, [entry], NOON)
    reads(demo)


def reads(demo: Shop) -> None:
    stores = demo.stores
    live = Live(
        Ports(
            stores.journal,
            stores.people,
            lambda workspace: Secrets((("k1", b"a secret for tests only"),)),
            documents(stores.control),
            lambda: NOON,
            demo.settings.data,
        )
    )
    while live.catch_up().rows:
        pass
