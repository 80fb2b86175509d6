"""`innesco segments` and `people find`: typed in a shop whose columns role answers."""

import asyncio
import json
import re
import shlex
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from queue import Queue

import msgspec
import pytest

from innesco.cli import everybody as asking
from innesco.columns.socket import socket_path
from innesco.events.event import Source
from innesco.main import make_live, open_innesco
from innesco.settings import Settings
from innesco.storage import journal
from innesco.storage.journal import Entry
from innesco.storage.open import close
from innesco.workers.columns import Columns, run_columns
from tests.cli.at_the_terminal import Terminal

PAGE = Path("docs/segments.md")
BOUGHT = {"kind": "did", "event": "Order Completed"}
SEGMENT = {"id": "buyers", "name": {"en": "Buyers"}, "when": BOUGHT}
ANNA, BRUNO = "anna@example.com", "bruno@example.com"


@pytest.fixture
def shop(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> Terminal:
    monkeypatch.setenv("COLUMNS", "200")
    terminal.opens_a_shop()
    return terminal


@pytest.fixture
def town(shop: Terminal) -> Iterator[Terminal]:
    """Anna has bought, Bruno has only looked; the columns role answers."""
    shop.asks("definitions", "apply", kept(shop, SEGMENT), "--kind=segment", "--publish")
    innesco = open_innesco(Settings(data=shop.data))
    events = [
        {"type": "identify", "userId": "1", "traits": {"email": ANNA, "firstName": "Anna"}},
        {"type": "identify", "userId": "2", "traits": {"email": BRUNO, "firstName": "Bruno"}},
        {"type": "track", "userId": "2", "event": "Product Viewed"},
        {"type": "track", "userId": "1", "event": "Order Completed", "properties": {"total": 99}},
    ]
    batch = [{**one, "messageId": f"m{n}"} for n, one in enumerate(events)]
    body = msgspec.json.encode({"batch": batch})
    entry = Entry("fico-figli", Source.SERVER, "key_x", body=body)
    journal.append(innesco.stores.journal, [entry], datetime.now(UTC))
    live = make_live(innesco)
    while live.catch_up().rows:
        pass
    with answering(Columns(innesco.stores.people, shop.data)):
        yield shop
    close(innesco.stores)


@contextmanager
def answering(columns: Columns) -> Iterator[None]:
    """The columns role in a thread of its own."""
    ready: Queue[tuple[asyncio.AbstractEventLoop, asyncio.Event]] = Queue()

    async def run() -> None:
        stop = asyncio.Event()
        ready.put((asyncio.get_running_loop(), stop))
        await run_columns(columns, stop)

    columns.follow()
    thread = threading.Thread(target=lambda: asyncio.run(run()))
    thread.start()
    loop, stop = ready.get(timeout=10)
    while not socket_path(columns.data).exists():
        time.sleep(0.01)
    yield
    loop.call_soon_threadsafe(stop.set)
    thread.join(10)
    columns.close()


def kept(shop: Terminal, document: dict[str, object], name: str = "segment.json") -> str:
    file = shop.folder / name
    file.write_text(json.dumps(document))
    return str(file)


def test_segments_are_listed_counted_and_their_members_shown(town: Terminal) -> None:
    [line] = town.asks("segments", "list")
    assert (line["id"], line["state"], line["people"]) == ("buyers", "published", 1)
    assert line["sentence"] == "did “Order Completed”"
    assert town.asks("segments", "count", "buyers") == {"segment": "buyers", "people": 1, "all": 2}
    [anna] = town.asks("segments", "members", "buyers")
    assert (anna["name"], anna["email"], anna["orders"], anna["spent"]) == ("Anna", ANNA, 1, 9900)
    shown = town.types("segments", "members", "buyers").stdout
    assert "Anna" in shown
    assert "€99.00" in shown
    assert "buyers" in town.types("segments", "list").stdout
    assert "1 of 2 people" in town.types("segments", "count", "buyers").stdout


def test_a_draft_is_counted_by_what_it_would_mean(town: Terminal) -> None:
    looked = {"kind": "not", "condition": BOUGHT}
    town.asks("definitions", "apply", kept(town, {**SEGMENT, "when": looked}), "--kind=segment")
    assert town.asks("segments", "members", "buyers")[0]["name"] == "Anna"
    assert town.asks("segments", "members", "buyers", "--draft")[0]["name"] == "Bruno"
    new = kept(town, {**SEGMENT, "id": "new"})
    town.asks("definitions", "apply", new, "--kind=segment")
    assert "--draft" in town.refused("segments", "count", "new")
    assert town.asks("segments", "count", "new", "--draft")["people"] == 1


def test_who_belonged_at_a_moment(town: Terminal) -> None:
    soon = (datetime.now(UTC) + timedelta(minutes=1)).isoformat()
    [anna] = town.asks("segments", "members", "buyers", "--at", soon)
    assert anna["name"] == "Anna"
    assert town.asks("segments", "members", "buyers", "--at", "2020-01-01") == []
    assert "noon is no moment" in town.refused("segments", "members", "buyers", "--at", "noon")


def test_what_is_being_built_is_given_up(town: Terminal) -> None:
    assert "Nothing of buyers" in town.refused("segments", "cancel", "buyers")
    looked = {**SEGMENT, "when": {"kind": "not", "condition": BOUGHT}}
    town.asks("definitions", "apply", kept(town, looked), "--kind=segment", "--publish")
    assert town.asks("segments", "cancel", "buyers")["state"] == "draft"
    assert town.asks("segments", "list")[0]["newer"] is True


def test_why_somebody_belongs_part_by_part(town: Terminal) -> None:
    assert town.asks("segments", "explain", "buyers", ANNA)["holds"] is True
    said = town.types("segments", "explain", "buyers", BRUNO).stdout
    assert "✗ did “Order Completed”: never" in said
    assert "nobody is known as carla" in town.refused("segments", "explain", "buyers", "carla")
    assert "There are: buyers" in town.refused("segments", "explain", "byers", ANNA)


def test_people_are_found_by_a_condition_however_it_comes(
    town: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = json.dumps(BOUGHT)
    file = kept(town, BOUGHT, "condition.json")
    for words, typed in (((text,), ""), ((f"@{file}",), ""), (("-",), text)):
        told = town.asks("people", "find", *words, input=typed)
        assert (told["people"], told["all"], told["sentence"]) == (1, 2, "did “Order Completed”")
        assert [one["name"] for one in told["found"]] == ["Anna"]
    everybody = '{"kind": "all", "conditions": []}'
    assert len(town.asks("people", "find", everybody, "--most", "1")["found"]) == 1
    assert town.asks("people", "find", everybody, "--most", "0")["found"] == []
    assert "2 of 2 people" in town.types("people", "find", everybody).stdout
    monkeypatch.setattr(asking, "PAGE", 1)
    paged = town.asks("people", "find", everybody)["found"]
    assert sorted(one["name"] for one in paged) == [
        "Anna",
        "Bruno",
    ]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('{"kind": "all", "conditions": [{"kind": "did"}]}', "at conditions[0]: Object missing"),
        ("{", "This is no condition: Input data was truncated."),
        ("@nowhere.json", "nowhere.json cannot be read"),
    ],
)
def test_what_is_no_condition_is_said_with_its_place(town: Terminal, text: str, says: str) -> None:
    assert says in town.refused("people", "find", text).replace("\n", " ")


def test_who_is_in_use_stays_and_circles_are_refused(town: Terminal) -> None:
    fans = {"id": "fans", "when": {"kind": "in segment", "segment": "buyers"}}
    town.asks("definitions", "apply", kept(town, fans), "--kind=segment", "--publish")
    assert "segment/fans" in town.refused("segments", "archive", "buyers")
    round_ = {**SEGMENT, "when": {"kind": "in segment", "segment": "fans"}}
    town.asks("definitions", "apply", kept(town, round_), "--kind=segment")
    assert "circle" in town.refused("segments", "publish", "buyers")
    assert "(draft)" in town.refused("segments", "archive", "fans")
    town.asks("definitions", "apply", kept(town, SEGMENT), "--kind=segment")
    assert town.asks("segments", "archive", "fans")["state"] == "archived"
    assert town.asks("segments", "archive", "buyers")["state"] == "archived"
    assert "not in force" in town.refused("segments", "archive", "buyers")
    assert "There are: buyers, fans" in town.refused("segments", "publish", "nobody")


def test_without_the_columns_role_it_is_said_who_would_count(shop: Terminal) -> None:
    assert "Start it: innesco run" in shop.refused("people", "find", json.dumps(BOUGHT))


def test_a_journey_goes_to_the_archive_and_comes_back_paused(shop: Terminal) -> None:
    assert "another state" in shop.refused("journeys", "archive", "welcome")
    shop.asks("journeys", "publish", "welcome")
    assert shop.asks("journeys", "archive", "welcome")["state"] == "archived"
    assert shop.asks("journeys", "unarchive", "welcome")["state"] == "paused"


def test_the_commands_of_the_page_work_one_after_the_other(
    town: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = PAGE.read_text("utf-8")
    [document] = re.findall(r"^```yaml\n(.*?)^```", page, re.DOTALL | re.MULTILINE)
    [typed] = re.findall(r"^```sh\n(.*?)^```", page, re.DOTALL | re.MULTILINE)
    monkeypatch.chdir(town.folder)
    (town.folder / "good-customers.yaml").write_text(document)
    (town.folder / "condition.json").write_text(json.dumps(BOUGHT))
    for line in typed.splitlines():
        answer = town.types(*shlex.split(line)[1:])
        assert answer.exit_code == 0, f"{line}\n{answer.output}"
