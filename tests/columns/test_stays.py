"""Who was in a segment from when to when: sizes, comings and goings, by the edition of the time."""

from collections.abc import Iterator

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from innesco.columns import feed, projection
from innesco.columns.owner import Owner
from innesco.columns.stays import MembersAt, Movements, Sizes, Turnover
from innesco.profiles.person import Person

Moved = tuple[int, str, bool, str]


@pytest.fixture(scope="module")
def owner(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Owner]:
    made = Owner(tmp_path_factory.mktemp("columns"))
    yield made
    made.close()


def edition(
    seq: int, whole: int | None, ended: int | None, segment: str = "vip"
) -> feed.EditionRow:
    return feed.EditionRow(f"{segment}@{seq}", segment, seq, "h", seq, whole, whole, ended)


def move(person: str, edition: str, at: int, entered: bool, because: str = "x") -> feed.MoveRow:
    return feed.MoveRow(person, edition, at, at, entered, because)


def told(owner: Owner, *changes: feed.Told) -> duckdb.DuckDBPyConnection:
    """A workspace's columns anew, with this told."""
    owner.drop("shop")
    with owner.cursor("shop") as cursor:
        for n, one in enumerate(changes, 1):
            projection.apply(cursor, [feed.Change(n, 0, one)])
    return cursor


def moved(owner: Owner, person: str = "", segment: str = "vip") -> list[Moved]:
    with owner.cursor("shop") as cursor:
        rows = Movements(segment, 100, person=person).answer(cursor).to_pylist()
    return [(r["moment"], r["person"], r["entered"], r["because"]) for r in rows][::-1]


def at(owner: Owner, moment: int) -> list[str]:
    with owner.cursor("shop") as cursor:
        found: list[str] = MembersAt("vip", moment).answer(cursor)["person"].to_pylist()
    return found


STORY = feed.Told(
    editions=[edition(1, 10, 50), edition(2, 50, None), edition(3, None, None)],
    moves=[
        move("anna", "vip@1", 5, True, "published"),  # before it served
        move("bruno", "vip@1", 5, True, "published"),
        move("carla", "vip@1", 20, True, "Order Completed"),
        move("carla", "vip@1", 30, False, "time"),
        move("anna", "vip@2", 45, True, "published"),  # she stays when it is changed
        move("dora", "vip@2", 45, True, "published"),
        move("bruno", "vip@2", 60, True, "Order Completed"),
        move("elio", "vip@3", 70, True, "published"),  # of what does not serve yet
    ],
)


def test_only_who_really_came_and_went_is_told_and_why(owner: Owner) -> None:
    told(owner, STORY)
    assert sorted(moved(owner)) == [
        (10, "anna", True, "published"),
        (10, "bruno", True, "published"),
        (20, "carla", True, "Order Completed"),
        (30, "carla", False, "time"),
        (50, "bruno", False, "published"),
        (50, "dora", True, "published"),
        (60, "bruno", True, "Order Completed"),
    ]
    assert [(m, e) for m, _, e, _ in moved(owner, "bruno")] == [(10, True), (50, False), (60, True)]


def test_sizes_and_members_at_a_moment(owner: Owner) -> None:
    told(owner, STORY)
    members = {
        9: [],
        10: ["anna", "bruno"],
        25: ["anna", "bruno", "carla"],
        30: ["anna", "bruno"],
        49: ["anna", "bruno"],
        50: ["anna", "dora"],
        60: ["anna", "bruno", "dora"],
        99: ["anna", "bruno", "dora"],
    }
    assert {moment: at(owner, moment) for moment in members} == members
    with owner.cursor("shop") as cursor:
        sizes = Sizes(tuple(members)).answer(cursor).to_pylist()
        went = Turnover((0, 11, 50, 51, 100), "vip").answer(cursor).to_pylist()
        page = MembersAt("vip", 25, 2, "anna").answer(cursor)["person"].to_pylist()
    assert {(row["segment"], row["moment"]): row["people"] for row in sizes} == {
        ("vip", moment): len(those) for moment, those in members.items() if those
    }
    assert [(row["moment"], row["entered"], row["gone"]) for row in went] == [
        (0, 2, 0),
        (11, 1, 1),
        (50, 1, 1),
        (51, 1, 0),
    ]
    assert page == ["bruno", "carla"]


def test_what_is_archived_is_left_by_all(owner: Owner) -> None:
    ended = feed.Told(editions=[edition(1, 10, 50)], moves=[move("anna", "vip@1", 20, True)])
    told(owner, ended)
    assert moved(owner) == [(20, "anna", True, "x"), (50, "anna", False, "archived")]
    assert at(owner, 50) == []


@pytest.mark.parametrize("anna_too", [True, False])
def test_two_who_become_one_came_once(owner: Owner, anna_too: bool) -> None:
    """Her phone leaves when it becomes her; the past is told of who she is by now."""
    last = move("anna", "vip@1", 30 if anna_too else 50, True)
    first = feed.Told(
        editions=[edition(1, 10, None)],
        moves=[move("phone", "vip@1", 20, True)] + ([last] if anna_too else []),
        persons=[feed.person_row(Person(id=name)) for name in ("phone", "anna")],
    )
    joined = feed.Told(
        aliases=[feed.AliasRow("phone", "anna")],
        moves=[move("phone", "vip@1", 50, False, "merged")] + ([] if anna_too else [last]),
    )
    told(owner, first, joined)
    assert moved(owner) == [(20, "anna", True, "x")]
    assert (at(owner, 40), at(owner, 50), at(owner, 99)) == (["anna"], ["anna"], ["anna"])
    with owner.cursor("shop") as cursor:
        sizes = Sizes((25, 40, 99)).answer(cursor)["people"].to_pylist()
    assert sizes == [1, 2 if anna_too else 1, 1]  # as they were known then


def test_pages_of_movements_miss_nobody(owner: Owner) -> None:
    told(owner, STORY)
    found, before = [], None
    with owner.cursor("shop") as cursor:
        for _ in range(20):
            page = Movements("vip", 2, before).answer(cursor).to_pylist()
            found += [(row["moment"], row["key"]) for row in page]
            if len(page) < 2:
                break
            before = found[-1]
    assert len(found) == len(set(found)) == 7
    assert found == sorted(found, reverse=True)


NAMES = "ab"
stories = st.lists(
    st.tuples(st.sampled_from(NAMES), st.integers(1, 2), st.integers(0, 12)), max_size=14
)


@given(
    stories,
    st.integers(0, 12),
    st.integers(0, 12),
    st.one_of(st.none(), st.integers(0, 12)),
)
@settings(deadline=None, max_examples=60, suppress_health_check=list(HealthCheck))
def test_it_is_what_one_would_work_out_by_hand(
    owner: Owner, story: list[tuple[str, int, int]], first: int, second: int, end: int | None
) -> None:
    """Person by person and moment by moment, from moves that go in and out by turns."""
    first, second = sorted((first, second))
    end = max(end, second) if end is not None else None
    inside: dict[tuple[str, int], bool] = {}
    moves = []
    for person, number, moment in sorted(story, key=lambda one: one[2]):
        now = inside[person, number] = not inside.get((person, number), False)
        moves.append(move(person, f"vip@{number}", moment, now))
    told(
        owner, feed.Told(editions=[edition(1, first, second), edition(2, second, end)], moves=moves)
    )

    def belongs(person: str, moment: int) -> bool:
        number = 1 if first <= moment < second else 2
        serves = first <= moment < (end if end is not None else 99) and first <= moment
        last = [
            one.entered
            for one in moves
            if (one.person, one.edition) == (person, f"vip@{number}") and one.moment <= moment
        ]
        return serves and bool(last) and last[-1]

    by_hand = {moment: [n for n in NAMES if belongs(n, moment)] for moment in range(14)}
    assert {moment: at(owner, moment) for moment in range(14)} == by_hand
    with owner.cursor("shop") as cursor:
        sizes = Sizes(tuple(range(14))).answer(cursor).to_pylist()
    assert {row["moment"]: row["people"] for row in sizes} == {
        moment: len(those) for moment, those in by_hand.items() if those
    }
    found = {(moment, person, entered) for moment, person, entered, _ in moved(owner)}
    assert found == {
        (moment, person, belongs(person, moment))
        for moment in range(14)
        for person in NAMES
        if belongs(person, moment) != (moment > 0 and belongs(person, moment - 1))
    }
