"""Fixtures of the browser stories: a running shop with people in it, and a signed-in browser."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.ui.running import Running, running
from tests.ui.shop import fill
from tests.ui.visitor import Visitor

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
BUILT = Path(__file__).parents[2] / "src" / "innesco" / "_ui" / "index.html"


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    assert BUILT.is_file(), "the UI is not built: npm ci && npm run build in ui/"
    with running(tmp_path_factory.mktemp("house")) as made:
        fill(made)
        yield made


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--headless=new"]
        )
        yield chromium
        chromium.close()


@pytest.fixture
def visitor(shop: Running, browser: Browser) -> Iterator[Visitor]:
    """An English reader on a desk, not signed in; complains at the end about what she saw."""
    one = Visitor(shop, browser)
    yield one
    one.leave()
