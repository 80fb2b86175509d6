"""Who is signed in and what they may see; every page asks it first."""

from datetime import datetime

from msgspec import Struct

from innesco.storage import accounts, workspaces
from innesco.storage.accounts import Account, Role
from innesco.storage.sessions import Session
from innesco.web.ports import Ports


class Place(Struct, frozen=True):
    """A workspace of mine, with what pages need to write its dates and money."""

    id: str
    name: str
    role: Role
    zone: str
    currency: str
    language: str


class Myself(Struct, frozen=True):
    id: str
    email: str
    name: str
    language: str


class Me(Struct, frozen=True):
    account: Myself
    csrf: str  #: send it as `X-CSRF-Token` with every change
    workspaces: list[Place]
    demo: bool  #: the clock can be moved here
    now: datetime  #: the shop's time


def me(ports: Ports, account: Account, session: Session) -> Me:
    with ports.stores.control.connect() as connection:
        places = []
        for one in accounts.memberships(connection, account.id):
            shop = workspaces.settings(connection, one.workspace)
            places.append(
                Place(one.workspace, one.name, one.role, shop.zone, shop.currency, shop.language)
            )
    mine = Myself(account.id, account.email, account.name, account.language)
    return Me(mine, session.csrf, places, ports.settings.demo, ports.now())
