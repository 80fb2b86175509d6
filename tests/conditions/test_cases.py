"""Cases written down once, asked of every evaluator: what the language means, one by one."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec
import pytest
from msgspec import Struct

from innesco.columns import feed, projection
from innesco.columns.owner import Owner
from innesco.columns.questions import Members
from innesco.conditions.condition import Condition, Unreadable, read, write
from innesco.conditions.days import day_of
from innesco.conditions.view import View
from innesco.events.event import Event, Item, Source
from innesco.profiles.history import History
from innesco.profiles.person import Attribute, Person
from tests.conditions.drawn import ROME

NOON = datetime(2026, 3, 8, 12, tzinfo=UTC)


class Done(Struct, frozen=True, forbid_unknown_fields=True):
    name: str
    moment: datetime = NOON
    facts: dict[str, Any] = {}
    items: tuple[Item, ...] = ()


class Case(Struct, frozen=True, forbid_unknown_fields=True):
    about: str
    condition: Condition
    holds: bool
    now: datetime = NOON
    events: tuple[Done, ...] = ()
    attributes: dict[str, str | int | float | bool] = {}
    changes_at: datetime | msgspec.UnsetType | None = msgspec.UNSET


FOLDER = Path(__file__).parent / "cases"
CASES = [
    pytest.param(case, id=f"{path.stem}: {case.about}")
    for path in sorted(FOLDER.glob("*.json"))
    for case in msgspec.json.decode(path.read_bytes(), type=list[Case])
]


@pytest.fixture(scope="module")
def owner(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Owner]:
    owner = Owner(tmp_path_factory.mktemp("columns"), threads=1)
    yield owner
    owner.close()


@pytest.mark.parametrize("case", CASES)
def test_live(case: Case) -> None:
    view = View(person(case), History.of(events(case)), case.now, ROME)
    assert case.condition.holds(view) is case.holds
    if case.changes_at is not msgspec.UNSET:
        assert case.condition.changes_at(view) == case.changes_at


@pytest.mark.parametrize("case", CASES)
def test_columns(case: Case, owner: Owner, request: pytest.FixtureRequest) -> None:
    told = feed.Told(
        history=[feed.history_row("anna", event) for event in events(case)],
        persons=[feed.person_row(person(case))],
    )
    with owner.cursor(request.node.name) as cursor:
        projection.apply(cursor, [feed.Change(1, 1, told)])
        found = Members(case.condition, case.now, "Europe/Rome").answer(cursor)
    owner.drop(request.node.name)
    assert found["person"].to_pylist() == (["anna"] if case.holds else [])


@pytest.mark.parametrize("case", CASES)
def test_documents_come_back_as_they_were(case: Case) -> None:
    assert read(write(case.condition)) == case.condition
    for language in ("it", "en"):
        assert case.condition.sentence(language)


ATTRIBUTE = '{"kind": "attribute", "name": "x", "is": %s}'
NOT = '{"kind": "not", "condition": '


@pytest.mark.parametrize(
    ("document", "place"),
    [
        ('{"kind": "did", "event": "x", "wenn": 1}', ""),
        ('{"kind": "all", "conditions": [{"kind": "did", "event": 5}]}', "conditions[0].event"),
        ('{"kind": "not", "condition": {"kind": "guess"}}', "condition.kind"),
        (ATTRIBUTE % '{"operator": ">=", "number": 1e300}', "is.number"),
        (ATTRIBUTE % '{"operator": "within last", "length": {}}', "is.length"),
        (ATTRIBUTE % '{"operator": "before", "moment": "2026-01-01T00:00:00"}', "is.moment"),
        ("{", ""),
        (NOT * 60 + '{"kind": "all", "conditions": []}' + "}" * 60, ""),
        (NOT * 5000, ""),
    ],
)
def test_what_is_no_condition_is_refused_with_its_place(document: str, place: str) -> None:
    refused = read(document)
    assert isinstance(refused, Unreadable)
    assert refused.reason
    assert refused.place == place


def person(case: Case) -> Person:
    said = {
        name: Attribute(value, case.now, 1, Source.SERVER)
        for name, value in case.attributes.items()
    }
    return Person(id="anna", attributes=said)


def events(case: Case) -> list[Event]:
    return [
        Event(
            seq=n,
            moment=done.moment,
            received=case.now,
            local_day=day_of(done.moment, ROME),
            name=done.name,
            key=n,
            source=Source.PUBLIC,
            facts=done.facts,
            items=done.items,
        )
        for n, done in enumerate(case.events, 1)
    ]
