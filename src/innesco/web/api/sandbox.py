"""The sandbox's inbox: mails that the embedded server caught instead of sending them.

Every workspace sends to the same sandbox, so one sees only the mails of one's own messages: the
inbox never shows another shop's, nor a colleague's link for a new password.
"""

from html.parser import HTMLParser
from typing import Annotated, Any

from litestar import Response, get
from litestar.params import FromPath, QueryParameter
from msgspec import Struct

from innesco.storage import sent
from innesco.web.api.members import PATH
from innesco.web.api.messages import pictures
from innesco.web.api.policy import VIEWER
from innesco.web.api.preview import framed
from innesco.web.api.problem import missing
from innesco.web.ports import Given, Ports
from innesco.workers.sandbox import Caught, Letter, inbox, letter

PAGE, MOST_LOOKED_AT = 50, 1000
Before = Annotated[int | None, QueryParameter(ge=1, le=2**53)]


class Mail(Struct, frozen=True):
    caught: Caught
    key: str  #: of the message that it is


class Inbox(Struct, frozen=True):
    items: list[Mail]
    next: int | None  #: `before` of the next page


class Link(Struct, frozen=True):
    text: str
    url: str


class Header(Struct, frozen=True):
    name: str
    value: str


class OpenedMail(Struct, frozen=True):
    mail: Mail
    headers: list[Header]
    text: str
    links: list[Link]
    has_html: bool


@get(PATH + "/sandbox", needs=VIEWER, sync_to_thread=True)
def list_mails(workspace: FromPath[str], ports: Given, before: Before = None) -> Inbox:
    """The newest first."""
    found: list[Mail] = []
    looked_at = 0
    while len(found) < PAGE and looked_at < MOST_LOOKED_AT:
        some = inbox(ports.stores.sandbox, PAGE, before)
        if not some:
            return Inbox(found, None)
        found += _mine(ports, workspace, some)
        before, looked_at = some[-1].id, looked_at + len(some)
    return Inbox(found, before)


@get(PATH + "/sandbox/{mail:int}", needs=VIEWER, sync_to_thread=True)
def open_mail(workspace: FromPath[str], mail: FromPath[int], ports: Given) -> OpenedMail:
    """One mail with its headers, its text and its links."""
    shown, opened = _opened(ports, workspace, mail)
    return OpenedMail(
        shown,
        [Header(name, value) for name, value in opened.headers],
        opened.text,
        links(opened.html),
        bool(opened.html),
    )


@get(
    PATH + "/sandbox/{mail:int}/preview",
    needs=VIEWER,
    media_type="text/html",
    sync_to_thread=True,
)
def preview_mail(workspace: FromPath[str], mail: FromPath[int], ports: Given) -> Response[bytes]:
    """The mail for a frame; its links work, in a new tab: the sandbox is for trying them."""
    _, opened = _opened(ports, workspace, mail)
    return framed(opened.html, pictures(ports, workspace), links=True)


def links(html: str) -> list[Link]:
    """Every link of a mail with its words, in order."""
    reader = _Links()
    reader.feed(html)
    reader.close()
    return reader.found


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[Link] = []
        self._open: tuple[str, list[str]] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        if tag == "a" and said.get("href"):
            self._open = (said["href"] or "", [])
        elif tag == "img" and self._open and said.get("alt"):
            self._open[1].append(said["alt"] or "")

    def handle_data(self, data: str) -> None:
        if self._open:
            self._open[1].append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "a" and self._open:
            url, words = self._open
            self.found.append(Link(" ".join(" ".join(words).split()), url))
            self._open = None


def _opened(ports: Ports, workspace: str, mail: int) -> tuple[Mail, Letter]:
    opened = letter(ports.stores.sandbox, mail) if mail < 2**53 else None
    mine = _mine(ports, workspace, [opened.caught]) if opened else []
    if opened is None or not mine:
        raise missing("mail")
    return mine[0], opened


def _mine(ports: Ports, workspace: str, some: list[Caught]) -> list[Mail]:
    keys = sent.sent_as(ports.stores.outbox, workspace, [one.message for one in some])
    return [Mail(one, keys[one.message]) for one in some if one.message in keys]


ROUTES: list[Any] = [list_mails, open_mail, preview_mail]
