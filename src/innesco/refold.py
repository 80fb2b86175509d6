"""Refold: a person's past told again, happening by happening, through the function that live calls.

Each happening is folded with the definitions that were in force at its place in the log, and two
profiles become one where they did. So what it yields is what was so at that moment, not what one
would think of it today. The clock's rows are not needed: when the clock is heard changes nothing.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace

from innesco import way
from innesco.definitions.definitions import Definitions
from innesco.join import join
from innesco.profiles.history import Heard, History
from innesco.profiles.merge import both_heard
from innesco.profiles.person import Person
from innesco.turn import Outcome, State, Witness

DefinitionsAt = Callable[[int], Definitions]
"""The definitions in force at a place of the log, that place included."""


class Publication(Struct, frozen=True):
    """A place of the log from which on other definitions count; who was due is woken before it."""

    seq: int
    at: datetime


class Joined(Struct, frozen=True):
    """A profile that is somebody else from this place on, by an event that was not kept."""

    profile: str
    person: str
    since: int
    at: datetime | None = None  #: unknown of merges before version 0003 of the tables


class Muted(Struct, frozen=True):
    """A profile whose events are learnt no more; the one that was too many is not kept."""

    profile: str
    since: int  #: the last event that was learnt before
    because: str


class Past(Struct, frozen=True):
    """What is kept of a person and of those whose device she took over."""

    heards: Sequence[Heard]
    joined: Sequence[Joined] = ()
    muted: Sequence[Muted] = ()
    publications: Sequence[Publication] = ()

    def by(self, moment: datetime) -> "Until":
        """As of a moment: what the log had taken by then, and the clock."""
        heard = [one.event.seq for one in self.heards if one.event.received <= moment]
        published = [one.seq for one in self.publications if one.at <= moment]
        return Until(max([*heard, *published], default=0), moment)

    def moment(self, seq: int) -> datetime | None:
        """When the log took the last of it up to a place."""
        heard = [one.event.received for one in self.heards if one.event.seq <= seq]
        published = [one.at for one in self.publications if one.seq <= seq]
        return max([*heard, *published], default=None)


class Until(Struct, frozen=True):
    """Where a story ends: the last place of the log that counts, and the clock by then."""

    seq: int
    at: datetime | None = None  #: wakes who is due by then; None: nobody more


class Step(Struct, frozen=True):
    """One happening told again; without `heard` the time had come, or two became one."""

    person: str
    seq: int
    before: State
    outcome: Outcome
    history: History
    heard: Heard | None = None


def refold(
    past: Past,
    definitions_at: DefinitionsAt,
    until: Until | None = None,
    witness: Witness | None = None,
) -> Iterator[Step]:
    """Every happening of these people in the order of the log, up to a place in it.

    ```python
    for step in refold(past, definitions_at):
        print(step.seq, [decision.kind for decision in step.outcome.decisions])
    ```
    """
    people = People(past, definitions_at, witness)
    for row in _in_order(past):
        if until is not None and _seq(row) > until.seq:
            break
        yield from people.hear(row) if isinstance(row, Heard) else people.publish(row)
    if until is not None and until.at is not None:
        yield from people.join_until(until.seq + 1, until.at)
        yield from people.wake(sorted(people.met), until.seq, until.at)


class People:
    """The few profiles that a story is about, as they stand while it is told."""

    def __init__(self, past: Past, definitions_at: DefinitionsAt, witness: Witness | None) -> None:
        self.met: dict[str, tuple[State, History]] = {}
        self._joined = sorted(past.joined, key=lambda one: one.since)
        self._muted = {(one.profile, one.since): one.because for one in past.muted}
        self._definitions_at, self._witness = definitions_at, witness

    def get(self, name: str) -> tuple[State, History]:
        return self.met.get(name) or (State(Person(id=name)), History())

    def hear(self, heard: Heard) -> Iterator[Step]:
        """One event, after what it says of who is who; as workers/live.py does it."""
        event, who = heard.event, heard.who
        yield from self.join_until(event.seq, event.received)
        if who.joins:
            yield from self._join(who.person, who.joins, event.seq, event.received)
        if who.leaves:
            self._take_over(who.person, who.leaves)
        before, history = self.get(who.person)
        definitions = self._definitions_at(event.seq)
        outcome = way.fold(before, heard, definitions, history, witness=self._witness)
        if because := self._muted.get((who.person, event.seq)):
            outcome = replace(outcome, state=_mute(outcome.state, because))
        self.met[who.person] = (outcome.state, history)
        yield Step(who.person, event.seq, before, outcome, history, heard)

    def publish(self, row: Publication) -> Iterator[Step]:
        """Who is due is woken by what was in force until then: a publication counts afterwards."""
        yield from self.join_until(row.seq, row.at)
        yield from self.wake(sorted(self.met), row.seq - 1, row.at)
        definitions = self._definitions_at(row.seq)
        for name in sorted(self.met):
            before, history = self.get(name)
            outcome = way.reach(before, row.at, definitions, history, self._witness)
            if outcome.state is not before:  # everybody was asked by a new edition of a segment
                self.met[name] = (outcome.state, history)
                yield Step(name, row.seq, before, outcome, history)

    def join_until(self, seq: int, at: datetime) -> Iterator[Step]:
        """Merges by events that were not kept, being those of a muted profile."""
        while self._joined and self._joined[0].since < seq:
            one = self._joined.pop(0)
            if one.profile in self.met:
                yield from self._join(one.person, one.profile, one.since, one.at or at)

    def wake(self, names: Iterable[str], seq: int, at: datetime) -> Iterator[Step]:
        """Who is due by now, by the definitions of this place."""
        for name in names:
            before, history = self.get(name)
            if before.next_at is not None and before.next_at <= at:
                definitions = self._definitions_at(seq)
                outcome = way.reach(before, at, definitions, history, self._witness)
                self.met[name] = (outcome.state, history)
                yield Step(name, seq, before, outcome, history)

    def _join(self, into: str, profile: str, seq: int, at: datetime) -> Iterator[Step]:
        yield from self.wake((into, profile), seq, at)
        (known, mine), (other, theirs) = self.get(into), self.get(profile)
        state, ended = join(known, other, at)
        self.met.pop(profile, None)
        both = mine.joined(theirs)
        self.met[into] = (state, both)
        stood = {run.id: (run, at) for run in ended}
        yield Step(into, seq, known, Outcome(state, [], [], [], stood, folded=False), both)

    def _take_over(self, name: str, before: str) -> None:
        state, history = self.get(name)
        doubles = both_heard(state.person, self.get(before)[0].person)
        self.met[name] = (replace(state, person=replace(state.person, doubles=doubles)), history)


def _mute(state: State, because: str) -> State:
    person = replace(state.person, muted=because)
    return replace(state, person=person, decided=state.decided + 1)


def _in_order(past: Past) -> Iterable[Heard | Publication]:
    return sorted([*past.heards, *past.publications], key=_seq)


def _seq(row: Heard | Publication) -> int:
    return row.seq if isinstance(row, Publication) else row.event.seq
