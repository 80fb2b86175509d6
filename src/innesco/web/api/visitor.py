"""The demo bar's visitor: what Innesco decided for whoever is in front of the shop, in words."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from msgspec import Struct

from innesco.messages.asked import Outcome
from innesco.storage.sent import Message
from innesco.turn import Decision, State
from innesco.web.reasons import in_italian

MOST_LINES = 12


class Words(Struct, frozen=True):
    """One sentence in both languages."""

    it: str
    en: str


Names = Mapping[str, Mapping[str, str]]
"""What journeys are called, by id and language."""


class Waits(Struct, frozen=True):
    journey: Words
    until: datetime


class VisitorPage(Struct, frozen=True, kw_only=True):
    person: str = ""
    called: str = ""  #: the address, as far as it is known
    level: str = "anonymous"
    zone: str  #: the shop's
    behind: int = 0  #: events that were not read yet: what follows from them is still to come
    lines: list[Words]  #: what happened, the newest first
    waiting: list[Waits] = []
    blocked: list[Words] = []  #: what would stop a mail now


UNSEEN = Words(
    "Non ho ancora visto questo visitatore. I robot non contano, nemmeno i browser che dicono di"
    " esserlo.",
    "This visitor was not seen yet. Robots do not count, nor do browsers that say they are one.",
)


def visitor_page(
    state: State,
    decisions: Sequence[Decision],
    messages: Sequence[Message],
    names: Names,
    blocked: list[Words],
    zone: str,
    behind: int,
) -> VisitorPage:
    """One person as the demo bar shows them."""
    told = [(one.moment, words) for one in decisions if (words := _decided(one, names))]
    told += [(one.ended or one.asked, _sent(one)) for one in messages]
    told.sort(key=lambda one: one[0], reverse=True)
    return VisitorPage(
        person=state.person.id,
        called=state.person.email or "",
        level=state.person.level.value,
        zone=zone,
        behind=behind,
        lines=[words for _, words in told[:MOST_LINES]],
        waiting=[
            Waits(_named(run.journey, names), run.waiting.until)
            for run in state.standing.runs.values()
            if run.waiting
        ],
        blocked=blocked,
    )


def _named(journey: str, names: Names) -> Words:
    said = names.get(journey, {})
    return Words(said.get("it", journey), said.get("en", journey))


def _decided(decision: Decision, names: Names) -> Words | None:
    """The decisions a visitor of the demo understands; the others stay in the admin's *why?*."""
    kind, _, id = decision.about.partition("/")
    if kind != "journey":
        return None
    name = _named(id, names)
    because = str(decision.detail.get("because", ""))
    it = in_italian(because)
    match decision.kind:
        case "entered":
            return Words(f"Entra nel percorso «{name.it}».", f"Enters the journey “{name.en}”.")
        case "refused" if because.startswith(AGAIN):
            return None  # each thing more in the same cart
        case "refused":
            return Words(
                f"Non entra in «{name.it}»: {it}.", f"Does not enter “{name.en}”: {because}."
            )
        case "left":
            return Words(f"Esce da «{name.it}»: {it}.", f"Leaves “{name.en}”: {because}.")
        case "not asked":
            return Words(
                f"Nessun messaggio di «{name.it}»: {it}.", f"No message of “{name.en}”: {because}."
            )
        case "held":
            return Words(f"«{name.it}» si è fermato: {it}.", f"“{name.en}” was stopped: {because}.")
        case _:
            return None


AGAIN = "is in it already"


def _sent(message: Message) -> Words:
    about = message.subject or message.template
    reason, it = message.reason, in_italian(message.reason)
    italian, english = STATES[message.state]
    return Words(
        f"Mail «{about}»: {italian}{f' ({it})' if reason else ''}.",
        f"Mail “{about}”: {english}{f' ({reason})' if reason else ''}.",
    )


STATES: Mapping[Outcome, tuple[str, str]] = {
    Outcome.WAITING: ("in attesa", "waiting"),
    Outcome.CLAIMED: ("in partenza", "about to go"),
    Outcome.SENT: ("inviata", "sent"),
    Outcome.SKIPPED: ("non inviata", "not sent"),
    Outcome.FAILED: ("non riuscita", "failed"),
    Outcome.UNCERTAIN: ("esito incerto", "uncertain"),
}
