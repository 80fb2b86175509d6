"""The shared cases of `cases/*.json`: one person, one moment, one question and its answer.

Each is asked of all three evaluators: live and columns here, the browser's in
`sdk/tests/cases.test.ts`. An entry with `cases` is a group: what is `given` holds for each of them.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct, structs

from innesco.conditions.condition import Condition
from innesco.conditions.days import day_of
from innesco.conditions.view import View
from innesco.events.event import Event, Item, Source
from innesco.profiles.history import History
from innesco.profiles.person import Attribute, Cart, Consent, Level, Person, Visit
from tests.conditions.drawn import ROME

NOON = datetime(2026, 3, 8, 12, tzinfo=UTC)
FOLDER = Path(__file__).parent / "cases"


class Done(Struct, frozen=True, forbid_unknown_fields=True):
    name: str
    moment: datetime = NOON
    facts: dict[str, Any] = {}
    items: tuple[Item, ...] = ()


class Who(Struct, frozen=True, forbid_unknown_fields=True):
    """What every person has; the shop's own attributes stand beside it."""

    id: str = "anna"
    level: Level = Level.ANONYMOUS
    user: str | None = None
    email: str | None = None
    phone: str | None = None
    language: str | None = None
    first_seen: datetime | None = None
    last_seen: datetime | None = None


class OnSite(Struct, frozen=True, forbid_unknown_fields=True):
    started: datetime
    last: datetime
    number: int = 1
    pages: int = 0
    products: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    searches: int = 0


class Case(Struct, frozen=True, forbid_unknown_fields=True):
    about: str
    condition: Condition
    holds: bool
    now: datetime = NOON
    events: tuple[Done, ...] = ()
    person: Who = Who()
    attributes: dict[str, Any] = {}
    visit: OnSite | None = None
    cart: tuple[Item, ...] | None = None
    consents: dict[str, str] = {}  #: `email/marketing`: given, pending, withdrawn
    segments: dict[str, datetime] = {}
    journeys: tuple[str, ...] = ()
    changes_at: datetime | msgspec.UnsetType | None = msgspec.UNSET
    otherwise: str = ""  #: why the suite that it comes from says the contrary


def read_cases() -> Iterator[tuple[str, Case]]:
    """Each with the name of its file."""
    for path in sorted(FOLDER.glob("*.json")):
        for entry in msgspec.json.decode(path.read_bytes()):
            given = entry.get("given", {})
            for one in entry.get("cases", [entry]):
                yield path.stem, msgspec.convert({**given, **one}, Case)


def view(case: Case) -> View:
    return View(
        person(case), History.of(events(case)), case.now, ROME, journeys=frozenset(case.journeys)
    )


def person(case: Case) -> Person:
    said = {
        name: Attribute(value, case.now, 1, Source.SERVER)
        for name, value in case.attributes.items()
    }
    who = case.person
    address = {"email": who.email, "sms": who.phone}
    consents = {}
    for what, state in case.consents.items():
        channel, purpose = what.split("/")
        consents[f"{channel}/{address[channel]}/{purpose}"] = Consent(state, case.now)
    return Person(
        **structs.asdict(who),
        attributes=said,
        visit=Visit(**structs.asdict(case.visit)) if case.visit else None,
        cart=Cart("cart", case.cart) if case.cart is not None else None,
        consents=consents,
        segments=case.segments,
    )


def events(case: Case) -> list[Event]:
    return [
        Event(
            seq=n,
            moment=done.moment,
            received=case.now,
            local_day=day_of(done.moment, ROME),
            name=done.name,
            key=n,
            source=Source.PUBLIC,
            facts=done.facts,
            items=done.items,
        )
        for n, done in enumerate(case.events, 1)
    ]
