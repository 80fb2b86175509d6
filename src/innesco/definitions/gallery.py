"""The gallery: ready definitions, as files beside it.

A new shop starts with its journeys and templates; segments are there to choose from.
"""

from importlib import resources
from typing import Any

import msgspec
import yaml

from innesco.definitions.definitions import Published, decode

FOLDERS = {"templates": "template", "journeys": "journey"}
"""In the order in which they are published: a journey names templates."""

SEGMENTS = "segments"


def ready() -> list[Published]:
    """Every journey and template, decoded once so that a broken one fails here, by name."""
    return [one for folder, kind in FOLDERS.items() for one in _of(folder, kind)]


def ready_segments() -> list[Published]:
    """Segments that shops of every kind ask for, by id; they name no shop's own categories."""
    return _of(SEGMENTS, "segment")


def _of(folder: str, kind: str) -> list[Published]:
    place = resources.files("innesco.definitions") / "ready" / folder
    files = sorted(place.iterdir(), key=lambda file: file.name)
    return [_read(kind, one.read_text("utf-8")) for one in files if one.name.endswith(".yaml")]


def _read(kind: str, text: str) -> Published:
    document: dict[str, Any] = yaml.safe_load(text)
    body = msgspec.json.encode(document)
    decode(kind, body)
    return Published(kind, document["id"], "", "published", body)
