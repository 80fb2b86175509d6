"""docs/tracking-api.md knows every path, every refusal and every figure of the door."""

import re
from pathlib import Path

import pytest

from innesco.web.door.paths import PATHS

ROOT = Path(__file__).parents[3]
DOOR = ROOT / "src/innesco/web/door"
TEXT = (ROOT / "docs/tracking-api.md").read_text()
SOURCE = "".join(path.read_text() for path in DOOR.glob("*.py"))
CODES = re.findall(r'Refused\(\s*\d+,\s*"(\w+)"', SOURCE)
FIGURES = re.findall(r'"(innesco_door_\w+)"', SOURCE)


@pytest.mark.parametrize("word", [*PATHS, *CODES, *FIGURES])
def test_the_page_tells(word: str) -> None:
    assert re.search(rf"[`/ ]{re.escape(word.rstrip('/'))}[`/{{ ]", TEXT)


def test_there_is_something_to_tell() -> None:
    assert len(CODES) > 14
    assert len(FIGURES) == 7
