"""Obstacles: what would stop a mail to this person, asked of the very gate that will be asked.

For each journey that she is in, about the message that it would send next; without any, about a
message of the shop's at this moment.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime

from msgspec.structs import replace

from innesco.journeys.journey import Journey
from innesco.journeys.run import Run
from innesco.messages.allow import Later, Never, Now, Standing, Verdict, allow
from innesco.messages.asked import Asked
from innesco.storage.standing import Read, standing
from innesco.turn import State
from innesco.web.api.visitor import Words
from innesco.web.reasons import in_italian
from innesco.workers.claim import Facts


def obstacles(
    facts: Facts, workspace: str, state: State, journeys: Mapping[str, Journey], now: datetime
) -> list[Words]:
    """Each once, in words; empty when nothing stands in the way."""
    return list(dict.fromkeys(_found(facts, workspace, state, journeys, now)))


def _found(
    facts: Facts, workspace: str, state: State, journeys: Mapping[str, Journey], now: datetime
) -> Iterator[Words]:
    if state.person.muted:
        yield Words("Fa troppo per essere una persona.", f"Is muted: {state.person.muted}.")
    if state.person.email is None:
        yield Words("Nessun indirizzo: non posso scrivere.", "No address is known: I cannot write.")
        return
    with (
        facts.outbox.connect() as connection,
        facts.people.connect() as people,
        facts.journal.connect() as log,
    ):
        read = Read(connection, people, log)
        shop, stops = facts.settings(workspace), facts.stops(workspace)
        for asked in _messages(workspace, state, state.person.email, journeys, now):
            said = standing(read, asked, asked.due, shop, stops)
            name = journeys[asked.journey].name if asked.journey else {}
            if words := _in_words(allow(asked, said).verdict, said, name):
                yield words


def _messages(
    workspace: str, state: State, address: str, journeys: Mapping[str, Journey], now: datetime
) -> list[Asked]:
    """The next one of each journey that she is in, at the time at which it would be asked about."""
    one = Asked(
        key="",
        workspace=workspace,
        person=state.person.id,
        channel="email",
        address=address,
        template="",
        asked=now,
        due=now,
        claimed_only=not state.person.email_verified,
    )
    runs = [run for run in state.standing.runs.values() if run.journey in journeys]
    return [_of(one, journeys[run.journey], run, now) for run in runs] or [one]


def _of(one: Asked, journey: Journey, run: Run, now: datetime) -> Asked:
    return replace(
        one,
        kind=journey.kind,
        topic=journey.topic,
        journey=journey.id,
        profiled=journey.profiled,
        due=max(now, run.waiting.until) if run.waiting else now,
    )


def _in_words(verdict: Verdict, said: Standing, journey: Mapping[str, str]) -> Words | None:
    match verdict:
        case Never(_, "consent"):
            return CONSENT[said.consents.get("marketing", "absent")]
        case Never(reason, gate):
            whose = journey if gate == "profiling" else {}
            return Words(
                _sentence(whose.get("it"), in_italian(reason)),
                _sentence(whose.get("en"), reason),
            )
        case Later(until, "quiet"):
            hour = until.astimezone(said.zone).strftime("%H:%M")
            return Words(f"Fascia di silenzio: aspetta le {hour}.", f"Quiet hours until {hour}.")
        case Later(_, gate):
            return STOPPED[gate]
        case Now():
            return None


def _sentence(about: str | None, said: str) -> str:
    """`Browse abandonment: profiling consent of this address is absent.`"""
    text = f"{about}: {said}" if about else said
    return f"{text[0].upper()}{text[1:]}."


CONSENT = {
    "absent": Words(
        "Nessun consenso: non mando nulla di promozionale.",
        "No consent was given: nothing promotional is sent.",
    ),
    "pending": Words(
        "L'iscrizione non è ancora confermata: il link è nella mail di conferma.",
        "The subscription is not confirmed yet: the link is in the confirmation mail.",
    ),
    "withdrawn": Words("Il consenso è stato ritirato.", "The consent was withdrawn."),
}
"""With what can be done about it; the reason alone would not say."""

STOPPED = {
    "stop": Words(
        "Gli invii sono fermi: si riprende da Innesco, Impostazioni.",
        "Sending is stopped: it goes on from Innesco, Settings.",
    ),
    "hold": Words(
        "Dopo un ripristino nulla parte finché qualcuno non lo permette.",
        "After a restore nothing is sent until somebody lets it.",
    ),
}
