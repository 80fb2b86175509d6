"""`innesco nightly`: by hand or from cron, one line of JSON, an exit code that cron understands."""

from pathlib import Path

from innesco.workers.nightly import last
from tests.cli.at_the_terminal import Terminal


def test_it_says_what_it_did(terminal: Terminal) -> None:
    terminal.opens_a_shop()
    told = terminal.asks("nightly")
    assert (told["failed"], told["trimmed"], told["compacted"]) == ({}, {}, 0)
    assert (Path(told["backup"]) / "manifest.json").exists()
    assert Path(told["backup"]).parent == terminal.data / "backups"
    kept = last(terminal.data)
    assert kept is not None
    assert kept.backup == told["backup"]


def test_it_tells_people_too(terminal: Terminal) -> None:
    terminal.opens_a_shop()
    answer = terminal.types("nightly")
    assert answer.exit_code == 0
    assert "Nothing was past its time." in answer.stdout
    assert f"Saved in {terminal.data / 'backups'}" in answer.stdout


def test_a_part_that_fails_is_an_exit_code_and_a_sentence(terminal: Terminal) -> None:
    terminal.opens_a_shop()
    (terminal.data / "backups").write_text("in the way")
    answer = terminal.types("nightly")
    assert answer.exit_code == 1
    assert "backup failed" in answer.stdout
