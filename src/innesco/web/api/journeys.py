"""Journeys: the list with how they do, one with its nodes and versions, publishing and pausing."""

from collections import Counter
from datetime import datetime
from typing import Any

import msgspec
from litestar import get, post, put
from litestar.params import FromPath, JSONBody
from msgspec import Struct

from innesco.definitions.definitions import NotADefinition, decode
from innesco.storage import definitions, directory, progress, sent
from innesco.storage.definitions import Name, State, Version
from innesco.storage.directory import Entry
from innesco.storage.engines import writing
from innesco.storage.progress import Counts, Course
from innesco.web.api.caller import Asking
from innesco.web.api.members import PATH
from innesco.web.api.policy import EDITOR, VIEWER
from innesco.web.api.problem import Wrong, missing, refused
from innesco.web.ports import Given, Ports

KIND = "journey"


class JourneyLine(Struct, frozen=True):
    """A journey in the list."""

    id: str
    name: dict[str, str]  #: by language
    state: State
    version: int
    changed: datetime
    by: str | None
    counts: Counts
    messages: dict[str, int]  #: by state
    has_draft: bool  #: a newer version than the one in force waits to be published


class Journeys(Struct, frozen=True):
    journeys: list[JourneyLine]


class NodeCounts(Struct, frozen=True):
    waiting: int  #: people who stand there now
    passed: int  #: runs that rested there and went on, or messages that were asked for
    messages: dict[str, int]  #: of a message node, by state


class JourneyPage(Struct, frozen=True):
    line: JourneyLine
    document: dict[str, Any]  #: what is in force, else the draft
    draft: dict[str, Any] | None  #: when it differs from what is in force
    nodes: dict[str, NodeCounts]
    versions: list[Version]


class StandingHere(Struct, frozen=True):
    runs: list[Course]
    people: list[Entry]  #: who they are


@get(PATH + "/journeys", needs=VIEWER, sync_to_thread=True)
def list_journeys(workspace: FromPath[str], ports: Given) -> Journeys:
    """Every journey with its counts; archived ones too."""
    with ports.stores.control.connect() as connection:
        names = definitions.named(connection, workspace, KIND)
    so_far = _so_far(ports, workspace)
    return Journeys([_line(ports, name, so_far) for name in names])


@get(PATH + "/journeys/{journey:str}", needs=VIEWER, sync_to_thread=True)
def look_at_journey(workspace: FromPath[str], journey: FromPath[str], ports: Given) -> JourneyPage:
    """One journey: its document, who stands where, its versions."""
    name = Name(workspace, KIND, journey)
    line = _line(ports, name, _so_far(ports, workspace))
    with ports.stores.control.connect() as connection:
        versions = definitions.versions(connection, name)
        force = definitions.in_force(connection, name) or versions[0]
        document = msgspec.json.decode(definitions.document(connection, force.hash))
        newest = msgspec.json.decode(definitions.document(connection, versions[0].hash))
    draft = newest if versions[0].hash != force.hash else None
    nodes = _nodes(ports, line, name, document)
    return JourneyPage(line, document, draft, nodes, versions)


@get(PATH + "/journeys/{journey:str}/nodes/{node:str}", needs=VIEWER, sync_to_thread=True)
def list_people_at_node(
    workspace: FromPath[str], journey: FromPath[str], node: FromPath[str], ports: Given
) -> StandingHere:
    """Who stands at a node, the longest first, a hundred at most."""
    with ports.stores.people.connect() as connection:
        runs = progress.at_node(connection, workspace, journey, node)
        people = directory.named(connection, workspace, (run.person for run in runs))
        return StandingHere(runs, people)


@put(PATH + "/journeys/{journey:str}/draft", needs=EDITOR, sync_to_thread=True)
def draft_journey(
    workspace: FromPath[str],
    journey: FromPath[str],
    data: JSONBody[dict[str, Any]],
    ports: Given,
    caller: Asking,
) -> Version:
    """Keep a draft; what is in force goes on unchanged until the draft is published."""
    body = msgspec.json.encode(data)
    try:
        decode(KIND, body)
    except NotADefinition as error:
        raise refused(400, "This is no journey", "", Wrong("", str(error))) from error
    if data.get("id") != journey:
        raise refused(400, "The journey has another id", "", Wrong("id", f"must be {journey}"))
    with writing(ports.stores.control).begin() as connection:
        name = Name(workspace, KIND, journey)
        return definitions.save_draft(connection, name, body, caller.actor, ports.wall())


@post(PATH + "/journeys/{journey:str}/publish", needs=EDITOR, status_code=200, sync_to_thread=True)
def publish_journey(
    workspace: FromPath[str], journey: FromPath[str], ports: Given, caller: Asking
) -> Version:
    """Put the newest version in force; a paused one goes on."""
    stores, name = ports.stores, Name(workspace, KIND, journey)
    try:
        version = definitions.publish(
            stores.control, stores.journal, name, caller.actor, ports.wall(), ports.now()
        )
    except definitions.Unmet as unmet:
        raise refused(409, str(unmet), "Put that in force first.") from unmet
    return _done(version)


@post(PATH + "/journeys/{journey:str}/pause", needs=EDITOR, status_code=200, sync_to_thread=True)
def pause_journey(
    workspace: FromPath[str], journey: FromPath[str], ports: Given, caller: Asking
) -> Version:
    """Nobody enters any more; who is inside goes on."""
    stores = ports.stores
    return _done(
        definitions.pause(
            stores.control,
            stores.journal,
            Name(workspace, KIND, journey),
            caller.actor,
            ports.wall(),
            ports.now(),
        )
    )


def _done(version: Version | None) -> Version:
    if version is None:
        raise missing("such journey in that state")
    return version


class SoFar(Struct, frozen=True):
    """How all journeys of a workspace do, counted at once."""

    counts: dict[str, Counts]
    messages: dict[str, dict[str, int]]


def _so_far(ports: Ports, workspace: str) -> SoFar:
    with ports.stores.people.connect() as connection:
        counts = progress.counts(connection, workspace)
    return SoFar(counts, sent.states_by_journey(ports.stores.outbox, workspace))


def _line(ports: Ports, name: Name, so_far: SoFar) -> JourneyLine:
    with ports.stores.control.connect() as connection:
        versions = definitions.versions(connection, name)
        if not versions:
            raise missing("journey")
        shown = definitions.in_force(connection, name) or versions[0]
        document = msgspec.json.decode(definitions.document(connection, shown.hash))
    return JourneyLine(
        name.id,
        document["name"],
        shown.state,
        shown.version,
        shown.created,
        shown.author,
        so_far.counts.get(name.id, Counts()),
        so_far.messages.get(name.id, {}),
        versions[0].state == "draft" and shown is not versions[0],
    )


def _nodes(
    ports: Ports, line: JourneyLine, name: Name, document: dict[str, Any]
) -> dict[str, NodeCounts]:
    with ports.stores.people.connect() as connection:
        waiting = progress.waiting(connection, name.workspace, name.id)
        came = Counter(progress.arrived(connection, name.workspace, name.id))
    asked = sent.states_by_node(ports.stores.outbox, name.workspace, name.id)
    came[document["first"]] += line.counts.entered  # entering is coming to the first
    return {
        node: NodeCounts(
            waiting.get(node, 0),
            sum(asked[node].values()) if node in asked else came[node] - waiting.get(node, 0),
            asked.get(node, {}),
        )
        for node in document["nodes"]
    }


ROUTES: list[Any] = [
    list_journeys,
    look_at_journey,
    list_people_at_node,
    draft_journey,
    publish_journey,
    pause_journey,
]
