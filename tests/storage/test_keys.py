"""Keys: made, known, rotated, revoked; and never kept in the open."""

from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from innesco.events.event import Source
from innesco.storage import keys, tables
from innesco.storage.audit import PROGRAM
from innesco.storage.engines import writing
from innesco.storage.keys import Kind, Made, Scope, Wish

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def make(control: sa.Engine, kind: Kind, expires: datetime | None = None) -> Made:
    scopes = (Scope.READ,) if kind is Kind.ADMIN else ()
    with writing(control).begin() as connection:
        return keys.make(connection, "bottega", Wish(kind, "shop", scopes, expires), PROGRAM, NOON)


def who(control: sa.Engine, text: str, now: datetime = NOON) -> keys.Known | None:
    with control.connect() as connection:
        return keys.known(connection, text, now)


@pytest.mark.parametrize(
    ("kind", "source"),
    [
        (Kind.PUBLIC, Source.PUBLIC),
        (Kind.SERVER, Source.SERVER),
        (Kind.ADMIN, Source.SERVER),
    ],
)
def test_a_key_says_whose_it_is_and_what_it_may(
    control: sa.Engine, kind: Kind, source: Source
) -> None:
    made = make(control, kind)
    found = who(control, made.text)
    assert found is not None
    assert (found.workspace, found.source, found.key_id) == ("bottega", source, made.key.id)
    assert made.text.startswith(keys.PREFIX[kind])


def test_the_secret_ones_are_kept_as_fingerprints_only(control: sa.Engine) -> None:
    texts = [make(control, kind).text for kind in (Kind.SERVER, Kind.ADMIN)]
    with control.connect() as connection:
        for table in tables.control.tables.values():
            said = str([tuple(row) for row in connection.execute(sa.select(table))])
            assert not [text for text in texts if text in said or text[8:] in said]


@pytest.mark.parametrize("place", range(52))
def test_a_mistyped_key_is_refused_by_itself(place: int) -> None:
    text = keys.new_text(Kind.SERVER)
    other = "x" if text[place] != "x" else "y"
    assert keys.well_formed(text)
    assert not keys.well_formed(text[:place] + other + text[place + 1 :])


def test_a_rotated_key_works_beside_its_successor_for_a_while(control: sa.Engine) -> None:
    old = make(control, Kind.SERVER)
    with writing(control).begin() as connection:
        new = keys.rotate(connection, "bottega", old.key.id, PROGRAM, NOON)
    assert new is not None
    last = NOON + keys.GRACE - timedelta(seconds=1)
    assert who(control, old.text, last) is not None
    assert who(control, old.text, NOON + keys.GRACE) is None
    assert who(control, new.text, NOON + keys.GRACE) is not None


def test_a_key_near_its_end_does_not_live_longer_by_rotation(control: sa.Engine) -> None:
    old = make(control, Kind.SERVER, expires=NOON + timedelta(hours=1))
    with writing(control).begin() as connection:
        keys.rotate(connection, "bottega", old.key.id, PROGRAM, NOON)
    assert who(control, old.text, NOON + timedelta(hours=1)) is None


def test_a_revoked_or_expired_or_foreign_key_opens_nothing(control: sa.Engine) -> None:
    revoked = make(control, Kind.ADMIN)
    expired = make(control, Kind.ADMIN, expires=NOON + timedelta(hours=1))
    with writing(control).begin() as connection:
        assert not keys.revoke(connection, "altra", revoked.key.id, PROGRAM, NOON)
        assert keys.revoke(connection, "bottega", revoked.key.id, PROGRAM, NOON)
        assert keys.rotate(connection, "bottega", revoked.key.id, PROGRAM, NOON) is None
    assert who(control, revoked.text) is None
    assert who(control, expired.text, NOON + timedelta(hours=1)) is None
    assert who(control, keys.new_text(Kind.ADMIN)) is None


def test_the_doors_memory_ends_within_seconds(control: sa.Engine) -> None:
    made, now = make(control, Kind.PUBLIC), [NOON]
    look = keys.keyring(control, lambda: now[0])
    assert look(made.text) is not None
    with writing(control).begin() as connection:
        keys.revoke(connection, "bottega", made.key.id, PROGRAM, NOON)
    now[0] += keys.REMEMBERED
    assert look(made.text) is None
