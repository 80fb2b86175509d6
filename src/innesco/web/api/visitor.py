"""The demo bar's visitor: what Innesco decided for whoever is in front of the shop, in words.

Whatever stops a mail is said on the spot: no address, not confirmed, unsubscribed, held back.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime

from msgspec import Struct

from innesco.profiles.person import Person
from innesco.storage.sent import Message
from innesco.turn import Decision, State

MOST_LINES = 12


class Words(Struct, frozen=True):
    """One sentence in both languages."""

    it: str
    en: str


class Waits(Struct, frozen=True):
    journey: str
    until: datetime


class VisitorPage(Struct, frozen=True):
    person: str
    level: str
    lines: list[Words]  #: what happened, the newest first
    waiting: list[Waits]
    blocked: list[Words]  #: what would stop a mail now


UNKNOWN = VisitorPage(
    "",
    "anonymous",
    [Words("Non ho ancora visto questo visitatore.", "This visitor was not seen yet.")],
    [],
    [],
)


def visitor_page(
    state: State,
    decisions: Sequence[Decision],
    messages: Sequence[Message],
    suppressed: bool,
) -> VisitorPage:
    """One person as the demo bar shows them."""
    told = [(one.moment, words) for one in decisions if (words := _decided(one))]
    told += [(one.ended or one.asked, _sent(one)) for one in messages]
    told.sort(key=lambda one: one[0], reverse=True)
    return VisitorPage(
        person=state.person.id,
        level=state.person.level.value,
        lines=[words for _, words in told[:MOST_LINES]],
        waiting=[
            Waits(run.journey, run.waiting.until)
            for run in state.standing.runs.values()
            if run.waiting
        ],
        blocked=list(_blocked(state.person, suppressed)),
    )


def _blocked(person: Person, suppressed: bool) -> Iterator[Words]:
    if person.email is None:
        yield Words("Nessun indirizzo: non posso scrivere.", "No address is known: I cannot write.")
        return
    consent = person.consents.get(f"email/{person.email}/marketing")
    if suppressed:
        yield Words(
            "L'indirizzo si è disiscritto: non riceverà altro.",
            "The address has unsubscribed: it gets nothing more.",
        )
    elif consent is None:
        yield Words(
            "Nessun consenso: non mando nulla di promozionale.",
            "No consent was given: nothing promotional is sent.",
        )
    elif consent.state == "pending":
        yield Words(
            "L'iscrizione non è ancora confermata: il link è nella mail di conferma.",
            "The subscription is not confirmed yet: the link is in the confirmation mail.",
        )
    elif consent.state == "withdrawn":
        yield Words("Il consenso è stato ritirato.", "The consent was withdrawn.")


def _decided(decision: Decision) -> Words | None:
    """The decisions a visitor of the demo understands; the others stay in the admin's *why?*."""
    _, _, name = decision.about.partition("/")
    because = str(decision.detail.get("because", ""))
    match decision.kind:
        case "entered":
            return Words(f"Entra nel percorso «{name}».", f"Enters the journey “{name}”.")
        case "refused":
            return Words(
                f"Non entra in «{name}»: {because}.", f"Does not enter “{name}”: {because}."
            )
        case "left":
            return Words(f"Esce da «{name}»: {because}.", f"Leaves “{name}”: {because}.")
        case "asked":
            return Words(f"Chiede un messaggio per «{name}».", f"Asks for a message of “{name}”.")
        case "not asked":
            return Words(
                f"Nessun messaggio per «{name}»: {because}.", f"No message of “{name}”: {because}."
            )
        case _:
            return None


def _sent(message: Message) -> Words:
    about = message.subject or message.template
    state = message.state.value
    reason = f" ({message.reason})" if message.reason else ""
    italian = STATES_IT.get(state, state)
    return Words(f"Mail «{about}»: {italian}{reason}.", f"Mail “{about}”: {state}{reason}.")


STATES_IT = {
    "waiting": "in attesa",
    "claimed": "in partenza",
    "sent": "inviata",
    "skipped": "saltata",
    "failed": "non riuscita",
    "uncertain": "esito incerto",
}
