"""What a definition names: all of it must be in force before the definition itself may be."""

from collections.abc import Iterator
from typing import Any

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


def uses(definition: Definition) -> set[Mention]:
    """What would miss something if it went: all that it mentions, and journeys it asks about."""
    asked = {("journey", name) for name in _journeys_asked(definition)}
    return (mentions(definition) | asked) - {_itself(definition)}


def places(document: Any, mention: Mention, at: str = "") -> Iterator[str]:
    """Where in a JSON document a condition names a segment or journey: `when.conditions[1]`."""
    kind, name = mention
    match document:
        case dict():
            if document.get("kind") == f"in {kind}" and document.get(kind) == name:
                yield at
            for key, value in document.items():
                yield from places(value, mention, f"{at}.{key}" if at else key)
        case list():
            for n, value in enumerate(document):
                yield from places(value, mention, f"{at}[{n}]")


def _itself(definition: Definition) -> Mention | None:
    match definition:
        case Journey(id=name):
            return "journey", name
        case Segment(id=name):
            return "segment", name
        case _:
            return None


def _journeys_asked(definition: Definition) -> Iterator[str]:
    for condition in _conditions(definition):
        for listened in condition.listens():
            kind, _, name = listened.partition(" ")
            if kind == "journey":
                yield name


def _conditions(definition: Definition) -> Iterator[Condition]:
    match definition:
        case Journey():
            for part in (definition, *definition.starts, *definition.nodes.values()):
                yield from (
                    value for value in asdict(part).values() if isinstance(value, Condition)
                )
        case Segment(when=when) | Trigger(when=when):
            yield when
        case _:
            return


def _named_by_journey(journey: Journey) -> Iterator[Mention]:
    for start in journey.starts:
        match start:
            case OnSegment(segment=name):
                yield "segment", name
            case OnTrigger(trigger=name):
                yield "trigger", name
    for condition in _conditions(journey):
        yield from _named_by(condition)
    for node in journey.nodes.values():
        if isinstance(node, Message):
            yield "template", node.template


def _named_by(condition: Condition) -> Iterator[Mention]:
    for listened in condition.listens():
        kind, _, name = listened.partition(" ")
        if kind == "segment":
            yield kind, name
