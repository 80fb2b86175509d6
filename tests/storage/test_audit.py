"""The audit log shows every change made behind its back."""

from datetime import UTC, datetime

import pytest
import sqlalchemy as sa

from innesco.storage import audit, tables
from innesco.storage.audit import Act, Actor
from innesco.storage.engines import writing

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
ANNA = Actor("acc_1", "Anna")


@pytest.fixture
def five(control: sa.Engine) -> sa.Engine:
    for n in range(5):
        with writing(control).begin() as connection:
            act = Act(ANNA, "changed", f"journey/{n}", "bottega", {"name": "caffè", "n": n})
            audit.record(connection, act, NOON)
    return control


def broken(control: sa.Engine) -> int | None:
    with control.connect() as connection:
        return audit.broken(connection)


def test_an_untouched_log_is_whole(five: sa.Engine) -> None:
    assert broken(five) is None


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("actor", "Bruno"),
        ("act", "archived"),
        ("about", "journey/9"),
        ("detail", "{}"),
        ("moment", 1),
        ("workspace", "altra"),
        ("chain", "0" * 64),
    ],
)
def test_a_changed_row_shows(five: sa.Engine, column: str, value: object) -> None:
    with writing(five).begin() as connection:
        changed = sa.update(tables.audit).where(tables.audit.c.about == "journey/2")
        connection.execute(changed.values({column: value}))
    with five.connect() as connection:
        ids = connection.scalars(sa.select(tables.audit.c.id).order_by(tables.audit.c.id)).all()
    assert broken(five) == ids[2]


def test_a_removed_row_shows_at_the_next(five: sa.Engine) -> None:
    with writing(five).begin() as connection:
        connection.execute(sa.delete(tables.audit).where(tables.audit.c.about == "journey/2"))
    assert broken(five) is not None


def test_what_is_not_kept_is_not_recorded(five: sa.Engine) -> None:
    with writing(five).begin() as connection:
        audit.record(connection, Act(ANNA, "changed", "settings", "bottega"), NOON)
        connection.rollback()
    with five.connect() as connection:
        assert len(audit.entries(connection, "bottega")) == 5


def test_pages_go_back_in_time_and_stay_in_the_workspace(five: sa.Engine) -> None:
    with writing(five).begin() as connection:
        audit.record(connection, Act(ANNA, "changed", "settings", "altra"), NOON)
    with five.connect() as connection:
        first = audit.entries(connection, "bottega", most=3)
        rest = audit.entries(connection, "bottega", before=first[-1].id)
    assert [row.detail["n"] for row in [*first, *rest]] == [4, 3, 2, 1, 0]
