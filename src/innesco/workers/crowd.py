"""The crowd: the people that live works on, read when first met and written together.

`live` is the only one who changes people, so what it holds in memory between two batches is true.
The number of events held is bounded; whoever was not met for longest is let go first.
"""

from collections import OrderedDict
from collections.abc import Iterable, Sequence
from datetime import datetime

import sqlalchemy as sa
from msgspec.structs import replace

from innesco.errors import InnescoError
from innesco.events.event import Event
from innesco.join import join
from innesco.journeys.run import Went
from innesco.messages.asked import Asked
from innesco.profiles.history import Heard, History, Kept, keep
from innesco.profiles.merge import both_heard
from innesco.profiles.person import Person
from innesco.profiles.recognise import Known, Recognised, Who
from innesco.segments.edition import Move
from innesco.storage import consents, decisions, effects, history, moves, people, progress, runs
from innesco.turn import Decision, Ledger, Outcome, State

MOST_EVENTS = 50_000
"""Held with the people they belong to, some 3 kB each. More does not pay: whoever is let go is then
long out of the processor's caches, and 300,000 made each event a tenth dearer (bench/way.py)."""


class NotMet(InnescoError):
    """Someone was to be changed who had not been read: going on would lose what is kept."""


class Crowd:
    """The people of one workspace: a cache in front of the file, and what is to be written."""

    def __init__(self, workspace: str) -> None:
        self.workspace = workspace
        self._met: OrderedDict[str, tuple[State, History]] = OrderedDict()
        self._leads: dict[Who, str] = {}
        self._became: dict[str, str] = {}  # profile → the person that it is by now
        self._events = 0
        self._clear()

    def _clear(self) -> None:
        self.changed: set[str] = set()
        self.bound: dict[Who, tuple[str, int]] = {}
        self.absorbed: list[tuple[str, str, int, datetime]] = []
        self.new: dict[str, list[Kept]] = {}
        self.heard: list[tuple[str, Event]] = []
        self.stood: dict[str, runs.Stood] = {}
        self.asked: list[Asked] = []
        self.ledger: list[tuple[str, Ledger]] = []
        self.decided: list[tuple[str, Decision]] = []
        self.went: list[Went] = []
        self.moves: list[tuple[str, Move]] = []
        self._passing: dict[str, State] = {}

    # -- meeting -----------------------------------------------------------------------------

    def meet(self, connection: sa.Connection, whos: Iterable[Who], ids: Iterable[str]) -> None:
        """Read what a batch will need at once: identities, then states and histories."""
        wanted = [who for who in set(whos) if who not in self._leads]
        found = people.identities(connection, self.workspace, wanted)
        # looked up one by one: a set less the keys of a dict walks through all of the keys
        names = {*ids, *found.values()}
        asked = [name for name in names if name not in self._met and name not in self._became]
        self._became |= people.aliases(connection, self.workspace, sorted(asked))
        # an identity leads to the profile it was said of, which may have become somebody else
        self._leads |= found
        names |= {self._leads[who] for who in whos if who in self._leads}
        persons = {self._is(name) for name in names}
        self._read(connection, sorted(name for name in persons if name not in self._met))

    def _read(self, connection: sa.Connection, ids: list[str]) -> None:
        if not ids:
            return
        states = people.load(connection, self.workspace, ids)
        profiles = people.profiles_of(connection, self.workspace, list(states))
        written = history.load(
            connection, self.workspace, [one for many in profiles.values() for one in many]
        )
        for name, state in states.items():
            kept = [one for profile in profiles[name] for one in written.get(profile, ())]
            self._put(name, state, History(kept))

    def find(self, who: Who) -> Known | None:
        """Who an identity belongs to, as of what was folded so far."""
        kind, value = who
        leads = value if kind == "profile" else self._leads.get(who)
        if leads is None:
            return None
        name = self._is(leads)
        met = self._met.get(name)
        if met is None:
            if kind == "profile":
                return None  # nobody of this name was ever kept
            raise NotMet(f"{who[0]} identity leads to {name}, who was not read with the batch")
        person = met[0].person
        return Known(name, person.user, person.email if person.email_verified else None)

    def _is(self, name: str) -> str:
        """Who this profile is by now."""
        while name in self._became:
            name = self._became[name]
        return name

    def get(self, name: str) -> tuple[State, History]:
        """The person, new when never seen."""
        met = self._met.get(name)
        if met is None and name in self._passing:
            return self._passing[name], History()
        if met is None:
            return State(Person(id=name)), History()
        self._met.move_to_end(name)
        return met

    # -- what came of it ---------------------------------------------------------------------

    def lead(self, who: Recognised, seq: int, now: datetime) -> None:
        """From here on these identities lead to this person, who may absorb another profile."""
        if who.joins:
            self._join(who.person, who.joins, seq, now)
        if who.leaves:
            self._take_over(who.person, who.leaves)
        for identity in who.bind:
            self._leads[identity] = who.person
            self.bound[identity] = (who.person, seq)

    def _take_over(self, name: str, before: str) -> None:
        """What the device said as somebody else is not heard again when it is sent again."""
        state, past = self.get(name)
        doubles = both_heard(state.person, self.get(before)[0].person)
        self._put(name, replace(state, person=replace(state.person, doubles=doubles)), past)

    def _join(self, into: str, profile: str, seq: int, now: datetime) -> None:
        """Two profiles are one person from here on."""
        known, known_history = self.get(into)
        other, other_history = self.get(profile)
        state, ended = join(known, other, now)
        self._drop(profile)
        self._became[profile] = into
        self._put(into, state, known_history.joined(other_history))
        for device in other.person.anonymous:
            self._leads[("anonymous", device)] = into
            self.bound[("anonymous", device)] = (into, seq)
        self.absorbed.append((profile, into, seq, now))
        left = other.person.segments
        self.moves += [(profile, Move(key, now, seq, False, "merged")) for key in sorted(left)]
        self.changed |= {profile, into}
        for run in ended:
            self.stood[run.id] = runs.Stood(run, into, now)
        for run in state.standing.runs.values():
            self.stood[run.id] = runs.Stood(run, into, now)

    def keep(self, outcome: Outcome, past: History, heard: Heard | None = None) -> None:
        """Remember what a happening led to, for the write at the end of the batch."""
        state = outcome.state
        name = state.person.id
        self._events += bool(heard and outcome.folded and name in self._met)
        self._put(name, state, past)
        self.changed.add(name)
        if heard and outcome.folded:
            kept = keep(heard)
            self.new.setdefault(name, []).append(kept)
            self.heard.append((name, heard.event))
        for run, changed in outcome.stood.values():
            self.stood[run.id] = runs.Stood(run, name, changed)
        self.asked += outcome.asked
        self.ledger += [(name, line) for line in outcome.ledger]
        self.decided += [(name, one) for one in outcome.decisions]
        self.went += outcome.went
        self.moves += [(name, move) for move in outcome.moves]

    def pass_by(self, outcome: Outcome) -> None:
        """Remember what an answer over everybody changed of somebody who need not be met."""
        name = outcome.state.person.id
        if name in self._met:
            self.keep(outcome, self._met[name][1])
            return
        self._passing[name] = outcome.state
        self.changed.add(name)
        self.moves += [(name, move) for move in outcome.moves]

    def states(self, connection: sa.Connection, names: Sequence[str]) -> dict[str, State]:
        """How these people are now, without their past; who became somebody else is absent."""
        met = {name: self._met[name][0] for name in names if name in self._met}
        others = [name for name in names if name not in met]
        return met | people.load(connection, self.workspace, others)

    def write(self, connection: sa.Connection) -> None:
        """Everything since the last write, in the transaction of its cursor."""
        gone = {profile for profile, *_ in self.absorbed}
        for one in self.absorbed:
            people.absorb(connection, self.workspace, *one)
        people.forget(connection, self.workspace, gone)
        people.bind(connection, self.workspace, self.bound)
        states = [self.get(name)[0] for name in sorted(self.changed - gone)]
        people.keep(connection, self.workspace, states)
        history.keep(connection, self.workspace, self.new)
        runs.keep(connection, self.workspace, self.stood.values())
        effects.keep(connection, self.asked)
        consents.append(connection, self.workspace, self.ledger)
        decisions.keep(connection, self.workspace, self.decided)
        progress.count(connection, self.workspace, self.went)
        moves.keep(connection, self.workspace, self.moves)
        self._clear()

    def shrink(self) -> None:
        """Between two batches: let go of those not met for longest."""
        while self._events > MOST_EVENTS and len(self._met) > 1:
            _, (_, past) = self._met.popitem(last=False)
            self._events -= len(past)
        if len(self._leads) + len(self._became) > MOST_EVENTS:
            self._leads.clear()  # together: what leads to a profile needs what became of it
            self._became.clear()

    def _put(self, name: str, state: State, past: History) -> None:
        if name not in self._met:
            self._events += len(past)
        self._met[name] = (state, past)
        self._met.move_to_end(name)

    def _drop(self, name: str) -> None:
        gone = self._met.pop(name, None)
        self._events -= len(gone[1]) if gone else 0
