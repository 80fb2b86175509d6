"""Learn: what the event teaches of its person, and what the consent ledger gets."""

from collections.abc import Iterator

from msgspec.structs import replace

from innesco.events.event import Event, Says
from innesco.journeys.happened import happened
from innesco.messages.compose import confirmation
from innesco.profiles import consent, learn as lessons
from innesco.profiles.person import Person
from innesco.profiles.recognise import Recognised
from innesco.turn import Ledger, Turn


def learn(turn: Turn) -> None:
    """What the event teaches; a changed attribute is a happening of its own."""
    assert turn.heard is not None
    event, says, who = turn.heard.event, turn.heard.says, turn.heard.who
    before = turn.state.person
    person = lessons.learn(before, event, says, who)
    turn.state = replace(turn.state, person=person)
    turn.history.add(event)
    turn.ledger += _ledger(replace(person, consents=before.consents), event, says, who)
    turn.happenings += happened(turn.now, event, before, person)
    if event.name == "Subscription Requested":
        _ask_confirmation(turn, event, says)


def _ask_confirmation(turn: Turn, event: Event, says: Says) -> None:
    """Double opt-in: one transactional mail to the address, whose link confirms it."""
    if says.email is None:
        return
    wanted, definitions = consent.purposes(event), turn.definitions
    if not event.may_start:
        because = "the request was heard late, or is history"
        turn.decide("not asked", "message/confirm", turn.now, because=because)
        return
    version = definitions.versions.get("template/confirm", "")
    turn.asked.append(
        confirmation(
            event, says, turn.state.person.id, definitions.workspace, definitions.settings, version
        )
    )
    turn.decide("asked", "message/confirm", turn.now, purposes=list(wanted))


def _ledger(person: Person, event: Event, says: Says, who: Recognised) -> Iterator[Ledger]:
    """The lines that this event adds to the consent ledger."""
    for (address, purpose), word in consent.said(person, event, says, who).items():
        if address:
            evidence, basis = event.properties, word.basis
            moment = word.since
            yield Ledger("email", address, purpose, word.state, moment, event.seq, evidence, basis)
