"""Listening: which segments a happening may change, so that no other one is asked again.

Segments are known by the key of their edition (`segments/edition.py`). One that names others is
asked after them, and it means the edition that serves; circles are refused when it is saved.
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

Served = Mapping[str, str]
"""The key of the edition that serves, by segment."""


def stirred_by(event: str) -> frozenset[str]:
    """What an event of this name may have changed, as conditions name it in `listens`."""
    stirred = {"visit", "person", f"event {event}"}
    stirred |= {"cart"} if event in CART else set()
    stirred |= {"consent"} if event in CONSENT else set()
    stirred |= {"attributes"} if event == "Identified" else set()
    return frozenset(stirred)


def listening(segments: Mapping[str, Segment], served: Served, stirred: Iterable[str]) -> list[str]:
    """The segments that listen to any of this, in the order they must be asked."""
    heard = set(stirred)
    whose = {key: f"segment {segment}" for segment, key in served.items()}
    touched: list[str] = []
    for key in in_order(segments, served):
        if any(_hears(one, heard) for one in segments[key].when.listens()):
            touched.append(key)
            heard |= {whose[key]} if key in whose else set()
    return touched


def in_order(segments: Mapping[str, Segment], served: Served) -> list[str]:
    """Each after those that it names; raises CycleError for a circle."""
    named = {key: _names(one, segments, served) for key, one in segments.items()}
    sorter = TopologicalSorter({key: sorted(named[key]) for key in sorted(named)})
    return list(sorter.static_order())


def circle(segments: Mapping[str, Segment]) -> list[str]:
    """The segments, by id, that name each other in a circle; empty when there is none."""
    try:
        in_order(segments, {name: name for name in segments})
    except CycleError as error:
        return list(error.args[1])
    return []


def _hears(listened: str, stirred: set[str]) -> bool:
    if listened.startswith("attribute "):
        return "attributes" in stirred
    return listened in stirred


def _names(segment: Segment, segments: Mapping[str, Segment], served: Served) -> set[str]:
    listens = segment.when.listens()
    named = (one.removeprefix("segment ") for one in listens if one.startswith("segment "))
    return {served[name] for name in named if served.get(name) in segments}
