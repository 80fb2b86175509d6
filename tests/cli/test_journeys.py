"""`innesco journeys` and `innesco definitions`: what the page does, from files and by hand."""

from pathlib import Path

import pytest
import yaml

from innesco.settings import Settings
from innesco.storage import audit, journal
from innesco.storage.open import opened
from tests.cli.at_the_terminal import Terminal

READY = Path("src/innesco/definitions/ready")


@pytest.fixture
def shop(terminal: Terminal) -> Terminal:
    terminal.opens_a_shop()
    return terminal


def states(terminal: Terminal) -> dict[str, tuple[str, int, bool]]:
    return {
        one["id"]: (one["state"], one["version"], one["newer"])
        for one in terminal.asks("journeys", "list")
    }


def words(terminal: Terminal) -> list[bytes]:
    """What the log says of journeys."""
    with opened(Settings(data=terminal.data)) as stores:
        rows = journal.read(stores.journal, 0, 100)
    return [row.body for row in rows if b'"kind":"journey"' in row.body]


def test_a_ready_journey_is_published_and_paused(shop: Terminal) -> None:
    assert states(shop)["welcome"] == ("draft", 1, False)
    assert shop.asks("journeys", "publish", "welcome")["state"] == "published"
    assert states(shop)["welcome"] == ("published", 1, False)
    assert shop.asks("journeys", "pause", "welcome")["state"] == "paused"
    assert shop.asks("journeys", "publish", "welcome")["state"] == "published"
    assert [b"paused" in one for one in words(shop)] == [False, True, False]
    with opened(Settings(data=shop.data)) as stores, stores.control.connect() as connection:
        acts = [(one.act, one.about) for one in audit.entries(connection, "fico-figli")]
    assert acts[:3] == [
        ("published", "journey/welcome"),
        ("paused", "journey/welcome"),
        ("published", "journey/welcome"),
    ]


def test_what_is_not_there_or_not_in_force_is_told(shop: Terminal) -> None:
    assert "There are: browse-abandonment" in shop.refused("journeys", "publish", "welcom")
    assert "Only a published journey" in shop.refused("journeys", "pause", "welcome")
    assert words(shop) == []


def mine(terminal: Terminal, **changed: object) -> str:
    document = yaml.safe_load((READY / "journeys/welcome.yaml").read_text("utf-8"))
    file = terminal.folder / "mine.yaml"
    file.write_text(yaml.safe_dump({**document, **changed}))
    return str(file)


def test_a_file_becomes_a_draft_and_then_what_is_in_force(shop: Terminal) -> None:
    shop.asks("journeys", "publish", "welcome")
    file = mine(shop, holdout=0.5)
    said = shop.asks("definitions", "apply", file)
    assert (said["version"], said["state"], said["changed"]) == (2, "draft", True)
    assert states(shop)["welcome"] == ("published", 1, True)
    assert shop.asks("definitions", "apply", file)["changed"] is False
    assert shop.asks("definitions", "apply", file, "--publish")["state"] == "published"
    assert states(shop)["welcome"] == ("published", 2, False)
    assert len(words(shop)) == 2
    shop.asks("definitions", "apply", file, "--publish")
    assert len(words(shop)) == 2


def test_a_template_is_looked_at_as_a_mail(shop: Terminal) -> None:
    document = yaml.safe_load((READY / "templates/welcome.yaml").read_text("utf-8"))
    document["words"]["it"]["subject"] = "{{ nobody.name }}"
    file = shop.folder / "welcome.yaml"
    file.write_text(yaml.safe_dump(document))
    said = shop.refused("definitions", "apply", str(file), "--kind=template")
    assert "nothing is called nobody.name" in said


@pytest.mark.parametrize("text", ["first: [", "just words", "- 1", "id: x", "id: 7\nfirst: a"])
def test_a_file_that_is_none_is_told(shop: Terminal, text: str) -> None:
    file = shop.folder / "mine.yaml"
    file.write_text(text)
    assert "Nothing was kept" in shop.refused("definitions", "apply", str(file))
    said = shop.refused("definitions", "apply", str(file), "--kind=trigger")
    assert "journey|segment|template" in said


def test_ready_ones_that_lack_are_brought_and_others_are_left(shop: Terminal) -> None:
    file = mine(shop, holdout=0.5)
    shop.asks("definitions", "apply", file)
    assert shop.asks("definitions", "ready") == []
    assert states(shop)["welcome"] == ("draft", 1, False)
