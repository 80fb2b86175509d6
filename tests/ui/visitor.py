"""A person in front of the admin UI, with a notebook for whatever is wrong on a page."""

import re
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, Request, expect

from tests.ui.running import OWNER, PASSWORD, SHOP, Running

AXE = Path(__file__).parents[2] / "ui" / "node_modules" / "axe-core" / "axe.min.js"
NOBODY_YET = "401 (Unauthorized)"  # how the page learns that nobody is signed in
SAYS = """() => axe.run(document, {resultTypes: ['violations'], iframes: false}).then(found =>
  found.violations.filter(one => ['serious', 'critical'].includes(one.impact))
    .map(one => `${one.id}: ${one.nodes[0].html.slice(0, 120)}`))"""


class Visitor:
    """`goes` to a page, `reads` what it says; `leave` fails when something was wrong."""

    def __init__(self, shop: Running, browser: Browser, language: str = "en", **sight: Any) -> None:
        self.shop, self.wrong = shop, list[str]()
        chosen = [{"name": "innesco-language", "value": language}]
        self.context = browser.new_context(
            **{"viewport": {"width": 1280, "height": 900}} | sight,
            storage_state={
                "cookies": [],
                "origins": [{"origin": shop.url, "localStorage": chosen}],
            },
        )
        self.page: Page = self.context.new_page()
        self.page.on("console", self._hears)
        self.page.on("pageerror", lambda error: self.wrong.append(f"error: {error}"))
        self.page.on("request", self._asks)

    def signs_in(self, email: str = OWNER, password: str = PASSWORD) -> None:
        self.page.goto(self.shop.url)
        self.page.get_by_label("E-mail").fill(email)
        self.page.get_by_label("Password", exact=True).fill(password)
        self.page.get_by_role("button", name="Sign in").click()
        expect(self.page.get_by_role("heading", level=1)).to_have_text("Home")

    def comes_in(self) -> None:
        """Signed in without the form: the session that the API gave."""
        answer = self.context.request.post(
            f"{self.shop.url}/api/session", data={"email": OWNER, "password": PASSWORD}
        )
        assert answer.ok, answer.text()

    def goes(self, path: str, heading: "str | re.Pattern[str]") -> None:
        self.page.goto(f"{self.shop.url}/w/{SHOP}{path}")
        expect(self.page.get_by_role("heading", level=1)).to_have_text(heading)
        self.page.wait_for_load_state("networkidle")

    def reads(self, words: str) -> None:
        expect(self.page.get_by_role("main")).to_contain_text(words)

    def troubles(self) -> list[str]:
        """What axe finds serious; it is put in past the page's own policy, as a debugger is."""
        debugger = self.context.new_cdp_session(self.page)
        debugger.send("Runtime.evaluate", {"expression": AXE.read_text() + "; 0"})
        found: list[str] = self.page.evaluate(SAYS)
        return found

    def notes(self) -> list[str]:
        """What was wrong since the last look into the notebook."""
        found, self.wrong[:] = list(self.wrong), []
        return found

    def leave(self) -> None:
        self.context.close()
        assert self.notes() == []

    def _hears(self, message: Any) -> None:
        if message.type in ("error", "warning") and NOBODY_YET not in message.text:
            self.wrong.append(f"{message.type}: {message.text}")

    def _asks(self, request: Request) -> None:
        if not request.url.startswith((self.shop.url, "data:", "blob:")):
            self.wrong.append(f"asked elsewhere: {request.url}")
