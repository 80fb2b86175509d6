"""People as a file: no cell is a formula, no page is forgotten, and the log says who took it."""

import csv
import json
from io import StringIO
from typing import Any

import pytest
from litestar import Litestar
from litestar.testing import TestClient

from innesco.columns.questions import Members, Question
from innesco.columns.socket import NotAnswered
from innesco.web.api import export, sheet
from tests.web.api.shop import MINE, Shop
from tests.web.api.visited import Visited

W = f"/api/workspaces/{MINE}"
EVERYBODY = {"condition": json.dumps({"kind": "all", "conditions": []})}
NAMES = [
    "=HYPERLINK(1)",
    "+1",
    "-2+3",
    "@SUM(1)",
    "\t=1",
    '"quoted", said',
    "Nicolò\nRossi",
    "Anna",
]


@pytest.fixture
def crowd(shop: Shop) -> Visited:
    visited = Visited(shop)
    for n, name in enumerate(NAMES):
        traits = {"email": f"p{n}@x.example", "firstName": name, "phone": f"+39320123450{n}"}
        visited.does(type="identify", userId=f"u{n}", anonymousId=f"d{n}", traits=traits)
    visited.catch_up()
    return visited


def taken(browser: TestClient[Litestar], **query: str) -> list[dict[str, str]]:
    answer = browser.get(f"{W}/conditions/people.csv", params=query or EVERYBODY)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"].startswith("text/csv")
    assert answer.headers["content-disposition"] == 'attachment; filename="people-2026-03-02.csv"'
    text = answer.content.decode("utf-8-sig")
    return list(csv.DictReader(StringIO(text, newline="")))


def test_no_cell_is_a_formula_and_every_value_is_there(crowd: Visited) -> None:
    rows = taken(crowd.shop.signed_in("editor"))
    assert list(rows[0]) == list(export.HEAD)
    assert not [cell for row in rows for cell in row.values() if cell.startswith(sheet.FORMULA)]
    by_mail = {row["email"]: row for row in rows}
    for n, name in enumerate(NAMES):
        row = by_mail[f"p{n}@x.example"]
        assert row["first name"] in (name, f"'{name}")
        assert row["phone"] == f"'+39320123450{n}"
        assert row["level"] == "verified"
        assert row["first seen"] == row["last seen"] == "2026-03-02T13:00:00+01:00"
    assert by_mail["p7@x.example"]["first name"] == "Anna"


@pytest.mark.parametrize("page", [1, 3, 8, 100])
def test_whatever_the_size_of_a_page_everybody_is_in_it_once(
    crowd: Visited, monkeypatch: pytest.MonkeyPatch, page: int
) -> None:
    monkeypatch.setattr(export, "PAGE", page)
    ids = [row["id"] for row in taken(crowd.shop.signed_in("editor"))]
    assert ids == sorted(set(ids))
    assert len(ids) == len(NAMES)


def test_the_audit_log_says_who_took_whom(crowd: Visited) -> None:
    named = {"kind": "attribute", "name": "firstName"}
    named["is"] = {"operator": "equals", "text": "anna"}  # type: ignore[assignment]
    assert len(taken(crowd.shop.signed_in("editor"), condition=json.dumps(named))) == 1
    owner = crowd.shop.signed_in("owner")
    first = owner.get(f"{W}/audit").json()["items"]
    [line] = [one for one in first if one["act"] == "exported"]
    assert (line["actor"], line["about"]) == ("Editor", "people")
    assert line["detail"] == {
        "people": 1,
        "condition": {**named, "is": {**named["is"], "text": "anna"}},
    }


@pytest.mark.parametrize("condition", ["{", "7", '{"kind": "nothing"}', "[" * 5_000])
def test_what_is_no_condition_is_no_file(crowd: Visited, condition: str) -> None:
    browser = crowd.shop.signed_in("editor")
    answer = browser.get(f"{W}/conditions/people.csv", params={"condition": condition})
    assert answer.status_code == 400


def test_a_file_that_cannot_be_whole_breaks_off(
    crowd: Visited, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Columns goes away after the first page: what was sent so far must not look like all."""
    monkeypatch.setattr(export, "PAGE", 3)
    browser, ask = crowd.shop.signed_in("editor"), crowd.shop.ask

    async def goes_away(workspace: str, question: Question) -> Any:
        if isinstance(question, Members) and question.after:
            raise NotAnswered("the columns role is not running")
        return await ask(workspace, question)

    crowd.shop.ask = goes_away  # type: ignore[method-assign]
    with pytest.raises(Exception, match="after response started"):
        browser.get(f"{W}/conditions/people.csv", params=EVERYBODY)
