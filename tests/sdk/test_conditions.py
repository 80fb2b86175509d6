"""The very file that a shop's page loads, in a real browser that runs no text as code."""

import json
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, Route, sync_playwright

from innesco.conditions.condition import write
from innesco.events.event import micros
from innesco.events.fold import fold
from tests.conditions.browser import BUNDLE, browser_view
from tests.conditions.cases import Case, events, person, read_cases
from tests.conditions.drawn import Past
from tests.sdk.test_browser import CHROMIUM

NOT_HERE = re.compile('"kind":"(in segment|in journey|consent|reachable|sequence|date)"')
SHOP = "https://shop.example/"


@pytest.fixture(scope="module")
def page() -> Iterator[Page]:
    assert BUNDLE.exists(), "build it first: cd sdk && npm ci && npm run build"
    assert Path(CHROMIUM).exists(), f"no browser at {CHROMIUM}; say where it is in CHROMIUM"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = chromium.new_page()
        page.route("**/*", answer)
        page.goto(SHOP)
        yield page
        chromium.close()


def answer(route: Route) -> None:
    policy = {"content-security-policy": "default-src 'none'; script-src 'self'"}
    match route.request.url.removeprefix(SHOP):
        case "":
            body = '<!doctype html><script type="module" src="/shop.js"></script>'
            route.fulfill(content_type="text/html", headers=policy, body=body)
        case "shop.js":
            body = 'import * as conditions from "/conditions.js"; window.conditions = conditions;'
            route.fulfill(content_type="text/javascript", body=body)
        case "conditions.js":
            route.fulfill(content_type="text/javascript", path=BUNDLE)
        case _:
            route.abort()


def test_every_case(page: Page) -> None:
    cases = [case for _, case in read_cases() if not NOT_HERE.search(written(case))]
    asked = [[written(case), view(case)] for case in cases]
    answers = page.evaluate(
        """(asked) => asked.map(([document, view]) => {
            const condition = conditions.read(document);
            return [condition.holds(view) ?? null, condition.changesAt(view) ?? null];
        })""",
        asked,
    )
    for case, (holds, at) in zip(cases, answers, strict=True):
        assert holds is case.holds, case.about
        if isinstance(case.changes_at, type(case.now)):
            assert at == micros(case.changes_at), case.about
    print(f"\n{len(cases)} cases in Chromium")
    assert len(cases) >= 400


def test_every_letter(page: Page) -> None:
    """Chromium brings tables of its own, of a later Unicode than Python's."""
    codes = [code for code in range(0x110000) if code < 0xD800 or code > 0xDFFF]
    texts = [f"A{chr(code)}Σ" for code in codes if unicodedata.category(chr(code)) != "Cn"]
    folded = page.evaluate("(texts) => texts.map(conditions.fold)", texts)
    wrong = [text for text, said in zip(texts, folded, strict=True) if said != fold(text)]
    assert wrong == []


def written(case: Case) -> str:
    return write(case.condition).decode()


def view(case: Case) -> dict[str, Any]:
    past = Past(person(case), tuple(events(case)), frozenset(), frozenset())
    here = browser_view(past, case.now)
    return here | {"told": dict.fromkeys(names(json.loads(written(case)))) | here["told"]}


def names(document: Any) -> list[str]:
    """Of all attributes that a document asks about."""
    match document:
        case {"kind": "attribute", "name": name}:
            return [name]
        case {"conditions": inner}:
            return [name for one in inner for name in names(one)]
        case {"condition": inner}:
            return names(inner)
        case _:
            return []
