"""What the pages say is there: links, files, make targets, commands, examples, both languages.

The Python examples themselves are run by `docs/conftest.py`.
"""

import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
import yaml
from typer.main import get_command
from typer.testing import CliRunner

from innesco.cli.commands import app
from innesco.definitions.definitions import decode
from innesco.journeys.journey import Journey, Node
from innesco.settings import Settings

ROOT = Path(__file__).parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
FOLDERS = ("src/", "docs/", "tests/", "sdk/", "ui/", "bench/", "changes/", ".ci/")

every_page = pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))


def blocks(page: Path, *languages: str) -> Iterator[str]:
    """The fenced blocks of a page in these languages."""
    found = re.findall(r"^```(\w+)\n(.*?)^```", page.read_text("utf-8"), re.DOTALL | re.MULTILINE)
    return (text for language, text in found if language in languages)


@every_page
def test_links_lead_somewhere(page: Path) -> None:
    said = re.sub(r"^```.*?^```", "", page.read_text("utf-8"), flags=re.DOTALL | re.MULTILINE)
    links = [to.partition("#")[0] for to in re.findall(r"\]\(([^)\s]+)\)", said)]
    broken = [to for to in links if to and "://" not in to and not (page.parent / to).exists()]
    assert broken == []


@every_page
def test_files_that_are_named_exist(page: Path) -> None:
    words = re.findall(r"`([^`\s]+)`", page.read_text("utf-8"))
    named = [
        word for word in words if word.startswith(FOLDERS) and not re.search(r"[<…A-Z*{]", word)
    ]
    assert [word for word in named if not (ROOT / word).exists()] == []


@every_page
def test_shell_examples_name_targets_and_commands_that_exist(page: Path) -> None:
    lines = [line for text in blocks(page, "sh", "bash", "shell") for line in text.splitlines()]
    assert [wrong for line in lines for wrong in unknown_words(line)] == []


def unknown_words(line: str) -> Iterator[str]:
    """What a line of shell asks of make or innesco that neither knows."""
    if not re.match(r"([A-Z_]+=\S+ )*(\S*/)?(make|innesco)\b", line):
        return
    words = shlex.split(re.sub(r"^([A-Z_]+=\S+ )+", "", line), comments=True)
    match words:
        case ["make", target, *_] if target not in TARGETS:
            yield f"make {target}"
        case [program, *rest] if Path(program).name == "innesco":
            yield from unknown_to(get_command(app), rest)


def unknown_to(command: Any, words: list[str]) -> Iterator[str]:
    """Words that are neither a command in this group nor an option of this command."""
    below = getattr(command, "commands", None)
    if below is None:
        options = {name for one in command.params for name in one.opts} | {"--help"}
        yield from (word for word in words if word.startswith("--") and word not in options)
    elif not words or words[0] not in below:
        yield f"{command.name} {' '.join(words[:1])}"
    else:
        yield from unknown_to(below[words[0]], words[1:])


TARGETS = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))


def test_every_decision_is_listed_under_its_own_title() -> None:
    index = (ROOT / "docs/decisions.md").read_text("utf-8")
    listed = re.findall(r"^- \[(\d+)\]\(decisions/(\S+)\) (.+)$", index, re.MULTILINE)
    pages = sorted((ROOT / "docs/decisions").glob("*.md"))
    titles = [page.read_text("utf-8").partition("\n")[0].removeprefix("# ") for page in pages]
    names = [page.name for page in pages]
    assert listed == [(n[:4], n, title) for n, title in zip(names, titles, strict=True)]


def test_the_journeys_of_the_pages_can_be_published() -> None:
    page = ROOT / "docs/journeys.md"
    documents = [yaml.safe_load(text) for text in blocks(page, "yaml")]
    journeys = [decode("journey", msgspec.json.encode(document)) for document in documents]
    assert journeys
    assert all(isinstance(journey, Journey) for journey in journeys)


def test_the_page_of_journeys_names_every_kind_of_node_and_the_example_has_it() -> None:
    page = ROOT / "docs/journeys.md"
    kinds = {msgspec.inspect.type_info(node).tag for node in Node.__args__}  # type: ignore[union-attr]
    table = set(re.findall(r"^\| `([a-z ]+)` \|", page.read_text("utf-8"), re.MULTILINE))
    example = {
        node["type"]
        for text in blocks(page, "yaml")
        for node in yaml.safe_load(text)["nodes"].values()
    }
    assert kinds <= table
    assert kinds == example


def test_the_page_of_the_start_names_every_setting() -> None:
    said = (ROOT / "docs/start.md").read_text("utf-8")
    settings = {f"INNESCO_{name.upper()}" for name in Settings.__struct_fields__}
    assert {name for name in settings if f"`{name}`" not in said} == set()
    assert set(re.findall(r"`(INNESCO_\w+)`", said)) <= settings


def test_the_commands_of_the_start_work_one_after_the_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As somebody would type them who reads the page; `innesco run` is a story of its own
    (`tests/stories/test_a_shop_starts.py`)."""
    page = ROOT / "docs/start.md"
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("INNESCO_DATA", str(tmp_path / "data"))
    for name, text in zip(("products.csv", "orders.csv"), blocks(page, "csv"), strict=True):
        (tmp_path / name).write_text(text)
    lines = [line for text in blocks(page, "sh") for line in text.splitlines()]
    typed = [shlex.split(line)[1:] for line in lines if line.startswith("innesco ")]
    assert len(typed) > 7
    for words in typed:
        if words == ["run"]:
            continue
        answer = CliRunner().invoke(app, words)
        assert answer.exit_code == 0, f"innesco {shlex.join(words)}\n{answer.output}"
        assert "refused lines" not in answer.output


def test_every_word_of_the_glossary_has_its_italian() -> None:
    lines = (ROOT / "docs/glossary.md").read_text("utf-8").splitlines()
    rows = [
        [cell.strip() for cell in line.strip("|").split("|")] for line in lines if line[:1] == "|"
    ]
    words = [row for row in rows if row[0] != "word" and not set(row[0]) <= {"-"}]
    assert len(words) > 40
    assert [row for row in words if len(row) != 3 or not all(row)] == []
    names = [row[0] for row in words]
    assert sorted(names) == sorted(set(names))


def test_every_decision_has_its_own_number_and_says_its_rule_first() -> None:
    pages = sorted((ROOT / "docs/decisions").glob("*.md"))
    assert [page.name for page in pages if not re.match(r"\d{4}-[a-z0-9-]+\.md$", page.name)] == []
    numbers = [page.name[:4] for page in pages]
    assert len(numbers) == len(set(numbers))
    assert [page.name for page in pages if not page.read_text("utf-8").startswith("# ")] == []


def test_the_index_leads_to_every_page() -> None:
    index = (ROOT / "docs/index.md").read_text("utf-8")
    pages = {str(page.relative_to(ROOT / "docs")) for page in (ROOT / "docs").glob("*.md")}
    assert {page for page in pages - {"index.md"} if f"({page})" not in index} == set()
