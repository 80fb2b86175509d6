"""Questions about everybody from the terminal: the columns role answers, so it must be running."""

import asyncio
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from innesco.cli.answer import fail, show, table
from innesco.conditions.condition import Condition, Unreadable, read
from innesco.conditions.explained import Words
from innesco.main import Innesco
from innesco.storage import directory, workspaces
from innesco.storage.directory import Entry

if TYPE_CHECKING:  # it is loaded with the first question
    from innesco.columns.questions import Question

PAGE = 200


def asked(innesco: Innesco, workspace: str, question: "Question") -> list[dict[str, Any]]:
    """The rows of the answer."""
    from innesco.columns.socket import NotAnswered, ask

    try:
        answer = asyncio.run(ask(innesco.settings.data, workspace, question))
    except NotAnswered as why:
        fail(f"Nobody counts just now: {why}.", "Start it: innesco run")
    rows: list[dict[str, Any]] = answer.to_pylist()
    return rows


def how_many(innesco: Innesco, workspace: str, condition: Condition) -> tuple[int, int]:
    """For how many it holds now, and how many there are."""
    from innesco.columns.questions import HowMany

    zone = words_of(innesco, workspace).zone.key
    [row] = asked(innesco, workspace, HowMany(condition, innesco.now(), zone))
    return row["people"], row["all"]


def found(innesco: Innesco, workspace: str, condition: Condition, most: int) -> list[Entry]:
    """Those for whom it holds now, who was here last comes first."""
    from innesco.columns.questions import Latest

    zone, now = words_of(innesco, workspace).zone.key, innesco.now()
    people: list[Entry] = []
    before: tuple[int, str] | None = None
    left = most
    while left > 0:
        page = min(left, PAGE)
        rows = asked(innesco, workspace, Latest(condition, now, zone, page, before))
        people += entries(innesco, workspace, [row["person"] for row in rows])
        if len(rows) < page:
            break
        before, left = (rows[-1]["last_seen"], rows[-1]["person"]), left - page
    return people


def show_people(innesco: Innesco, workspace: str, people: list[Entry]) -> None:
    """A line a person; money and moments as the shop has them."""
    words = words_of(innesco, workspace)
    shown = table("person", "name", "e-mail", "last seen", "orders", "spent")
    for one in people:
        figures = (words.moment(one.last_seen), str(one.orders), words.money(one.spent))
        shown.add_row(one.id, one.name or "", one.email or "", *figures)
    if people:
        show(shown)


def said_condition(text: str) -> Condition:
    """A condition as it is typed: its JSON document, `@file`, or `-` for what comes in."""
    match text[:1]:
        case "@":
            try:
                document = Path(text[1:]).read_text("utf-8")
            except (OSError, UnicodeDecodeError) as error:
                fail(f"{text[1:]} cannot be read: {error}")
        case "-" if text == "-":
            document = sys.stdin.read()
        case _:
            document = text
    condition = read(document)
    if isinstance(condition, Unreadable):
        at = f" at {condition.place}" if condition.place else ""
        example = '{"kind": "did", "event": "Order Completed"}'
        fail(f"This is no condition{at}: {condition.reason}.", f"Such as {example}")
    return condition


def words_of(innesco: Innesco, workspace: str) -> Words:
    """How the shop's moments and money are said in a terminal."""
    with innesco.stores.control.connect() as connection:
        shop = workspaces.settings(connection, workspace)
    return Words("en", ZoneInfo(shop.zone), shop.currency)


def entries(innesco: Innesco, workspace: str, ids: list[str]) -> list[Entry]:
    """These people as the list shows them, in this order."""
    with innesco.stores.people.connect() as connection:
        known = {one.id: one for one in directory.named(connection, workspace, ids)}
    return [known[id] for id in ids if id in known]
