"""Cases written down once, asked of every evaluator: what the language means, one by one."""

from collections.abc import Iterator

import msgspec
import pytest
from duckdb import DuckDBPyConnection
from msgspec.structs import replace

from innesco.columns import feed, projection
from innesco.columns.owner import Owner
from innesco.columns.questions import Answers, Members
from innesco.conditions.condition import Unreadable, read, write
from innesco.events.event import micros
from tests.conditions.cases import Case, events, person, read_cases, view

ALL = list(read_cases())
LEAST = 700  #: so many cases there are at least
CASES = [pytest.param(case, id=f"{file}: {case.about}") for file, case in ALL]


@pytest.fixture(scope="module")
def everybody(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DuckDBPyConnection]:
    """The people of all cases in one shop, each under the name of her own case."""
    owner = Owner(tmp_path_factory.mktemp("columns"), threads=1)
    people = [(name_of(case), case, 100 * n) for n, (_, case) in enumerate(ALL)]
    assert len({name for name, _, _ in people}) == len(ALL)
    told = feed.Told(
        history=[
            feed.history_row(name, replace(event, seq=seq + event.seq))
            for name, case, seq in people
            for event in events(case)
        ],
        persons=[
            feed.person_row(replace(person(case), id=name), case.journeys)
            for name, case, _ in people
        ],
    )
    with owner.cursor("shop") as cursor:
        projection.apply(cursor, [feed.Change(1, 1, told)])
        yield cursor
    owner.close()


def name_of(case: Case) -> str:
    """Who has no name of her own in a case is called after it."""
    return case.about if case.person.id == "anna" else case.person.id


@pytest.mark.parametrize("case", CASES)
def test_live(case: Case) -> None:
    seen = view(case)
    assert case.condition.holds(seen) is case.holds
    if case.changes_at is not msgspec.UNSET:
        assert case.condition.changes_at(seen) == case.changes_at


@pytest.mark.parametrize("case", CASES)
def test_columns(case: Case, everybody: DuckDBPyConnection) -> None:
    """The question goes to all; the answer about one of them is looked at, and when it changes."""
    found = Members(case.condition, case.now, "Europe/Rome").answer(everybody)
    rows = Answers(case.condition, case.now, "Europe/Rome").answer(everybody).to_pylist()
    told = {row["person"]: (row["answer"], row["changes_at"]) for row in rows}
    holds, at = told.get(name_of(case), (False, None))
    assert (name_of(case) in found["person"].to_pylist()) is holds is case.holds
    changes_at = case.condition.changes_at(view(case))
    assert at == (micros(changes_at) if changes_at else None)


@pytest.mark.parametrize("case", CASES)
def test_documents_come_back_as_they_were(case: Case) -> None:
    assert read(write(case.condition)) == case.condition
    for language in ("it", "en"):
        assert case.condition.sentence(language)


def test_we_decide_otherwise_seldom() -> None:
    """Most cases are those of suites that others published; a few we answer with another word."""
    otherwise = [f"{file}: {case.about}: {case.otherwise}" for file, case in ALL if case.otherwise]
    share = len(otherwise) / len(ALL)
    print(f"\n{len(ALL)} cases, {share:.1%} otherwise:", *otherwise, sep="\n  ")
    assert len(ALL) >= LEAST
    assert share <= 0.10


def test_no_two_cases_have_one_name() -> None:
    names = [f"{file}: {case.about}" for file, case in ALL]
    assert sorted(names) == sorted(set(names))


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
