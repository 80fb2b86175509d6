"""Questions to some people: a sample that is always the same, pages that miss nobody."""

from collections.abc import Iterator
from datetime import UTC, datetime

import duckdb
import pytest
from sqlglot import exp

from innesco.columns import feed, projection, some
from innesco.columns.owner import Owner
from innesco.columns.questions import Estimate, HowMany, Latest, Members, Overlap
from innesco.conditions.condition import All, Condition, Not, people
from innesco.conditions.did import Did
from innesco.conditions.membership import InSegment
from innesco.conditions.operators.number import AtLeast
from innesco.conditions.share import InShare, bucket
from innesco.events.event import EPOCH, micros
from innesco.profiles.person import Person
from tests.conditions.cases import read_cases
from tests.conditions.drawn import ROME

NOW = datetime(2026, 3, 8, 12, tzinfo=UTC)
TODAY = (NOW - EPOCH).days
MANY, SAMPLE = 2_000, 100
THREE = Did("Product Viewed", is_=AtLeast(3))
CONDITIONS: list[Condition] = [
    THREE,
    Not(THREE),
    All((THREE, InSegment("vip"))),
    InShare("x", end=0.5),
]


def name(n: int) -> str:
    return f"p{n:04}"


@pytest.fixture(scope="module")
def cursor(tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    """The n-th person looked n % 5 times; every seventh is a VIP, some under an older profile."""
    owner = Owner(tmp_path_factory.mktemp("columns"))
    rows, persons = [], []
    for n in range(MANY):
        vip = {"vip": NOW} if n % 7 == 0 else {}
        persons.append(feed.person_row(Person(id=name(n), segments=vip, last_seen=NOW)))
        for m in range(n % 5):
            whose = f"old {name(n)}" if n % 3 == 0 else name(n)
            moment = micros(NOW) - n * 1_000_000 - m
            rows.append(
                feed.HistoryRow(
                    whose, moment, len(rows), TODAY, "Product Viewed", "public", False, {}, ()
                )
            )
    merged = [feed.AliasRow(f"old {name(n)}", name(n)) for n in range(0, MANY, 3)]
    with owner.cursor("shop") as cursor:
        projection.apply(cursor, [feed.Change(1, len(rows), feed.Told(rows, persons, merged))])
        yield cursor
    owner.close()


def asked(condition: Condition, cursor: duckdb.DuckDBPyConnection) -> list[str]:
    found: list[str] = Members(condition, NOW, "Europe/Rome").answer(cursor)["person"].to_pylist()
    return found


@pytest.mark.parametrize("condition", CONDITIONS)
def test_an_estimate_asks_the_same_people_whatever_is_asked(
    cursor: duckdb.DuckDBPyConnection, condition: Condition
) -> None:
    few = {n for n in map(name, range(MANY)) if bucket("sample", n) < SAMPLE / MANY * 16**13}
    [row] = Estimate(condition, NOW, "Europe/Rome", SAMPLE).answer(cursor).to_pylist()
    assert row == {
        "people": len(few & set(asked(condition, cursor))),
        "sampled": len(few),
        "all": MANY,
    }
    assert 50 < len(few) < 150


@pytest.mark.parametrize("condition", CONDITIONS)
def test_a_sample_of_everybody_is_exact(
    cursor: duckdb.DuckDBPyConnection, condition: Condition
) -> None:
    [row] = Estimate(condition, NOW, "Europe/Rome", MANY).answer(cursor).to_pylist()
    [all_] = HowMany(condition, NOW, "Europe/Rome").answer(cursor).to_pylist()
    assert row == {**all_, "sampled": MANY}


def test_the_sample_is_taken_before_events_are_counted(cursor: duckdb.DuckDBPyConnection) -> None:
    """What the GROUP BY counts are the sample's events, not everybody's."""
    query = some.of_sampled(people(THREE, NOW, ROME))
    plan = cursor.execute(f"EXPLAIN {some.sampled(SAMPLE, MANY)} {query.sql('duckdb')}").fetchall()[
        0
    ][1]
    assert plan.index("Hash Group By") < plan.index("Join Type: SEMI")


def test_no_condition_reads_what_would_not_be_cut() -> None:
    """Of all shared cases, each table but the query's own parts is one of those that are."""
    read: set[str] = set()
    for _, case in read_cases():
        query = people(case.condition, NOW, ROME)
        read |= {one.name for one in query.find_all(exp.Table)}
        read -= {one.alias for one in query.find_all(exp.CTE)}
    assert read == some.TABLES


@pytest.mark.parametrize("condition", CONDITIONS)
@pytest.mark.parametrize("size", [1, 7, 400])
def test_pages_by_id_miss_nobody(
    cursor: duckdb.DuckDBPyConnection, condition: Condition, size: int
) -> None:
    everybody, after = asked(condition, cursor)[: size * 5], ""
    found: list[str] = []
    for _ in range(5):
        page = Members(condition, NOW, "Europe/Rome", size, after).answer(cursor)
        found += page["person"].to_pylist()
        after = found[-1]
    assert found[: size * 5] == everybody


def test_pages_by_last_seen_miss_nobody_though_all_were_seen_at_once(
    cursor: duckdb.DuckDBPyConnection,
) -> None:
    found: list[str] = []
    before = None
    while page := Latest(THREE, NOW, "Europe/Rome", 97, before).answer(cursor).to_pylist():
        found += [row["person"] for row in page]
        before = (page[-1]["last_seen"], page[-1]["person"])
    assert found == asked(THREE, cursor)[::-1]


def test_the_overlap_with_a_segment(cursor: duckdb.DuckDBPyConnection) -> None:
    rows = Overlap(THREE, NOW, "Europe/Rome").answer(cursor).to_pylist()
    vips = [n for n in range(MANY) if n % 7 == 0]
    assert rows == [{"segment": "vip", "people": len(vips), "both": sum(n % 5 >= 3 for n in vips)}]
