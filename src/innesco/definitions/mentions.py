"""What a definition names: all of it must be in force before the definition itself may be."""

from collections.abc import Iterator

from msgspec.structs import asdict

from innesco.conditions.condition import Condition
from innesco.definitions.definitions import Definition
from innesco.journeys.journey import Journey, OnSegment, OnTrigger
from innesco.journeys.nodes.message import Message
from innesco.segments.segment import Segment
from innesco.triggers.trigger import Trigger

Mention = tuple[str, str]
"""A kind and an id: `("template", "cart-recovery")`."""


def mentions(definition: Definition) -> set[Mention]:
    """Templates that are sent, segments and triggers that start or decide something."""
    match definition:
        case Journey():
            return {*_named_by_journey(definition)}
        case Segment(when=when) | Trigger(when=when):
            return {*_named_by(when)}
        case _:
            return set()


def _named_by_journey(journey: Journey) -> Iterator[Mention]:
    for start in journey.starts:
        match start:
            case OnSegment(segment=name):
                yield "segment", name
            case OnTrigger(trigger=name):
                yield "trigger", name
    for part in (journey, *journey.starts, *journey.nodes.values()):
        for value in asdict(part).values():
            if isinstance(value, Condition):
                yield from _named_by(value)
    for node in journey.nodes.values():
        if isinstance(node, Message):
            yield "template", node.template


def _named_by(condition: Condition) -> Iterator[Mention]:
    for listened in condition.listens():
        kind, _, name = listened.partition(" ")
        if kind == "segment":
            yield kind, name
