"""`innesco why`: asked on a real data folder, answered for people or as one document."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from innesco.cli.commands import app
from tests.why.house import CART, House, house

RUN = CliRunner()


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[House]:
    monkeypatch.setenv("INNESCO_DATA", str(tmp_path))
    monkeypatch.setenv("COLUMNS", "200")
    with house(tmp_path, CART) as made:
        made.is_mailed(1, consent=False)
        made.adds(2)
        made.lives_until(200)
        yield made


def asked(*words: str) -> str:
    answer = RUN.invoke(app, ["why", *words])
    assert answer.exit_code == 0, answer.output
    return answer.output


def document(*words: str) -> Any:
    return json.loads(asked(*words, "--json"))


@pytest.mark.parametrize("person", ["anna", "Anna@Example.com"])
def test_gates_run_and_message_in_words(shop: House, person: str) -> None:
    said = asked(person, "journey/cart")
    for words in (
        "journey/cart: was in it, and left",
        "✓ something came that starts it",
        "run c1 left at 2026-03-02 14:02: reached the end",
        "quiet  wait until 2026-03-02 14:02 → remind",
        "skipped: consent: marketing consent of this address is absent",
        "✗ marketing consent is given, if needed",
    ):
        assert words in said


def test_as_of_a_moment_or_a_place(shop: House) -> None:
    now = document("anna", "journey/cart")["answer"]
    then = document("anna", "journey/cart", "--at", "2026-03-02T13:30")["answer"]
    first = document("anna", "journey/cart", "--seq", str(now["tried"]["seq"]))["answer"]
    assert (now["verdict"], then["verdict"], first["verdict"]) == ("left", "inside", "inside")
    assert then["run"]["until"] == "2026-03-02T13:02:00Z"


def test_a_message_and_all_that_was_decided(shop: House) -> None:
    (message,) = document("anna", "journey/cart")["messages"]
    told = document("anna", f"message/{message['key']}")
    assert told["message"]["gates"] == message["gates"]
    assert told["story"]["answer"]["run"]["key"] == "c1"
    assert {one["kind"] for one in document("anna")} >= {"entered", "asked", "left"}
    assert "entered" in asked("anna")


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["anna", "journey/nix"], "there is no journey nix. There are: journey/cart."),
        (["berta"], "nobody is known as berta"),
        (["anna", "cart"], "cart is nothing to ask about. Ask journey/ID or message/KEY."),
        (["anna", "journey/cart", "--at", "noon"], "noon is no moment. ISO 8601"),
        (["anna", "--workspace", "nix"], "nix: There is no workspace of this name"),
        (["anna", "journey/cart", "--at", "2026-03-02", "--seq", "3"], "Name one of them."),
    ],
)
def test_what_cannot_be_answered_is_said(shop: House, words: list[str], says: str) -> None:
    answer = RUN.invoke(app, ["why", *words])
    assert answer.exit_code == 2
    assert says in " ".join(answer.output.replace("│", " ").split())
