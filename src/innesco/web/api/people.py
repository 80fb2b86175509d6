"""People: the list, one person, what they did, what they were sent and why."""

from collections.abc import Callable
from typing import Annotated, Any

from litestar import get
from litestar.params import FromPath, FromQuery, QueryParameter
from msgspec import Struct

from innesco.events.event import Item, micros
from innesco.profiles.history import open_kept
from innesco.profiles.person import Level, Person
from innesco.storage import (
    catalogue,
    decisions,
    directory,
    editions,
    history,
    people,
    progress,
    proofs,
    sent,
)
from innesco.storage.directory import Entry
from innesco.web.api import cursor
from innesco.web.api.members import PATH
from innesco.web.api.messages import MessagePage, Text, page_of
from innesco.web.api.person import Decided, Happened, PersonPage, decided, happened, person_page
from innesco.web.api.policy import VIEWER
from innesco.web.api.problem import missing
from innesco.web.ports import Given, Ports

PAGE = 50


class PeoplePage(Struct, frozen=True):
    items: list[Entry]
    next: str | None
    total: int | None  #: everybody there is; said with the first page, when nothing is searched


class Timeline(Struct, frozen=True):
    """Newest first; `next` goes back in time."""

    items: list[Happened]
    next: str | None


class Why(Struct, frozen=True):
    """What was decided about a person and kept, newest first."""

    decisions: list[Decided]


@get(PATH + "/people", needs=VIEWER, sync_to_thread=True)
def list_people(
    workspace: FromPath[str],
    ports: Given,
    q: Text = "",
    level: FromQuery[Level | None] = None,
    cursor_: Annotated[str | None, QueryParameter(name="cursor", max_length=300)] = None,
) -> PeoplePage:
    """Search by the first letters of name, e-mail or customer number; last seen comes first."""
    which = directory.Which(q.strip(), level, cursor.read(cursor_), PAGE)
    engine = ports.stores.people
    items = directory.people(engine, workspace, which)
    last = items[-1] if len(items) == PAGE else None
    everybody = which == directory.Which(most=PAGE)
    return PeoplePage(
        items,
        cursor.say(micros(last.last_seen), last.id) if last else None,
        directory.how_many(engine, workspace) if everybody else None,
    )


@get(PATH + "/people/{person:str}", needs=VIEWER, sync_to_thread=True)
def look_at_person(workspace: FromPath[str], person: FromPath[str], ports: Given) -> PersonPage:
    """Who this is: identity, consents with proof, attributes, visit, cart, orders, runs."""
    who, profiles = _whose(ports, workspace, person)
    with ports.stores.people.connect() as connection:
        state = people.load(connection, workspace, [who]).get(who)
        if state is None:
            raise missing("person")
        addresses = [one for one in (state.person.email, state.person.phone) if one]
        return person_page(
            state.person,
            profiles,
            proofs.of_person(connection, workspace, profiles, addresses),
            progress.of_people(connection, workspace, [who]),
            _named(ports, workspace, state.person),
            editions.served(connection, workspace),
        )


def _named(ports: Ports, workspace: str, person: Person) -> Callable[[Item], dict[str, str]]:
    """What the shop sells tells the names; the variant's own where it has one."""
    bought = [item for order in person.orders.values() for item in order.items]
    items = [*bought, *(person.cart.items if person.cart else ())]
    ids = [name for item in items for name in item.line if name]
    sold = catalogue.find(ports.stores.control, workspace, ids)

    def named(item: Item) -> dict[str, str]:
        product = sold.get(item.sku or "") or sold.get(item.product)
        return product.in_full() if product else {}

    return named


@get(PATH + "/people/{person:str}/timeline", needs=VIEWER, sync_to_thread=True)
def look_at_timeline(
    workspace: FromPath[str],
    person: FromPath[str],
    ports: Given,
    cursor_: Annotated[str | None, QueryParameter(name="cursor", max_length=300)] = None,
) -> Timeline:
    """Everything this person did, the newest first, fifty at a time."""
    before = cursor.read(cursor_)
    _, profiles = _whose(ports, workspace, person)
    with ports.stores.people.connect() as connection:
        kept = history.load(connection, workspace, profiles)
    everything = sorted(
        (one for many in kept.values() for one in many),
        key=lambda one: (one.moment, one.seq),
        reverse=True,
    )
    if before is not None:
        place = (before[0], int(before[1]) if before[1].isdecimal() else 0)
        everything = [one for one in everything if (one.moment, one.seq) < place]
    some = everything[:PAGE]
    more = cursor.say(some[-1].moment, str(some[-1].seq)) if len(everything) > PAGE else None
    return Timeline([happened(open_kept(one).event) for one in some], more)


@get(PATH + "/people/{person:str}/messages", needs=VIEWER, sync_to_thread=True)
def list_messages_of_person(
    workspace: FromPath[str],
    person: FromPath[str],
    ports: Given,
    cursor_: Annotated[str | None, QueryParameter(name="cursor", max_length=300)] = None,
) -> MessagePage:
    """What this person was sent or not sent, the newest first."""
    who, profiles = _whose(ports, workspace, person)
    which = sent.Which(people=(who, *profiles), before=cursor.read(cursor_), most=PAGE)
    return page_of(ports, workspace, which)


@get(PATH + "/people/{person:str}/why", needs=VIEWER, sync_to_thread=True)
def ask_why(workspace: FromPath[str], person: FromPath[str], ports: Given, about: Text = "") -> Why:
    """Why it came to what it came to: of everything, or about `journey/cart-recovery`."""
    _, profiles = _whose(ports, workspace, person)
    with ports.stores.people.connect() as connection:
        kept = decisions.of_person(connection, workspace, profiles)
    return Why([decided(one) for one in kept if about in ("", one.about)])


def _whose(ports: Ports, workspace: str, profile: str) -> tuple[str, list[str]]:
    """Who a profile is by now, and all her profiles; a 404 for nobody."""
    with ports.stores.people.connect() as connection:
        who = people.aliases(connection, workspace, [profile]).get(profile, profile)
        if not people.load(connection, workspace, [who]):
            raise missing("person")
        return who, people.profiles_of(connection, workspace, [who])[who]


ROUTES: list[Any] = [
    list_people,
    look_at_person,
    look_at_timeline,
    list_messages_of_person,
    ask_why,
]
