"""One language, two evaluators: what holds of one person now is what SQL says of everybody."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import product
from pathlib import Path
from typing import Any, get_args

import duckdb
import pyarrow as pa
import pytest
from hypothesis import HealthCheck, Phase, given, settings, strategies as st
from msgspec import Struct
from sqlglot import exp, select

from innesco.columns import feed, projection, tables
from innesco.columns.owner import Owner
from innesco.columns.questions import Answers, Members
from innesco.conditions.condition import All, Condition
from innesco.conditions.did import Did
from innesco.conditions.facts import pack, told
from innesco.conditions.operators.operator import Operator
from innesco.conditions.operators.text import Equals
from innesco.conditions.view import View
from innesco.conditions.window import Window
from innesco.events.event import Fact, micros
from innesco.events.fold import fold
from tests.conditions import drawn
from tests.conditions.drawn import ROME, TICK, Past

quickly = settings(
    deadline=None,
    max_examples=120,
    phases=[Phase.reuse, Phase.generate],  # a case is small as drawn; shrinking takes minutes
    suppress_health_check=list(HealthCheck),
)
NAMES = ["anna", "bruno", "carla", "dè"]


@pytest.fixture(scope="module")
def owner(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Owner]:
    owner = Owner(tmp_path_factory.mktemp("columns"), threads=1)
    yield owner
    owner.close()


def test_live_and_columns_agree(owner: Owner) -> None:
    """The law; what it met is counted, so that it cannot agree about nothing."""
    met: Counter[str] = Counter()

    @quickly
    @given(data=st.data())
    def agree(data: st.DataObject) -> None:
        now = data.draw(st.sampled_from(drawn.NOWS))
        window = data.draw(drawn.moving(now) | drawn.union(Window, now))
        at = tuple(drawn.edges_of(window, now))
        pasts = [
            data.draw(drawn.pasts(name, now, first_seq=100 * n, at=at))
            for n, name in enumerate(NAMES)
        ]
        counted, groups = drawn.counted(window), drawn.conditions(now)
        some = st.one_of(groups, drawn.lined(now), counted, counted, drawn.aging(now))
        asked = data.draw(st.lists(some, min_size=3, max_size=8))
        with owner.cursor("shop") as cursor:
            tell(cursor, pasts, halfway=data.draw(st.booleans()))
            for condition in asked:
                question = Members(condition, now, "Europe/Rome")
                said = set(question.answer(cursor)["person"].to_pylist())
                told = answered(cursor, condition, now)
                for past in pasts:
                    name, holds = past.person.id, condition.holds(view(past, now))
                    moves = changes_at(condition, past, now)
                    assert holds == (name in said), (condition, past, now)
                    assert told.pop(name, (False, None)) == (holds, moves), (condition, past)
                    met["that time changes"] += moves is not None
                    met["cases"] += 1
                    met["true"] += holds
                    met["on an edge"] += on_an_edge(condition, past, now)
                assert not told

    agree()
    share = {name: many / met["cases"] for name, many in met.items()}
    print(f"\n{met['cases']} cases, {share['true']:.0%} true, ", end="")
    print(f"{share['on an edge']:.0%} within 1 µs of an edge, ", end="")
    print(f"{share['that time changes']:.0%} that time alone may change")
    assert share["true"] >= 0.20
    assert share["on an edge"] >= 0.05


def test_changes_by_time_agree(owner: Owner) -> None:
    """When time alone may change an answer, asked of windows that move and values that age."""
    met: Counter[str] = Counter()

    @quickly
    @given(data=st.data())
    def agree(data: st.DataObject) -> None:
        now = data.draw(st.sampled_from(drawn.NOWS))
        window = data.draw(drawn.moving(now))
        at = tuple(drawn.edges_of(window, now))
        pasts = [
            data.draw(drawn.pasts(name, now, first_seq=100 * n, at=at))
            for n, name in enumerate(NAMES)
        ]
        counted = drawn.counted(window)
        groups = st.lists(counted, min_size=2, max_size=3).map(tuple)
        some = st.one_of(counted, drawn.aging(now), st.builds(All, groups))
        with owner.cursor("shop") as cursor:
            tell(cursor, pasts, halfway=False)
            for condition in data.draw(st.lists(some, min_size=3, max_size=8)):
                told = answered(cursor, condition, now)
                for past in pasts:
                    holds, moves = (
                        condition.holds(view(past, now)),
                        changes_at(condition, past, now),
                    )
                    assert told.get(past.person.id, (False, None)) == (holds, moves), (
                        condition,
                        past,
                    )
                    met["cases"] += 1
                    met["that time changes"] += moves is not None

    agree()
    share = met["that time changes"] / met["cases"]
    print(f"\n{met['cases']} cases, {share:.0%} that time alone may change")
    assert share >= 0.10


def test_operators_agree_on_every_value() -> None:
    """Each operator with each of its stock, on each value of each kind: no luck in it."""
    now = drawn.NOWS[3]
    asked = [operator for kind in get_args(Operator) for operator in every(kind, now)]
    moments = [micros(edge + by) for edge in drawn.edges(now) for by in (-TICK, TICK * 0, TICK)]
    folded = [fold(text) for text in drawn.TEXTS]
    values: list[Fact | None] = [None, *folded, *drawn.NUMBERS, *drawn.FLAGS, *moments]
    packed = [pack({} if value is None else {"x": value}) for value in values]
    engine = duckdb.connect()
    engine.register("rows", pa.table({"row": range(len(values)), "facts": pa.array(packed, "str")}))

    column, at = told(exp.column("facts"), "x"), micros(now)
    answers = [one.column(column, at).as_(f"answer_{n}") for n, one in enumerate(asked)]
    said = engine.execute(select(*answers).from_("rows").order_by("row").sql("duckdb")).fetchall()
    engine.close()

    for operator, answered in zip(asked, zip(*said, strict=True), strict=True):
        holds = [operator.holds(value, at) for value in values]
        assert [one is True for one in answered] == holds, operator


def every(kind: type[Struct], now: datetime) -> list[Any]:
    """One operator for each value of its stock."""
    stocks: dict[str, Sequence[Any]] = {
        "text": drawn.TEXTS,
        "texts": [(), *zip(drawn.TEXTS, drawn.TEXTS[3:], strict=False)],
        "number": list(map(float, drawn.NUMBERS)),
        "least": list(map(float, drawn.NUMBERS)),
        "most": list(map(float, drawn.NUMBERS)),
        "moment": drawn.fixed(now),
        "length": drawn.LENGTHS,
    }
    fields = [stocks[name] for name in kind.__struct_fields__]
    return [kind(*values) for values in product(*fields)]


# -- how it is asked -----------------------------------------------------------------------------


def answered(
    cursor: duckdb.DuckDBPyConnection, condition: Condition, now: datetime
) -> dict[str, tuple[bool, int | None]]:
    """What columns says of everybody who belongs or whom time alone may move."""
    rows = Answers(condition, now, "Europe/Rome").answer(cursor).to_pylist()
    assert all(row["answer"] or row["changes_at"] is not None for row in rows)
    return {row["person"]: (row["answer"], row["changes_at"]) for row in rows}


def changes_at(condition: Condition, past: Past, now: datetime) -> int | None:
    at = condition.changes_at(view(past, now))
    return micros(at) if at is not None else None


def view(past: Past, now: datetime) -> View:
    return View(past.person, past.history, now, ROME, past.journeys)


def tell(cursor: duckdb.DuckDBPyConnection, pasts: Sequence[Past], halfway: bool) -> None:
    """As live tells it: first under the profile she had, then as the person that she became."""
    forget = [f"DELETE FROM {table}" for table in tables.TABLES]
    cursor.execute("; ".join(["BEGIN", *forget, "COMMIT"])).fetchall()
    profiles = feed.Told(
        history=[row for past in pasts for row in rows(past, as_profile=True)],
        persons=[feed.person_row(past.person, ["cart"]) for past in pasts if past.as_profile],
    )
    projection.apply(cursor, [feed.Change(1, 0, renamed(profiles))])
    if halfway:
        projection.recluster(cursor)
    persons = feed.Told(
        history=[row for past in pasts for row in rows(past, as_profile=False)],
        persons=[feed.person_row(past.person, past.journeys) for past in pasts],
        aliases=[feed.AliasRow(f"{p.person.id}'", p.person.id) for p in pasts if p.as_profile],
    )
    projection.apply(cursor, [feed.Change(2, 0, persons)])


def rows(past: Past, as_profile: bool) -> list[feed.HistoryRow]:
    return [
        feed.history_row(past.person.id, event)
        for event in past.events
        if (event.seq in past.as_profile) is as_profile
    ]


def renamed(told_: feed.Told) -> feed.Told:
    """The same under another profile's name."""

    def of(row: Any) -> Any:
        return type(row)(f"{row.person}'", *(getattr(row, n) for n in row.__struct_fields__[1:]))

    return feed.Told([of(row) for row in told_.history], [of(row) for row in told_.persons])


def on_an_edge(condition: Condition, past: Past, now: datetime) -> bool:
    """Whether something she did stands within a microsecond of an edge of what is asked."""
    return any(
        abs(event.moment - edge) <= TICK
        for did in dids(condition)
        for event in past.history.named(did.event)
        for edge in drawn.edges_of(did.window, now)
    )


def dids(condition: Any) -> Iterator[Did]:
    match condition:
        case Did():
            yield condition
        case Struct():
            for name in condition.__struct_fields__:
                inner = getattr(condition, name)
                for one in inner if isinstance(inner, tuple) else [inner]:
                    yield from dids(one)


def test_a_planted_fault_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    """The law is only worth something if it breaks: here SQL forgets to fold the text asked."""
    unfolded = lambda self, values, now=0: values.text.eq(self.text)  # noqa: E731
    monkeypatch.setattr(Equals, "column", unfolded)
    with pytest.raises(AssertionError):
        test_operators_agree_on_every_value()


def test_files_are_where_they_should(tmp_path: Path) -> None:
    owner = Owner(tmp_path)
    with owner.cursor("Bottega 1") as cursor:
        assert projection.position(cursor) == 0
    owner.close()
    assert [path.name for path in tmp_path.iterdir()] == ["_42_ottega_20_1.duckdb"]
