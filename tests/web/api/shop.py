"""Two shops with their people, on real stores: what the tests of the admin API stand on."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pyarrow as pa
from litestar import Litestar
from litestar.testing import TestClient
from msgspec import Struct

from innesco.columns.questions import Question
from innesco.columns.socket import NotAnswered
from innesco.definitions import gallery
from innesco.definitions.workspace import Workspace
from innesco.settings import Settings
from innesco.storage import accounts, definitions, keys, passwords, workspaces
from innesco.storage.accounts import Role
from innesco.storage.audit import PROGRAM
from innesco.storage.definitions import Name
from innesco.storage.engines import writing
from innesco.storage.keys import Kind, Scope, Wish
from innesco.storage.open import Stores, open_stores
from innesco.web.app import admin_app
from innesco.web.ports import Ports
from innesco.workers.columns import Columns

PASSWORD = "correct horse battery"
STORED = passwords.hashed(PASSWORD)
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
MINE, THEIRS = "bottega", "altra"
PEOPLE = {
    "owner": (MINE, Role.OWNER),
    "editor": (MINE, Role.EDITOR),
    "viewer": (MINE, Role.VIEWER),
    "stranger": (THEIRS, Role.OWNER),
}


class Mailed(Struct):
    to: str
    subject: str
    text: str


class Shop:
    """The app with its stores; `mails` is what it wanted to send, `now` can be moved."""

    def __init__(self, folder: Path, **settings: object) -> None:
        self.settings = Settings(data=folder, **settings)  # type: ignore[arg-type]
        self.stores: Stores = open_stores(self.settings)
        self.now = NOON
        self.mails: list[Mailed] = []
        self.keys: dict[str, str] = {}
        self.ids: dict[str, str] = {}
        self.columns: Columns | None = Columns(self.stores.people, folder)
        self._settle()
        self.app: Litestar = admin_app(
            Ports(
                settings=self.settings,
                stores=self.stores,
                now=lambda: self.now,
                wall=lambda: self.now,
                mail=lambda *said: self.mails.append(Mailed(*said)),
                ask=lambda *asked: self.ask(*asked),
            )
        )

    async def ask(self, workspace: str, question: Question) -> pa.Table:
        """The columns role without its socket, which reads the feed before each answer."""
        if self.columns is None:
            raise NotAnswered("the columns role is not running")
        self.columns.follow()
        with self.columns.owner.cursor(workspace) as cursor:
            return question.answer(cursor)

    def has_ready(self, template: str) -> None:
        """A template of the gallery is in force."""
        [body] = [one.body for one in gallery.ready() if one.id == template]
        both, name = (self.stores.control, self.stores.journal), Name(MINE, "template", template)
        with writing(self.stores.control).begin() as connection:
            definitions.save_draft(connection, name, body, PROGRAM, NOON)
        definitions.publish(*both, name, PROGRAM, NOON, NOON)

    def later(self, **by: float) -> None:
        self.now += timedelta(**by)

    def nobody(self) -> TestClient[Litestar]:
        return TestClient(self.app, base_url="http://127.0.0.1:8800")

    def signed_in(self, who: str, password: str = PASSWORD) -> TestClient[Litestar]:
        """A browser of this person, with the page's token."""
        browser = self.nobody()
        said = {"email": address(who), "password": password}
        answer = browser.post("/api/session", json=said)
        assert answer.status_code == 201, answer.text
        browser.headers["X-CSRF-Token"] = answer.json()["csrf"]
        return browser

    def with_key(self, name: str) -> TestClient[Litestar]:
        program = self.nobody()
        program.headers["Authorization"] = f"Bearer {self.keys[name]}"
        return program

    def _settle(self) -> None:
        both = (self.stores.control, self.stores.journal)
        for workspace in (MINE, THEIRS):
            workspaces.create(*both, workspace, Workspace(name=workspace), PROGRAM, NOON, NOON)
        with writing(self.stores.control).begin() as connection:
            for who, (workspace, role) in PEOPLE.items():
                made = accounts.create(connection, address(who), who.title(), "en", NOON)
                accounts.set_password(connection, made.id, STORED)
                accounts.admit(connection, made.id, workspace, role, PROGRAM, NOON)
                self.ids[who] = made.id
            for name, wish in {
                "reading key": Wish(Kind.ADMIN, "reads", (Scope.READ,)),
                "writing key": Wish(Kind.ADMIN, "writes", (Scope.WRITE,)),
                "server key": Wish(Kind.SERVER, "server"),
            }.items():
                self.keys[name] = keys.make(connection, MINE, wish, PROGRAM, NOON).text


def address(who: str) -> str:
    return f"{who}@bottega.example"
