"""Journeys: the list with how they do, one with its nodes and versions, publishing and pausing."""

from collections import Counter
from datetime import datetime
from typing import Any, get_args
from zoneinfo import ZoneInfo

import msgspec
import sqlalchemy as sa
from litestar import get, post, put
from litestar.params import FromPath, JSONBody
from msgspec import Struct

from innesco.conditions.explain import question
from innesco.conditions.explained import Words
from innesco.conditions.language import Language
from innesco.definitions.definitions import NotADefinition, decode
from innesco.definitions.workspace import Workspace
from innesco.journeys.journey import Journey
from innesco.journeys.nodes.branch import Branch
from innesco.storage import definitions, directory, progress, sent, workspaces
from innesco.storage.definitions import Name, State, Version
from innesco.storage.directory import Entry
from innesco.storage.engines import writing
from innesco.storage.progress import Counts, Course
from innesco.web.api.archive import archived, changed
from innesco.web.api.caller import Asking
from innesco.web.api.members import PATH
from innesco.web.api.policy import EDITOR, VIEWER
from innesco.web.api.problem import Wrong, missing, refused
from innesco.web.ports import Given, Ports

KIND = "journey"
ByLanguage = dict[str, str]
"""A name or a sentence, Italian and English or what there is."""


class JourneyLine(Struct, frozen=True):
    """A journey in the list."""

    id: str
    name: ByLanguage
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
    came: int  #: how often a run came to it
    waiting: int  #: people who stand there now
    ways: dict[str, int]  #: how often one went on from it: then, done, not_done, yes, no
    messages: dict[str, int]  #: of a message node, by state


class JourneyPage(Struct, frozen=True):
    line: JourneyLine
    document: dict[str, Any]  #: what is in force, else the draft
    draft: dict[str, Any] | None  #: when it differs from what is in force
    nodes: dict[str, NodeCounts]
    ways_since: datetime | None  #: when its ways were first counted; None: from its first run on
    asks: dict[str, ByLanguage]  #: what each branch asks, by node
    templates: dict[str, ByLanguage]  #: names of the templates that it sends
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
        templates = {one: _template_name(connection, workspace, one) for one in _sends(document)}
        asks = _asks(document, workspaces.settings(connection, workspace))
    draft = newest if versions[0].hash != force.hash else None
    nodes, since = _nodes(ports, line, name, document)
    partly = since is not None and versions[-1].created < since
    return JourneyPage(
        line, document, draft, nodes, since if partly else None, asks, templates, versions
    )


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
    return changed(ports, definitions.publish, Name(workspace, KIND, journey), caller.actor)


@post(PATH + "/journeys/{journey:str}/pause", needs=EDITOR, status_code=200, sync_to_thread=True)
def pause_journey(
    workspace: FromPath[str], journey: FromPath[str], ports: Given, caller: Asking
) -> Version:
    """Nobody enters any more; who is inside goes on."""
    return changed(ports, definitions.pause, Name(workspace, KIND, journey), caller.actor)


@post(PATH + "/journeys/{journey:str}/archive", needs=EDITOR, status_code=200, sync_to_thread=True)
def archive_journey(
    workspace: FromPath[str], journey: FromPath[str], ports: Given, caller: Asking
) -> Version:
    """Take it out of use: who is inside leaves. Refused while another definition asks about it."""
    return archived(ports, Name(workspace, KIND, journey), caller.actor)


@post(
    PATH + "/journeys/{journey:str}/unarchive", needs=EDITOR, status_code=200, sync_to_thread=True
)
def unarchive_journey(
    workspace: FromPath[str], journey: FromPath[str], ports: Given, caller: Asking
) -> Version:
    """What was in force last comes back paused: publish it when it shall go on."""
    return changed(ports, definitions.unarchive, Name(workspace, KIND, journey), caller.actor)


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
) -> tuple[dict[str, NodeCounts], datetime | None]:
    """The counts of each node, and since when all of them were counted."""
    with ports.stores.people.connect() as connection:
        waiting = progress.waiting(connection, name.workspace, name.id)
        came = Counter(progress.arrived(connection, name.workspace, name.id))
        ways = progress.ways(connection, name.workspace, name.id)
        since = progress.ways_since(connection)
    asked = sent.states_by_node(ports.stores.outbox, name.workspace, name.id)
    came[document["first"]] += line.counts.entered  # entering is coming to the first
    counts = {
        node: NodeCounts(came[node], waiting.get(node, 0), ways.get(node, {}), asked.get(node, {}))
        for node in document["nodes"]
    }
    return counts, since


def _sends(document: dict[str, Any]) -> list[str]:
    nodes = document["nodes"].values()
    return sorted({node["template"] for node in nodes if node["type"] == "message"})


def _template_name(connection: sa.Connection, workspace: str, template: str) -> ByLanguage:
    """As the version in force has it, or the newest; nothing of one that is not there."""
    name = Name(workspace, "template", template)
    there = definitions.in_force(connection, name) or next(
        iter(definitions.versions(connection, name)), None
    )
    if there is None:
        return {}
    said: ByLanguage = msgspec.json.decode(definitions.document(connection, there.hash))["name"]
    return said


def _asks(document: dict[str, Any], shop: Workspace) -> dict[str, ByLanguage]:
    """The question of each branch in both languages, with amounts in the shop's money."""
    journey = msgspec.convert(document, Journey)
    words = [Words(language, ZoneInfo(shop.zone), shop.currency) for language in get_args(Language)]
    return {
        name: {one.language: question(node.when, one) for one in words}
        for name, node in journey.nodes.items()
        if isinstance(node, Branch)
    }


ROUTES: list[Any] = [
    list_journeys,
    look_at_journey,
    list_people_at_node,
    draft_journey,
    publish_journey,
    pause_journey,
    archive_journey,
    unarchive_journey,
]
