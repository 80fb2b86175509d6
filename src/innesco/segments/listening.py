"""Listening: which segments an event may change, so that no other one is asked again.

A segment that names others is asked after them; circles are refused when it is saved.
"""

from collections.abc import Iterable, Mapping
from graphlib import CycleError, TopologicalSorter

from innesco.segments.segment import Segment

CART = frozenset(
    {"Product Added", "Product Removed", "Cart Viewed", "Order Completed", "Identified"}
)
CONSENT = frozenset(
    {
        "Subscription Requested",
        "Subscription Confirmed",
        "Unsubscribed",
        "Consent Given",
        "Consent Withdrawn",
    }
)


def listening(segments: Mapping[str, Segment], event: str) -> list[str]:
    """The segments that an event of this name may change, in the order they must be asked."""
    stirred = {"visit", "person", f"event {event}"}
    stirred |= {"cart"} if event in CART else set()
    stirred |= {"consent"} if event in CONSENT else set()
    touched: list[str] = []
    for name in in_order(segments):
        if any(_hears(one, stirred, event) for one in segments[name].when.listens()):
            touched.append(name)
            stirred.add(f"segment {name}")
    return touched


def in_order(segments: Mapping[str, Segment]) -> list[str]:
    """Each after those that it names; raises CycleError for a circle."""
    named = {name: _names(one.when.listens(), segments) for name, one in segments.items()}
    sorter = TopologicalSorter({name: sorted(named[name]) for name in sorted(named)})
    return list(sorter.static_order())


def circle(segments: Mapping[str, Segment]) -> list[str]:
    """The segments that name each other in a circle; empty when there is none."""
    try:
        in_order(segments)
    except CycleError as error:
        return list(error.args[1])
    return []


def _hears(listened: str, stirred: set[str], event: str) -> bool:
    """Attributes change by `identify`; where runs stand may change by anything."""
    if listened.startswith("attribute "):
        return event == "Identified"
    return listened in stirred or listened.startswith("journey ")


def _names(listens: Iterable[str], segments: Mapping[str, Segment]) -> set[str]:
    named = (one.removeprefix("segment ") for one in listens if one.startswith("segment "))
    return {name for name in named if name in segments}
