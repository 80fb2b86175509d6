"""A workspace's settings."""

import re
from collections.abc import Iterator
from typing import Annotated, Any
from urllib.parse import urlsplit
from zoneinfo import available_timezones

from litestar import get, put
from litestar.params import FromPath, JSONBody
from msgspec import Meta, Struct

from innesco.definitions.workspace import Workspace
from innesco.events.address import email as normalised
from innesco.storage import workspaces
from innesco.storage.engines import writing
from innesco.web.api.caller import Asking
from innesco.web.api.members import PATH
from innesco.web.api.policy import OWNER, VIEWER
from innesco.web.api.problem import Wrong, refused
from innesco.web.ports import Given, Ports


class WorkspaceSettings(Struct, frozen=True):
    settings: Workspace
    has_smtp_password: bool


class SmtpPassword(Struct, frozen=True, forbid_unknown_fields=True):
    password: Annotated[str, Meta(max_length=1000)]


@get(PATH + "/settings", needs=VIEWER, sync_to_thread=True)
def read_settings(workspace: FromPath[str], ports: Given) -> WorkspaceSettings:
    """The shop's name, voice, money, zone, addresses and habits; passwords are never shown."""
    return read(ports, workspace)


@put(PATH + "/settings", needs=OWNER, sync_to_thread=True)
def change_settings(
    workspace: FromPath[str], data: JSONBody[Workspace], ports: Given, caller: Asking
) -> WorkspaceSettings:
    """Put all settings in place; what is left out gets its default."""
    if wrong := list(problems(data)):
        raise refused(400, "Some settings cannot be", "Correct the places in `wrong`.", *wrong)
    stores = ports.stores
    workspaces.save_settings(
        stores.control, stores.journal, workspace, data, caller.actor, ports.wall(), ports.now()
    )
    return read(ports, workspace)


@put(PATH + "/settings/smtp-password", needs=OWNER, status_code=204, sync_to_thread=True)
def change_smtp_password(
    workspace: FromPath[str], data: JSONBody[SmtpPassword], ports: Given, caller: Asking
) -> None:
    """The password of the mail server; it can be replaced, not read."""
    with writing(ports.stores.control).begin() as connection:
        workspaces.set_password(
            connection, workspace, "smtp", data.password, caller.actor, ports.wall()
        )


def read(ports: Ports, workspace: str) -> WorkspaceSettings:
    with ports.stores.control.connect() as connection:
        return WorkspaceSettings(
            workspaces.settings(connection, workspace),
            bool(workspaces.password(connection, workspace, "smtp")),
        )


def problems(shop: Workspace) -> Iterator[Wrong]:
    """What a setting cannot be, each with its place."""
    if not shop.name.strip():
        yield Wrong("name", "a shop has a name")
    if shop.zone not in available_timezones():
        yield Wrong("zone", "a zone such as Europe/Rome")
    if not re.fullmatch("[A-Z]{3}", shop.currency):
        yield Wrong("currency", "three letters such as EUR")
    if not re.fullmatch("[a-z]{2}", shop.language):
        yield Wrong("language", "two letters such as it")
    for place in ("logo_url", "shop_url", "cart_url"):
        if (url := getattr(shop, place)) and not _is_url(url):
            yield Wrong(place, "a whole address: https://…")
    if shop.cart_url and "{items}" not in shop.cart_url:
        yield Wrong("cart_url", "says where the items go: {items}")
    for place in ("sender_email", "reply_to"):
        if (address := getattr(shop, place)) and normalised(address) is None:
            yield Wrong(place, "an e-mail address")
    if shop.smtp.security not in ("starttls", "tls", "none"):
        yield Wrong("smtp.security", "starttls, tls or none")
    if not 0 < shop.smtp.port < 65536:
        yield Wrong("smtp.port", "a port number")
    if not all(0 <= hour <= 24 for hour in (shop.quiet.start, shop.quiet.end)):
        yield Wrong("quiet", "hours from 0 to 24")
    for place in ("most_marketing_a_day", "double_opt_in_hours", "most_events_a_day"):
        if getattr(shop, place) < 0:
            yield Wrong(place, "0 or more")


def _is_url(text: str) -> bool:
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname)


ROUTES: list[Any] = [read_settings, change_settings, change_smtp_password]
