"""All published definitions of a workspace as typed values, with the index the way looks up."""

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import NamedTuple

import msgspec
from msgspec import Struct

from innesco.definitions.workspace import Workspace
from innesco.errors import InnescoError
from innesco.journeys.enter import listens
from innesco.journeys.journey import Journey, problems
from innesco.messages.template import Template
from innesco.segments.edition import Edition
from innesco.segments.listening import in_order, listening, stirred_by
from innesco.segments.segment import Segment
from innesco.triggers.trigger import Trigger

KINDS = {
    "workspace": Workspace,
    "journey": Journey,
    "segment": Segment,
    "trigger": Trigger,
    "template": Template,
}
"""What a merchant makes, by the name of its kind in storage and on disk."""

Definition = Workspace | Journey | Segment | Trigger | Template


class NotADefinition(InnescoError):
    """A document does not say what its kind must say; the message names the place."""


class Published(NamedTuple):
    """One document that is in force: `state` is published, paused or archived."""

    kind: str
    id: str
    hash: str
    state: str
    body: bytes


MOST_NAMES = 5000
NO_EDITIONS: Mapping[Edition, bytes] = {}


class Definitions(Struct, frozen=True, dict=True):
    """What `fold` needs of a workspace; immutable, made anew when something is published."""

    workspace: str
    settings: Workspace
    journeys: Mapping[str, Journey] = {}
    segments: Mapping[str, Segment] = {}  #: by the key of their edition
    editions: Mapping[str, Edition] = {}  #: by key; those that serve and those being built
    triggers: Mapping[str, Trigger] = {}
    versions: Mapping[str, str] = {}  #: hash by `kind/id`
    paused: frozenset[str] = frozenset()  #: journeys that nobody enters just now
    starts: Mapping[str, tuple[str, ...]] = {}  #: journeys by the happening that may start them

    def segments_on(self, event: str) -> list[str]:
        """Segments that an event of this name may change, in the order they must be asked."""
        found = self._listening.get(event)
        return found if found is not None else self._listens(event, stirred_by(event))

    def segments_after(self, *stirred: str) -> list[str]:
        """The same for what is no event: `segment vip` was entered or left, `journey …` too."""
        found = self._listening.get(stirred)
        return found if found is not None else self._listens(stirred, stirred)

    def _listens(self, said: str | tuple[str, ...], stirred: Iterable[str]) -> list[str]:
        """Those that listen to any of this, worked out once for what is `said`."""
        found = listening(self.segments, self.served, stirred)
        if len(self._listening) < MOST_NAMES:
            self._listening[said] = found
        return found

    def segments_naming(self, segment: str) -> list[str]:
        """Those, by key, whose condition asks who belongs to a segment."""
        said = f"segment {segment}"
        return [key for key, one in sorted(self.segments.items()) if said in one.when.listens()]

    @cached_property
    def segments_in_order(self) -> list[str]:
        """All segments, each after those that it names."""
        return in_order(self.segments, self.served)

    @cached_property
    def served(self) -> dict[str, str]:
        """The key of the edition that serves, by segment."""
        return {one.segment: key for key, one in self.editions.items() if one.whole is not None}

    @cached_property
    def judged(self) -> int:
        """The last place at which something was said of a segment, and never nothing."""
        return max((one.last for one in self.editions.values()), default=1)

    @cached_property
    def needs(self) -> dict[str, tuple[tuple[str, int], ...]]:
        """By segment: the events, and how many of them, without which nobody belongs to it."""
        return {name: tuple(one.when.needs().items()) for name, one in self.segments.items()}

    @cached_property
    def _listening(self) -> dict[str | tuple[str, ...], list[str]]:
        return {}

    @cached_property
    def triggers_on(self) -> Mapping[str, tuple[Trigger, ...]]:
        """Triggers by the event they may fire on, in order of id."""
        by_event: dict[str, list[Trigger]] = {}
        for _, trigger in sorted(self.triggers.items()):
            for event in trigger.on:
                by_event.setdefault(event, []).append(trigger)
        return {event: tuple(triggers) for event, triggers in by_event.items()}


def decode(kind: str, body: bytes) -> Definition:
    """The typed value of a document; raises `NotADefinition` with the place of what is wrong."""
    try:
        value: Definition = msgspec.json.decode(body, type=KINDS[kind])
    except (msgspec.DecodeError, KeyError) as error:
        raise NotADefinition(f"{kind}: {error}") from error
    if isinstance(value, Journey) and (wrong := problems(value)):
        raise NotADefinition(f"journey {value.id}: " + "; ".join(wrong))
    return value


def in_force(
    workspace: str, published: Iterable[Published], editions: Mapping[Edition, bytes] = NO_EDITIONS
) -> Definitions:
    """Decode what is published and index it; archived documents have no effect any more.

    Of segments those editions count, each with its document, that serve or are being built.
    """
    said = sorted(one for one in published if one.state != "archived")
    values = [(one.kind, one.id, decode(one.kind, one.body)) for one in said]
    journeys = {name: one for _, name, one in values if isinstance(one, Journey)}
    segments = {one.key: decode("segment", body) for one, body in editions.items()}
    settings = next((one for _, _, one in values if isinstance(one, Workspace)), None)
    versions = {f"{one.kind}/{one.id}": one.hash for one in said}
    triggers = {name: one for _, name, one in values if isinstance(one, Trigger)}
    return Definitions(
        workspace=workspace,
        settings=settings or Workspace(name=workspace),
        journeys=journeys,
        segments={key: one for key, one in segments.items() if isinstance(one, Segment)},
        editions={one.key: one for one in editions},
        triggers=triggers,
        versions=versions,
        paused=frozenset(one.id for one in said if one.state == "paused"),
        starts=_starts(journeys.values()),
    )


def _starts(journeys: Iterable[Journey]) -> dict[str, tuple[str, ...]]:
    """Journeys by the happening that may start them."""
    by_name: dict[str, set[str]] = {}
    for journey in journeys:
        for start in journey.starts:
            by_name.setdefault(listens(start), set()).add(journey.id)
    return {name: tuple(sorted(ids)) for name, ids in by_name.items()}
