"""Histories: what somebody did, and what a journey made of it, minute by minute.

Each file of `histories/` is a story with its journey; the whole way tells it, from the log to the
decisions that are kept. The clock is heard at each quarter of an hour.
"""

from collections import Counter
from pathlib import Path
from typing import Any

import msgspec
import pytest
import yaml
from msgspec import Struct

from innesco.storage import decisions
from innesco.turn import Decision
from tests.way.shop import NOON, WORKSPACE, Shop, identified, said

HISTORIES = sorted((Path(__file__).parent / "histories").glob("*.yaml"))
BASE = {"id": "j", "name": {"en": "J"}, "holdout": 0}


class History(Struct, forbid_unknown_fields=True):
    journey: dict[str, Any]
    told: list[list[Any]]  #: `[30, Product Added, {cart_id: c1}]`, minutes after noon
    decides: list[str]  #: `30 entered`, `90 asked tell`, `90 left reached the end`
    segments: dict[str, Any] = {}
    until: int = 240


@pytest.mark.parametrize("file", HISTORIES, ids=lambda file: file.stem)
def test_what_a_journey_makes_of_it(tmp_path: Path, file: Path) -> None:
    history = msgspec.convert(yaml.safe_load(file.read_text("utf-8")), History)
    with_segments = [("segment", id, {"id": id, "when": it}) for id, it in history.segments.items()]
    shop = Shop(tmp_path, [*with_segments, ("journey", "j", BASE | history.journey)])
    told = sorted(map(event_of, history.told), key=lambda one: one[0])
    for minute in range(0, history.until + 1, 15):
        while told and told[0][0] <= minute:
            at, event = told.pop(0)
            shop.hear(event, at=at)
        shop.tick(minute)
    shop.read()
    found = [line for one in kept(shop) if (line := shown(one))]
    shop.close()
    assert found == history.decides


def event_of(line: list[Any]) -> tuple[float, dict[str, Any]]:
    """*Identified* sets attributes."""
    at, name, properties = [*line, {}][:3]
    if name == "Identified":
        return at, identified(at, **properties)
    return at, said(name, at, **properties)


def kept(shop: Shop) -> list[Decision]:
    with shop.people.connect() as connection:
        found = decisions.of_person(connection, WORKSPACE, sorted(shop.states()))
    return [one for one in reversed(found) if one.about == "journey/j"]


def shown(decision: Decision) -> str:
    """Its minute, kind and what tells most."""
    minute = (decision.moment - NOON).total_seconds() / 60
    detail = decision.detail
    says = detail.get("node") or detail.get("because") or detail.get("key") or ""
    match decision.kind:
        case "entered":
            says = str(detail["key"])
        case "asked" | "not asked":  # without an address there is no message, but it was wanted
            says = str(detail["key"]).split("/")[1]
    return f"{minute:g} {decision.kind.replace('not asked', 'asked')} {says}".strip()


MANY = 300


@pytest.mark.parametrize(
    ("kind", "least", "most"),
    [("marketing", 0.4, 0.6), ("service", 0, 0), ("transactional", 0, 0)],
)
def test_only_marketing_is_kept_from_a_control_group(
    tmp_path: Path, kind: str, least: float, most: float
) -> None:
    """What somebody asked for, or must be told, is kept from nobody."""
    journey = BASE | {
        "kind": kind,
        "holdout": 0.5,
        "starts": [{"type": "event", "event": "Order Completed"}],
        "first": "thanks",
        "nodes": {"thanks": {"type": "message", "template": "thanks"}},
    }
    shop = Shop(tmp_path, [("journey", "j", journey)])
    shop.hear(*(said("Order Completed", 1, f"device-{n}", order_id=str(n)) for n in range(MANY)))
    shop.read()
    drawn = Counter(one.detail["held_out"] for one in kept(shop) if one.kind == "entered")
    shop.close()
    assert drawn.total() == MANY
    assert least <= drawn[True] / MANY <= most
