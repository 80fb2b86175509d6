"""The schema says yes to what `read` reads, and no to what it refuses."""

import json
from typing import Any, get_args

import jsonschema_rs
import msgspec
import pytest

from innesco.conditions.condition import VERSION, Condition, Unreadable, read, write
from innesco.conditions.figures import Figured
from innesco.conditions.operators.operator import Operator
from innesco.conditions.schema import schema
from innesco.conditions.window import Window
from tests.conditions.cases import read_cases

DID: dict[str, Any] = {"kind": "did", "event": "Order Completed"}


def test_every_case_is_in_the_schema() -> None:
    known = jsonschema_rs.validator_for(schema())
    for file, case in read_cases():
        assert known.is_valid(json.loads(write(case.condition))), (file, case.about)


@pytest.mark.parametrize("union", [Condition, Operator, Window, Figured], ids=str)
def test_every_word_of_the_language_is_in_it(union: Any) -> None:
    said = json.dumps(schema())
    for kind in get_args(union):
        assert json.dumps([kind.__struct_config__.tag]) in said


@pytest.mark.parametrize(
    "document",
    [
        {},
        {"kind": "guess"},
        {**DID, "wenn": 1},
        {**DID, "event": 5},
        {**DID, "window": {"window": "days", "days": 0}},
        {**DID, "is": {"operator": ">=", "number": 1e300}},
        {"kind": "not", "condition": {**DID, "version": VERSION}},
        {**DID, "version": VERSION + 1},
    ],
    ids=json.dumps,
)
def test_what_is_refused_is_not_in_it(document: dict[str, Any]) -> None:
    assert isinstance(read(msgspec.json.encode(document)), Unreadable)
    assert not jsonschema_rs.validator_for(schema()).is_valid(document)


def test_a_document_may_tell_its_version() -> None:
    document = {**DID, "version": VERSION}
    assert read(msgspec.json.encode(document)) == read(msgspec.json.encode(DID))
    assert jsonschema_rs.validator_for(schema()).is_valid(document)


def test_a_version_that_nobody_knows_is_refused_by_name() -> None:
    """Whatever else the document says: what we do not know we cannot read half."""
    refused = read(b'{"kind": "of the future", "version": 7}')
    said = f"version 7 of the language is not known here, where version {VERSION} is spoken"
    assert refused == Unreadable(said, "version")
