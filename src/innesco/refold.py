"""Refold: a person's past told again, happening by happening, through the function that live calls.

Each happening is folded with the definitions that were in force at its place in the log, and two
profiles become one where they did. So what it yields is what was so at that moment, not what one
would think of it today.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace

from innesco import way
from innesco.definitions.definitions import Definitions
from innesco.join import join
from innesco.profiles.history import Heard, History
from innesco.profiles.person import Person
from innesco.turn import Outcome, State

DefinitionsAt = Callable[[int], Definitions]
"""The definitions in force at a place of the log, that place included."""


class Tick(Struct, frozen=True):
    """A row of the log at which everybody due was woken: the clock, or a publication."""

    seq: int
    at: datetime


class Joined(Struct, frozen=True):
    """A profile that is somebody else from this place on."""

    profile: str
    person: str
    since: int


class Past(Struct, frozen=True):
    """What is kept of a person and of those whose device she took over."""

    heards: Sequence[Heard]
    joined: Sequence[Joined] = ()
    ticks: Sequence[Tick] = ()


class Step(Struct, frozen=True):
    """One happening told again; without `heard` it was the clock."""

    person: str
    seq: int
    before: State
    outcome: Outcome
    history: History
    heard: Heard | None = None


class People:
    """The few profiles that a story is about, as they stand while it is told."""

    def __init__(self, joined: Sequence[Joined]) -> None:
        self.met: dict[str, tuple[State, History]] = {}
        self._joined = sorted(joined, key=lambda one: one.since)

    def get(self, name: str) -> tuple[State, History]:
        return self.met.get(name) or (State(Person(id=name)), History())

    def join_until(self, seq: int, at: datetime) -> None:
        """Merges that a robot's event brought: their event was not kept, the merge was."""
        while self._joined and self._joined[0].since < seq:
            one = self._joined.pop(0)
            if one.profile in self.met:
                self.join(one.person, one.profile, at)

    def join(self, into: str, profile: str, at: datetime) -> None:
        (known, mine), (other, theirs) = self.get(into), self.get(profile)
        state, _ = join(known, other, at)
        self.met.pop(profile, None)
        self.met[into] = (state, mine.joined(theirs))

    def hear(self, heard: Heard) -> None:
        """What an event says of who is who, before it is folded; as workers/crowd.py does it."""
        who, event = heard.who, heard.event
        self.join_until(event.seq, event.received)
        if who.joins:
            self.join(who.person, who.joins, event.received)
        if who.leaves:
            state, history = self.get(who.person)
            said = {*state.person.doubles, *self.get(who.leaves)[0].person.doubles}
            doubles = tuple(sorted(said, key=lambda key: (key[1], key[0])))
            person = replace(state.person, doubles=doubles)
            self.met[who.person] = (replace(state, person=person), history)


def refold(past: Past, definitions_at: DefinitionsAt, as_of: int | None = None) -> Iterator[Step]:
    """Every happening of these people in the order of the log, up to a place in it.

    ```python
    for step in refold(past, definitions_at):
        print(step.seq, [decision.kind for decision in step.outcome.decisions])
    ```
    """
    people = People(past.joined)
    for row in _in_order(past):
        if as_of is not None and _seq(row) > as_of:
            return
        yield from (
            _wake(people, row, definitions_at)
            if isinstance(row, Tick)
            else (_hear(people, row, definitions_at),)
        )


def _hear(people: People, heard: Heard, definitions_at: DefinitionsAt) -> Step:
    people.hear(heard)
    name, seq = heard.who.person, heard.event.seq
    before, history = people.get(name)
    outcome = way.fold(before, heard, definitions_at(seq), history)
    people.met[name] = (outcome.state, history)
    return Step(name, seq, before, outcome, history, heard)


def _wake(people: People, tick: Tick, definitions_at: DefinitionsAt) -> Iterator[Step]:
    """Who is due is woken by what was in force until then: a publication counts afterwards."""
    people.join_until(tick.seq, tick.at)
    for name, (before, history) in sorted(people.met.items(), key=lambda item: item[0]):
        if before.next_at is not None and before.next_at <= tick.at:
            outcome = way.reach(before, tick.at, definitions_at(tick.seq - 1), history)
            people.met[name] = (outcome.state, history)
            yield Step(name, tick.seq, before, outcome, history)


def _in_order(past: Past) -> Iterable[Heard | Tick]:
    return sorted([*past.heards, *past.ticks], key=_seq)


def _seq(row: Heard | Tick) -> int:
    return row.seq if isinstance(row, Tick) else row.event.seq
