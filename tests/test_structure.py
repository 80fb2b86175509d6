"""The shape of the code base: where things stand, how long they are, what they may not know."""

import ast
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "src/innesco"
MODULES = sorted(path for path in PACKAGE.rglob("*.py") if not path.name.startswith("_"))
PACKAGES = sorted(PACKAGE.rglob("__init__.py"))
CORE = [
    "way.py",
    "stages",
    "turn.py",
    "join.py",
    "refold.py",
    "why",
    "events",
    "profiles",
    "conditions",
    "segments",
    "triggers",
    "journeys",
    "messages",
    "channels",
    "catalogue",
    "definitions",
]

NO_NAMES = {
    "utils",
    "util",
    "helpers",
    "helper",
    "common",
    "base",
    "core",
    "misc",
    "manager",
    "service",
}

LONG: dict[str, str] = {
    "storage/tables.py": "a list of tables, which migrations compare with what is there as a whole",
}
"""Files of more than 400 lines, each with the reason why it is not two."""

CLOCKS = re.compile(
    r"\b(datetime\.(now|utcnow|today)|date\.today|time\.(time|monotonic|perf_counter|sleep)\w*)\("
)
CHANCE = re.compile(r"^\s*(import|from) (random|secrets|uuid|time|asyncio)\b", re.MULTILINE)


def core_files() -> list[Path]:
    places = [PACKAGE / name for name in CORE]
    return [
        file for place in places for file in ([place] if place.is_file() else place.rglob("*.py"))
    ]


def committed() -> list[Path]:
    """What a clone contains; a source archive without git is looked at by folder."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True)
    return [ROOT / name for name in listed.stdout.decode().split("\0") if name]


def named(path: Path) -> str:
    return str(path.relative_to(PACKAGE))


@pytest.mark.parametrize("module", MODULES, ids=named)
def test_a_module_opens_with_what_it_is_for(module: Path) -> None:
    said = ast.get_docstring(ast.parse(module.read_text("utf-8")))
    assert said, "no docstring"
    assert re.search(r"[.:?!…]", said), f"no sentence: {said!r}"


def test_no_module_is_named_after_nothing() -> None:
    assert [named(path) for path in MODULES if path.stem in NO_NAMES] == []
    assert [named(path) for path in PACKAGES if path.parent.name in NO_NAMES] == []


def test_what_is_long_is_long_for_a_reason() -> None:
    long = {named(path) for path in MODULES if len(path.read_text("utf-8").splitlines()) > 400}
    assert long - LONG.keys() == set(), "split it, or say above why it is one thing"
    assert LONG.keys() - long == set(), "no longer long: take the reason away"


@pytest.mark.parametrize("file", core_files(), ids=named)
def test_the_core_asks_neither_clock_nor_chance(file: Path) -> None:
    text = file.read_text("utf-8")
    assert [found.group() for found in CLOCKS.finditer(text)] == []
    assert [found.group() for found in CHANCE.finditer(text)] == []


def test_nothing_names_the_machine_that_it_was_written_on() -> None:
    places = re.compile(
        rb"(?<![\w@.:}])/(?:(?:work|root)/|(?:home|Users)/\w+/)\w|\.\./" + rb"shared"
    )
    wrong = [
        str(path.relative_to(ROOT))
        for path in committed()
        if path.is_file() and places.search(path.read_bytes())
    ]
    assert wrong == []


def test_what_is_built_or_kept_is_not_committed() -> None:
    built = ("src/innesco/_ui", "src/innesco/_sdk", "data/", ".venv", "ui/node_modules")
    wrong = [path for path in committed() if str(path.relative_to(ROOT)).startswith(built)]
    assert wrong == []
