"""Consent: what an event says of it, and which word counts when several were said.

The last one by when it was *said*, not by when it was heard: a shop's nightly export repeats the
consent of last year, and must not undo what she withdrew yesterday. The ledger, a profile, a merge
and the gate before each message ask this one rule (docs/messages.md).
"""

from collections.abc import Mapping
from datetime import datetime

import msgspec
from msgspec.structs import replace

from innesco.events.event import Event, Says, Source
from innesco.events.names import LEAVES
from innesco.profiles.person import Consent, Person
from innesco.profiles.recognise import Recognised

PURPOSES = ("marketing", "profiling", "open tracking")
MARKETING = "marketing"
IMPORTED = "imported"
"""Basis of a word out of a file of history."""
MOST_ADDRESSES = 50
"""Of which a profile carries the words, beside its own: nobody has so many, but the public key may
say so and a state is written whole. The ledger keeps them all, and the gate asks the ledger."""


def purposes(event: Event) -> tuple[str, ...]:
    """Which purposes a consent event speaks of; marketing when it names none."""
    said = msgspec.json.decode(event.properties).get("purposes")
    named = [str(one) for one in said if isinstance(one, str)] if isinstance(said, list) else []
    return tuple(one for one in dict.fromkeys(named) if one in PURPOSES) or (MARKETING,)


def consent_key(channel: str, address: str, purpose: str) -> str:
    return f"{channel}/{address}/{purpose}"


def consent_change(event: Event, sure: bool) -> str | None:
    """What the event does to consents: pending, given, withdrawn, or nothing.

    The public key can ask for a subscription and no more; what is given needs a proof.
    """
    match event.name:
        case "Subscription Requested":
            return "pending"
        case "Subscription Confirmed" | "Consent Given" if sure:
            return "given"
        case name if name in LEAVES and sure:
            return "withdrawn"
        case _:
            return None


# -- which counts ----------------------------------------------------------------------------------


def stronger(one: Consent, other: Consent) -> Consent:
    """The word that counts of two about one purpose of one address, in whatever order they came.

    A later word before an earlier one; said at the same moment, the withdrawal.
    """
    return other if _rank(other) > _rank(one) else one


def _rank(word: Consent) -> tuple[int, datetime, bool]:
    return (_weight(word), word.since, word.state == "withdrawn")


def _weight(word: Consent) -> int:
    if word.state == "pending":
        return 0  # anybody can ask: it neither weakens a consent nor hides a withdrawal
    if word.state == "given" and word.basis == IMPORTED:
        return 1  # a file does not know what was said since it was written: it gives nothing back
    return 2


def with_left(words: Mapping[str, Consent], left: datetime | None) -> Mapping[str, Consent]:
    """The ledger's words by purpose and an unsubscribe that the ledger may not have heard yet."""
    if left is None:
        return words
    word, before = Consent("withdrawn", left), words.get(MARKETING)
    return {**words, MARKETING: stronger(before, word) if before else word}


# -- what an event says ----------------------------------------------------------------------------

Words = dict[tuple[str, str], Consent]
"""By (address, purpose); the address is empty as long as nobody knows hers."""


def said(person: Person, event: Event, says: Says, who: Recognised) -> Words:
    """What is to be written down when this person, who had these consents, is heard."""
    words = _held(person)
    state = consent_change(event, who.sure)
    if state is None:
        return words
    word = Consent(state, event.moment, IMPORTED if event.quiet else "consent")
    for address in _addresses(person, event, says, state):
        for purpose in purposes(event):
            before = words.get((address, purpose), word)
            words[address, purpose] = stronger(before, word)
    return words


def _addresses(person: Person, event: Event, says: Says, state: str) -> tuple[str, ...]:
    """Whoever leaves by her customer id leaves with every address that we have of her.

    A token proves who she is, not that an address in the same event is hers.
    """
    own = person.email
    if event.source is Source.PUBLIC and state != "pending":
        own = own if person.email_verified else None
        return (own,) if own and says.email in (None, own) else ()
    if says.email:
        return (says.email,)
    if state != "withdrawn":
        return (own,) if own else ()
    known = {_address_in(name) for name in person.consents}
    return tuple(sorted({own or "", *known} - {""})) or ("",)


def _held(person: Person) -> Words:
    """She left before anybody knew her address: it holds for the first one that is surely hers."""
    if not (person.consents and person.email and person.email_verified):
        return {}
    held = ((one, person.consents.get(consent_key("email", "", one))) for one in PURPOSES)
    return {(person.email, purpose): word for purpose, word in held if word}


def heard(person: Person, event: Event, says: Says, who: Recognised) -> Person:
    """The person with the words of this event."""
    words = said(person, event, says, who)
    if not words:
        return person
    consents = dict(person.consents)
    for (address, purpose), word in words.items():
        key = consent_key("email", address, purpose)
        consents[key] = stronger(consents.get(key, word), word)
        if address == person.email and person.email_verified:
            consents.pop(consent_key("email", "", purpose), None)
    return replace(person, consents=few_addresses(consents, person.email))


def few_addresses(consents: dict[str, Consent], own: str | None) -> dict[str, Consent]:
    """Without the addresses of the weakest words, where there are too many; never without her own.

    A wish that anybody can say pushes out no consent and no withdrawal.
    """
    if len(consents) <= MOST_ADDRESSES:
        return consents
    strongest: dict[str, tuple[int, datetime, bool]] = {}
    for name, word in consents.items():
        address = _address_in(name)
        strongest[address] = max(strongest.get(address, _rank(word)), _rank(word))
    others = sorted(strongest.keys() - {"", own}, key=lambda one: (strongest[one], one))
    gone = set(others[: max(0, len(others) - MOST_ADDRESSES)])
    return {name: word for name, word in consents.items() if _address_in(name) not in gone}


def _address_in(key: str) -> str:
    return key.partition("/")[2].rpartition("/")[0]
