"""The language as JSON Schema, made from its types: for editors, forms and other programs."""

from typing import Any

import msgspec

from innesco.conditions.condition import VERSION, Condition

ID = f"urn:innesco:condition:{VERSION}"


def schema() -> dict[str, Any]:
    """JSON Schema (2020-12) of a condition's document, whose outermost part may tell a version."""
    made = msgspec.json.schema(Condition)
    kinds: dict[str, Any] = made["$defs"]
    outermost = [_versioned(kinds[one["$ref"].rpartition("/")[2]]) for one in made["anyOf"]]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": ID,
        "title": "Condition",
        "description": "A question about a person that is true or false.",
        "anyOf": outermost,
        "$defs": kinds,
    }


def _versioned(kind: dict[str, Any]) -> dict[str, Any]:
    return {**kind, "properties": {**kind["properties"], "version": {"const": VERSION}}}
