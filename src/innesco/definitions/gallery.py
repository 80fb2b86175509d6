"""The gallery: ready journeys and templates that a new shop starts with, as files beside it."""

from importlib import resources
from typing import Any

import msgspec
import yaml

from innesco.definitions.definitions import Published, decode

FOLDERS = {"templates": "template", "journeys": "journey"}
"""In the order in which they are published: a journey names templates."""


def ready() -> list[Published]:
    """Every ready definition, decoded once so that a broken one fails here, by name."""
    found = []
    for folder, kind in FOLDERS.items():
        place = resources.files("innesco.definitions") / "ready" / folder
        for file in sorted(place.iterdir(), key=lambda file: file.name):
            if file.name.endswith(".yaml"):
                found.append(_read(kind, file.read_text("utf-8")))
    return found


def _read(kind: str, text: str) -> Published:
    document: dict[str, Any] = yaml.safe_load(text)
    body = msgspec.json.encode(document)
    decode(kind, body)
    return Published(kind, document["id"], "", "published", body)
