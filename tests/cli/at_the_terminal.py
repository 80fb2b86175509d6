"""A keeper at the terminal: types `innesco …` in an empty folder, reads what it answers."""

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from innesco.cli.commands import app

SHOP = (
    "--name=Fico & Figli",
    "--url=https://fico.example",
    "--sender-email=ciao@fico.example",
    "--address=Via Roma 1, Torino",
)


class Terminal:
    def __init__(self, folder: Path, patch: pytest.MonkeyPatch) -> None:
        self.folder, self.data = folder, folder / "data"
        patch.setenv("INNESCO_DATA", str(self.data))

    def types(self, *words: str, input: str = "") -> Result:
        return CliRunner().invoke(app, list(words), input=input)

    def asks(self, *words: str, input: str = "") -> Any:
        """What the command says in JSON."""
        answer = self.types(*words, "--json", input=input)
        assert answer.exit_code == 0, answer.output
        return json.loads(answer.stdout.splitlines()[-1])

    def refused(self, *words: str, input: str = "") -> str:
        """Why it does not do it, and the mend, on stderr; nothing on stdout."""
        answer = self.types(*words, input=input)
        assert isinstance(answer.exception, SystemExit), repr(answer.exception)
        assert answer.exit_code == 1, answer.output
        assert answer.stdout == "" or input, answer.output  # click's tester asks on stdout
        return answer.stderr

    def opens_a_shop(self, *more: str) -> Any:
        return self.asks("workspaces", "create", *SHOP, *more)
