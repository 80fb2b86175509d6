"""The list of people: found by the first letters of what is known of them, by an index alone."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from innesco.events.event import Source
from innesco.profiles.person import Attribute, Level, Order, Person
from innesco.storage import directory, people, tables
from innesco.storage.directory import Which
from innesco.storage.engines import sqlite_engine, writing
from innesco.storage.migrate import migrate
from innesco.storage.words import words
from innesco.turn import State

SHOP, NOON = "bottega", datetime(2026, 3, 2, 12, tzinfo=UTC)


def somebody(name: str, first: str = "", last: str = "", **known: object) -> State:
    said = {"firstName": first, "lastName": last}
    attributes = {
        key: Attribute(value, NOON, 1, Source.SERVER) for key, value in said.items() if value
    }
    person = Person(id=name, attributes=attributes, last_seen=NOON, **known)  # type: ignore[arg-type]
    return State(person)


GIULIA = somebody("p1", "Giùlia", "De Rossi", email="giulia.derossi@esempio.it", user="1042")
MARIO = somebody("p2", "Mario", email="mario@esempio.it", level=Level.VERIFIED)
NOBODY = somebody("p3")


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[sa.Engine]:
    made = sqlite_engine(tmp_path / "people.sqlite")
    migrate(made, "people")
    keep(made, GIULIA, MARIO, NOBODY)
    yield made
    made.dispose()


def keep(engine: sa.Engine, *states: State) -> None:
    with writing(engine).begin() as connection:
        people.keep(connection, SHOP, states)


def found(engine: sa.Engine, text: str) -> list[str]:
    return [one.id for one in directory.people(engine, SHOP, Which(text))]


@pytest.mark.parametrize(
    ("text", "whom"),
    [
        ("giulia", ["p1"]),
        ("GIÙ", ["p1"]),
        ("giulia de ro", ["p1"]),
        ("ross", ["p1"]),
        ("derossi@", ["p1"]),
        ("giulia.derossi@esempio.it", ["p1"]),
        ("esempio.it", ["p2", "p1"]),
        ("esempio mario", ["p2"]),
        ("1042", ["p1"]),
        ("p3", ["p3"]),
        ("", ["p3", "p2", "p1"]),
        ("iulia", []),
        ("giulia mario", []),
        ("%", []),
        ("_042", []),
    ],
)
def test_a_person_is_found_by_the_beginning_of_each_word(
    engine: sa.Engine, text: str, whom: list[str]
) -> None:
    assert found(engine, text) == whom


def test_who_is_called_otherwise_now_is_not_found_by_what_she_was_called(
    engine: sa.Engine,
) -> None:
    keep(engine, somebody("p1", "Giulia", "Bianchi", email="giulia@altro.it"))
    assert [found(engine, text) for text in ("bianchi", "rossi", "1042", "altro.it")] == [
        ["p1"],
        [],
        [],
        ["p1"],
    ]


def test_what_is_no_longer_known_finds_nobody(engine: sa.Engine) -> None:
    """A first name taken back leaves an attribute without a value, and no word."""
    keep(engine, somebody("p4", "Ugo"))
    assert found(engine, "ugo") == ["p4"]
    gone = {"firstName": Attribute(None, NOON, 2, Source.SERVER)}
    keep(engine, State(Person(id="p4", attributes=gone, last_seen=NOON)))
    assert found(engine, "ugo") == []


def test_a_profile_that_became_somebody_else_leaves_no_word(engine: sa.Engine) -> None:
    with writing(engine).begin() as connection:
        people.forget(connection, SHOP, ["p1"])
        left = connection.scalars(sa.select(tables.person_words.c.person).distinct()).all()
    assert left == ["p2"]


def test_the_list_shows_the_name_as_written_and_what_was_spent(engine: sa.Engine) -> None:
    orders = {
        "o1": Order("o1", NOON, 5000, True, refunded=1000),
        "o2": Order("o2", NOON, 3000, False),
        "o3": Order("o3", NOON, 9000, True, cancelled=True),
    }
    keep(engine, somebody("p1", "Giùlia", "De Rossi", orders=orders))
    [entry] = directory.people(engine, SHOP, Which("giulia"))
    assert (entry.name, entry.orders, entry.spent) == ("Giùlia De Rossi", 2, 7000)


def test_a_page_goes_on_behind_the_one_before(engine: sa.Engine) -> None:
    later = [
        State(Person(id=f"q{n}", email=f"q{n}@x.it", last_seen=NOON + timedelta(hours=n)))
        for n in range(5)
    ]
    keep(engine, *later)
    first = directory.people(engine, SHOP, Which("x.it", most=2))
    place = (int((NOON + timedelta(hours=3)).timestamp() * 1e6), "q3")
    second = directory.people(engine, SHOP, Which("x.it", before=place, most=2))
    assert [one.id for one in (*first, *second)] == ["q4", "q3", "q2", "q1"]


def test_a_search_reads_the_index_of_words_and_no_person_beside(engine: sa.Engine) -> None:
    query = directory.listing(SHOP, Which("giulia")).compile(
        engine, compile_kwargs={"literal_binds": True}
    )
    with engine.connect() as connection:
        plan = [row.detail for row in connection.execute(sa.text(f"EXPLAIN QUERY PLAN {query}"))]
    assert any("SEARCH person_words USING PRIMARY KEY" in step for step in plan), plan
    assert any("SEARCH persons USING INDEX sqlite_autoindex_persons_1" in step for step in plan)
    assert not any(step.startswith("SCAN person") for step in plan), plan


def test_the_id_is_no_word_so_that_strangers_cost_nothing() -> None:
    assert words("p1") == set()
    assert words("anna · p1") == {"anna"}


def test_a_label_of_a_thousand_words_is_cut() -> None:
    assert len(words(" ".join(f"w{n}" for n in range(1000)) + " · p1")) == 24
