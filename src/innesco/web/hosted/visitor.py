"""Who comes to a hosted page with which token, and the shop that the token belongs to."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

import sqlalchemy as sa
from msgspec import Struct
from msgspec.structs import replace

from innesco.definitions.workspace import Workspace
from innesco.messages.color import readable_on, usable
from innesco.messages.render import leads_home
from innesco.profiles.tokens import Purpose, Secrets, Token, sign, verify, workspace_of
from innesco.storage import workspaces
from innesco.storage.clock import Clock
from innesco.web.hosted.page import Answer, Page, answer
from innesco.web.hosted.words import say, tongue

TOKEN = "innesco_t"
VERIFIES_FOR = timedelta(hours=1)


class Desk(Struct, frozen=True, kw_only=True):
    """What the pages read and write: settings, the log, the outbox."""

    control: sa.Engine
    journal: sa.Engine
    outbox: sa.Engine
    now: Clock


class Visitor(Struct, frozen=True, kw_only=True):
    """One request, as far as the pages look at it."""

    method: str
    token: str
    accepts: str = ""  #: Accept-Language
    agent: str = ""
    network: str | None = None  #: hashed address prefix

    @property
    def acts(self) -> bool:
        """Only a POST changes anything: scanners and previews GET whatever a mail contains."""
        return self.method == "POST"


class Shop(Struct, frozen=True):
    id: str
    settings: Workspace
    secrets: Secrets


def shop_of(desk: Desk, token: str) -> Shop | None:
    """The shop whose keys this token claims to be signed with."""
    name = workspace_of(token)
    if name is None:
        return None
    with desk.control.connect() as connection:
        if name not in workspaces.ids(connection):
            return None
        return Shop(
            name, workspaces.settings(connection, name), workspaces.signing(connection, name)
        )


def opened(desk: Desk, visitor: Visitor, purpose: Purpose) -> tuple[Shop, Token] | None:
    """The shop and what the token says, when it holds for this purpose now."""
    shop = shop_of(desk, visitor.token)
    token = verify(visitor.token, purpose, shop.secrets, desk.now()) if shop else None
    return (shop, token) if shop and token else None


def page(
    shop: Shop | None, language: str, name: str, about: Mapping[str, str], says: tuple[str, ...]
) -> Page:
    """`name` chooses title and words; `says` more sentences, already in the language."""
    settings = shop.settings if shop else Workspace(name="")
    color = usable(settings.color)
    values = {"shop": settings.name, **about}
    return Page(
        language=language,
        shop=settings.name,
        title=say(language, f"{name}_title", values),
        says=(say(language, f"{name}_what", values), *says),
        color=color,
        on_color=readable_on(color),
    )


def old(shop: Shop | None, visitor: Visitor) -> Page:
    """The same page for every link that does not hold, whatever the reason."""
    language = tongue(visitor.accepts, shop.settings.language if shop else "en")
    return page(shop, language, "old", {}, ())


def later(visitor: Visitor, status: int) -> Answer:
    """What she asked for could not be kept; in a moment it may."""
    language = tongue(visitor.accepts, "en")
    said = answer(page(None, language, "later", {}, ()), status)
    return replace(said, headers=(*said.headers, ("retry-after", "60")))


def with_identity(url: str, shop: Shop, about: dict[str, str], now: datetime) -> str:
    """The shop's page, told by a short-lived token whose browser this is; strangers' pages not."""
    if not leads_home(url, shop.settings):
        return url
    token = Token(Purpose.CLICK, shop.id, about, now + VERIFIES_FOR)
    parts = urlsplit(url)
    query = [(k, v) for k, v in parse_qsl(parts.query, keep_blank_values=True) if k != TOKEN]
    query.append((TOKEN, sign(token, shop.secrets)))
    return urlunsplit(parts._replace(query=urlencode(query, safe=":,/")))
