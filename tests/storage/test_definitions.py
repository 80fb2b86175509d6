"""Definitions: drafts replace drafts, publishing is a row of the log, documents never change."""

from datetime import UTC, datetime

import msgspec
import pytest
import sqlalchemy as sa

from innesco.storage import definitions, journal as log, tables
from innesco.storage.audit import PROGRAM
from innesco.storage.definitions import Name, Unmet, Version, Word
from innesco.storage.engines import writing

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
SHOP = Name("bottega", "workspace", "bottega")


def draft(control: sa.Engine, body: bytes, name: Name = SHOP) -> Version:
    with writing(control).begin() as connection:
        return definitions.save_draft(connection, name, body, PROGRAM, NOON)


def states(control: sa.Engine) -> list[tuple[int, str]]:
    with control.connect() as connection:
        return [(one.version, one.state) for one in definitions.versions(connection, SHOP)]


def words(journal: sa.Engine) -> list[Word]:
    return [msgspec.json.decode(row.body, type=Word) for row in log.read(journal, 0)]


def test_a_draft_replaces_the_draft_before_it(control: sa.Engine) -> None:
    first, second = draft(control, b'{"name":"1"}'), draft(control, b'{"name":"2"}')
    assert (first.version, second.version) == (1, 1)
    assert states(control) == [(1, "draft")]


def test_publishing_says_so_in_the_log_with_the_documents_hash(
    control: sa.Engine, journal: sa.Engine
) -> None:
    kept = draft(control, b'{"name":"1"}')
    published = definitions.publish(control, journal, SHOP, PROGRAM, NOON, NOON)
    assert published is not None
    assert words(journal) == [Word("workspace", "bottega", kept.hash, "published")]
    assert definitions.documents(control)(kept.hash) == b'{"name":"1"}'
    assert states(control) == [(1, "published")]


def test_a_draft_changes_nothing_until_it_is_published(
    control: sa.Engine, journal: sa.Engine
) -> None:
    draft(control, b'{"name":"1"}')
    definitions.publish(control, journal, SHOP, PROGRAM, NOON, NOON)
    draft(control, b'{"name":"2"}')
    assert states(control) == [(2, "draft"), (1, "published")]
    assert len(words(journal)) == 1
    definitions.publish(control, journal, SHOP, PROGRAM, NOON, NOON)
    assert states(control) == [(2, "published"), (1, "archived")]


def test_pausing_and_going_on(control: sa.Engine, journal: sa.Engine) -> None:
    draft(control, b'{"name":"1"}')
    definitions.publish(control, journal, SHOP, PROGRAM, NOON, NOON)
    definitions.pause(control, journal, SHOP, PROGRAM, NOON, NOON)
    assert states(control) == [(1, "paused")]
    definitions.publish(control, journal, SHOP, PROGRAM, NOON, NOON)
    definitions.archive(control, journal, SHOP, PROGRAM, NOON, NOON)
    assert [one.state for one in words(journal)] == [
        "published",
        "paused",
        "published",
        "archived",
    ]


def test_pausing_leaves_a_newer_draft_alone(control: sa.Engine, journal: sa.Engine) -> None:
    draft(control, b'{"name":"1"}')
    definitions.publish(control, journal, SHOP, PROGRAM, NOON, NOON)
    draft(control, b'{"name":"2"}')
    definitions.pause(control, journal, SHOP, PROGRAM, NOON, NOON)
    assert states(control) == [(2, "draft"), (1, "paused")]


def test_nothing_in_force_can_be_paused(control: sa.Engine, journal: sa.Engine) -> None:
    draft(control, b'{"name":"1"}')
    assert definitions.pause(control, journal, SHOP, PROGRAM, NOON, NOON) is None
    assert definitions.publish(control, journal, Name("x", "y", "z"), PROGRAM, NOON, NOON) is None
    assert words(journal) == []


def test_a_crash_after_the_log_is_mended_by_publishing_again(
    control: sa.Engine, journal: sa.Engine
) -> None:
    draft(control, b'{"name":"1"}')
    with control.begin() as connection:
        connection.execute(sa.text("ALTER TABLE audit RENAME TO gone"))
    with pytest.raises(sa.exc.DBAPIError):
        definitions.publish(control, journal, SHOP, PROGRAM, NOON, NOON)
    assert states(control) == [(1, "draft")]
    with control.begin() as connection:
        connection.execute(sa.text("ALTER TABLE gone RENAME TO audit"))
    definitions.publish(control, journal, SHOP, PROGRAM, NOON, NOON)
    assert states(control) == [(1, "published")]
    assert len(set(words(journal))) == 1


def test_the_same_document_is_kept_once(control: sa.Engine) -> None:
    draft(control, b'{"name":"1"}')
    draft(control, b'{"name":"1"}', Name("altra", "workspace", "bottega"))
    with control.connect() as connection:
        assert connection.scalar(sa.select(sa.func.count()).select_from(tables.documents)) == 1


LOOKED = {
    "id": "looked",
    "name": {"en": "Looked"},
    "starts": [{"type": "segment", "segment": "looking"}],
    "stay": {"kind": "in segment", "segment": "awake"},
    "first": "ask",
    "nodes": {
        "ask": {"type": "branch", "when": {"kind": "in segment", "segment": "new"}, "yes": "tell"},
        "tell": {"type": "message", "template": "hello"},
    },
}
EVERYBODY = {"kind": "all", "conditions": []}


def test_a_journey_waits_for_all_that_it_names(control: sa.Engine, journal: sa.Engine) -> None:
    name = Name("bottega", "journey", "looked")
    draft(control, msgspec.json.encode(LOOKED), name)
    with pytest.raises(Unmet) as unmet:
        definitions.publish(control, journal, name, PROGRAM, NOON, NOON)
    assert str(unmet.value) == (
        "journey/looked names what is not in force:"
        " segment/awake, segment/looking, segment/new, template/hello"
    )
    assert words(journal) == []
    template = {"id": "hello", "name": {}, "mjml": "", "words": {"en": {"subject": "Hello"}}}
    for kind, id, said in [
        *(("segment", id, {"id": id, "when": EVERYBODY}) for id in ("awake", "looking", "new")),
        ("template", "hello", template),
    ]:
        draft(control, msgspec.json.encode(said), Name("bottega", kind, id))
        definitions.publish(control, journal, Name("bottega", kind, id), PROGRAM, NOON, NOON)
    assert definitions.publish(control, journal, name, PROGRAM, NOON, NOON)
