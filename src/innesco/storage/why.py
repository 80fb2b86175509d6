"""Asking why: finds who and what is meant, reads her past, has it told again by `innesco.why`."""

from datetime import datetime
from typing import Literal
from zoneinfo import ZoneInfo

import msgspec
import sqlalchemy as sa
from msgspec import Struct

from innesco.conditions.language import Language
from innesco.definitions.definitions import NotADefinition
from innesco.errors import InnescoError
from innesco.events.address import email
from innesco.events.admit import Customs
from innesco.events.event import moment_of
from innesco.messages.allow import Gate, allow
from innesco.messages.asked import Asked, Outcome
from innesco.refold import Until
from innesco.storage import (
    definitions,
    directory,
    people,
    sent,
    stops,
    tables,
    workspaces,
)
from innesco.storage.open import Stores
from innesco.storage.past import Known, definitions_at, known
from innesco.storage.standing import Read, standing
from innesco.storage.unheard import Unheard, forgotten, unheard
from innesco.why.answer import JourneyTold, MissingPast
from innesco.why.journey import Edition, Question, why

JOURNEY = "journey"


class Unanswered(InnescoError):
    """What was asked about is not there; `mend` says what is."""

    def __init__(self, said: str, mend: str = "") -> None:
        super().__init__(said)
        self.mend = mend


class When(Struct, frozen=True):
    """As of a place in the log, or of a moment; as of now when neither is named."""

    seq: int | None = None
    at: datetime | None = None


NOW = When()


def as_of(at: str | None, seq: int | None, zone: ZoneInfo) -> When:
    """As it is typed: `2026-11-24T10:30` is a moment of the shop's calendar, or names its zone."""
    if not at:
        return When(seq)
    if seq is not None:
        raise Unanswered("a moment and a place both say as of when", "Name one of them.")
    try:
        moment = datetime.fromisoformat(at)
    except ValueError:
        mend = "ISO 8601, such as 2026-11-24T10:30, in the shop's zone when it names none."
        raise Unanswered(f"{at} is no moment", mend) from None
    if not 2000 <= moment.year < 9999:
        raise Unanswered(f"{at} is outside of time", "The log begins in this millennium.")
    return When(at=moment if moment.tzinfo else moment.replace(tzinfo=zone))


class MessageTold(Struct, frozen=True, kw_only=True):
    """A message that a run asked for, with its gates at the last claim, or as they stand now."""

    key: str
    person: str
    journey: str
    run: str
    node: str
    template: str
    address: str
    due: datetime
    state: Outcome
    reason: str
    ended: datetime | None
    gates: tuple[Gate, ...]
    as_of: Literal["claim", "now"]


class WhyJourney(Struct, frozen=True):
    answer: JourneyTold
    messages: tuple[MessageTold, ...]  #: of the run that is told, in the order they were asked for
    unheard: tuple[Unheard, ...] = ()  #: what came about the moment asked about, and taught nothing


class WhyMessage(Struct, frozen=True):
    message: MessageTold
    story: WhyJourney | None  #: of the run that asked for it


class Asker(Struct, frozen=True):
    """An installation's stores and its clock: what is asked with."""

    stores: Stores
    workspace: str
    now: datetime
    language: Language = "en"

    def about_journey(
        self, person: str, journey: str, when: When = NOW, run: str | None = None
    ) -> WhyJourney:
        """Each gate on her way into and through a journey."""
        about = self._known(person)
        editions = self._editions(journey)
        until, moment = _until(about, when)
        question = Question(
            person=about.person,
            profiles=about.profiles,
            past=about.past,
            journey=journey,
            editions=editions,
            until=until,
            moment=moment,
            run=run,
            language=self.language,
            kept=about.state if when == NOW else None,
            missing=(*_missing(about, until), *self._forgotten(about, when)),
        )
        answer = self._tell(question)
        keys = [one.message for one in answer.run.passages] if answer.run else []
        messages = tuple(self.message(key) for key in keys if key)
        return WhyJourney(answer, messages, self._unheard(about, when))

    def message(self, key: str) -> MessageTold:
        """One message; one that was not claimed yet is asked about as of now, by the same gate."""
        if not key.startswith(f"{self.workspace}/"):
            key = f"{self.workspace}/{key}"
        looked = sent.message(self.stores.outbox, self.workspace, key)
        asked = looked.asked if looked else self._effect(key)
        state = looked.message.state if looked else Outcome.WAITING
        waits = state is Outcome.WAITING
        return MessageTold(
            key=asked.key,
            person=asked.person,
            journey=asked.journey,
            run=asked.run,
            node=asked.node,
            template=asked.template,
            address=asked.address,
            due=asked.due,
            state=state,
            reason=looked.message.reason if looked else "",
            ended=looked.message.ended if looked else None,
            gates=self._gates(asked) if waits or looked is None else looked.gates,
            as_of="now" if waits else "claim",
        )

    def about_message(self, key: str) -> WhyMessage:
        """The gates of one message, and the way that led to it."""
        told = self.message(key)
        if not told.journey:
            return WhyMessage(told, None)
        person = self.who(told.person)
        return WhyMessage(told, self.about_journey(person, told.journey, run=told.run))

    def who(self, said: str) -> str:
        """The person meant by an id, an address, a customer number or a device."""
        with self.stores.people.connect() as connection:
            meant = people.aliases(connection, self.workspace, [said]).get(said, said)
            if people.load(connection, self.workspace, [meant]):
                return meant
            whos = [("user", said), ("email", email(said) or said), ("anonymous", said)]
            led = people.identities(connection, self.workspace, whos)
        found = [led[who] for who in whos if who in led]
        return found[0] if found else self._listed(said)

    # -- looking up ------------------------------------------------------------------------------

    def _listed(self, said: str) -> str:
        """By what the list of people searches: the one who fits, or who does."""
        fits = directory.people(
            self.stores.people, self.workspace, directory.Which(text=said, most=6)
        )
        if len(fits) == 1:
            return fits[0].id
        mend = "An id, an e-mail or a customer number is looked for; the people's page lists all."
        if not fits:
            raise Unanswered(f"nobody is known as {said}", mend)
        names = "; ".join(one.label for one in fits[:5]) + (" …" if len(fits) > 5 else "")
        raise Unanswered(f"several people fit {said}: {names}", "Name one by the id at the end.")

    def _known(self, person: str) -> Known:
        about = known(self.stores.people, self.workspace, person)
        if about is None:
            raise Unanswered(f"nobody is known as {person}")
        return about

    def _editions(self, journey: str) -> list[Edition]:
        rows = tables.published.c
        query = (
            sa.select(rows.seq, rows.moment, rows.hash, rows.state)
            .where(rows.workspace == self.workspace, rows.kind == JOURNEY, rows.id == journey)
            .order_by(rows.seq)
        )
        with self.stores.people.connect() as connection:
            found = [
                Edition(seq, moment_of(at) if at is not None else None, version, state)
                for seq, at, version, state in connection.execute(query)
            ]
        if not found:
            self._check(journey)
        return found

    def _check(self, journey: str) -> None:
        """A draft is a journey too; what nobody drew is a slip of the pen."""
        with self.stores.control.connect() as connection:
            drawn = [one.id for one in definitions.named(connection, self.workspace, JOURNEY)]
        if journey not in drawn:
            there = ", ".join(f"{JOURNEY}/{one}" for one in drawn) or "none yet"
            raise Unanswered(f"there is no journey {journey}", f"There are: {there}.")

    def _tell(self, question: Question) -> JourneyTold:
        in_force = definitions_at(self.stores.people, self.workspace, self._document)
        try:
            return why(question, in_force)
        except NotADefinition as unreadable:
            raise Unanswered(f"a definition of then is read no more: {unreadable}") from unreadable

    def _document(self, version: str) -> bytes:
        with self.stores.control.connect() as connection:
            try:
                return definitions.document(connection, version)
            except KeyError as gone:
                mend = "Restore control.sqlite from a backup, or ask about a later moment."
                raise Unanswered(f"a definition of then is gone: {version[:12]}", mend) from gone

    def _unheard(self, about: Known, when: When) -> tuple[Unheard, ...]:
        if when.at is None:
            return ()
        with self.stores.control.connect() as connection:
            shop = workspaces.settings(connection, self.workspace)
        customs = Customs(shop.zone, shop.currency, shop.rates)
        return tuple(unheard(self.stores.journal, about, self.workspace, customs, when.at))

    def _forgotten(self, about: Known, when: When) -> tuple[MissingPast, ...]:
        """A history outlives the log, and has only what was learnt."""
        if when.at is None or not forgotten(self.stores.journal, when.at):
            return ()
        because = "the log of then is gone: what came and was not learnt cannot be told"
        return (MissingPast("log", because),)

    def _effect(self, key: str) -> Asked:
        """A message that deliver has not taken over yet."""
        rows = tables.effects.c
        query = sa.select(rows.body).where(rows.workspace == self.workspace, rows.key == key)
        with self.stores.people.connect() as connection:
            body = connection.scalar(query)
        if body is None:
            raise Unanswered(f"there is no message {key}", "The person's page lists her messages.")
        return msgspec.msgpack.decode(body, type=Asked)

    def _gates(self, asked: Asked) -> tuple[Gate, ...]:
        with (
            self.stores.control.connect() as control,
            self.stores.outbox.connect() as outbox,
            self.stores.people.connect() as folk,
            self.stores.journal.connect() as log,
        ):
            settings = workspaces.settings(control, self.workspace)
            held = {one.scope: one.reason for one in stops.of_workspace(control, self.workspace)}
            read = Read(outbox, folk, log)
            return allow(asked, standing(read, asked, self.now, settings, held)).gates


def _until(about: Known, when: When) -> tuple[Until, datetime | None]:
    if when.seq is not None:
        if when.seq > about.seq:
            raise Unanswered(
                f"live has read the log up to {about.seq}, not to {when.seq}",
                "Ask about a place that it has read, or about now.",
            )
        return Until(when.seq), about.past.moment(when.seq)
    if when.at is not None and about.at is not None and when.at < about.at:
        return about.past.by(when.at), when.at
    return about.now, about.at


def _missing(about: Known, until: Until) -> tuple[MissingPast, ...]:
    """Publications whose moment nobody kept: what was due just then may be judged by the next."""
    first = about.past.heards[0].event.seq if about.past.heards else until.seq
    unknown = [seq for seq in about.undated if first < seq <= until.seq]
    if not unknown:
        return ()
    because = f"{len(unknown)} publications of an older Innesco have no moment"
    return (MissingPast("publications", because),)
