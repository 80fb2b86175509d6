"""What the tests of the command line share."""

from pathlib import Path

import pytest

from tests.cli.at_the_terminal import Terminal


@pytest.fixture
def terminal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Terminal:
    return Terminal(tmp_path, monkeypatch)
