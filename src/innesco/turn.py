"""A turn: one person and one happening on their way, and what is kept of it at the end.

`State` goes in and comes out; everything else is what the stages of `way.py` ask for and decide.
"""

from datetime import datetime
from functools import lru_cache
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from msgspec import Struct, field
from msgspec.structs import replace

from innesco.conditions.condition import Condition
from innesco.conditions.view import View
from innesco.definitions.definitions import Definitions
from innesco.journeys.journey import Journey
from innesco.journeys.run import Answer, GoOn, Happening, Run, Send, Standing, Went
from innesco.messages.asked import Asked
from innesco.profiles.history import Heard, History
from innesco.profiles.person import Person
from innesco.segments.edition import Move


class State(Struct, frozen=True, omit_defaults=True, gc=False):
    """Everything that is kept of one person between two happenings."""

    person: Person
    standing: Standing = Standing()
    expiries: dict[str, datetime] = {}  #: when time alone may change a membership, by edition
    judged: int = 0  #: the last word about segments when she was last heard; 0: ask all anew
    answered: tuple[str, ...] = ()  #: editions published since, by which she was asked already
    decided: int = 0  #: how many decisions were kept of this person

    @property
    def journeys(self) -> frozenset[str]:
        """Those in which she has an open run."""
        return frozenset(run.journey for run in self.standing.runs.values())

    @property
    def next_at(self) -> datetime | None:
        """When this person must be looked at again though nothing happens."""
        waits = [run.waiting.until for run in self.standing.runs.values() if run.waiting]
        return min([*waits, *self.expiries.values()], default=None)


class Ledger(Struct, frozen=True, gc=False):
    """A line for the consent ledger: what was said for which address and purpose, with proof."""

    channel: str
    address: str
    purpose: str
    state: str
    moment: datetime
    seq: int
    evidence: bytes
    basis: str = "consent"


class Decision(Struct, frozen=True, gc=False):
    """What was decided and why; *why?* shows it with the values of that moment."""

    n: int  #: counts a profile's decisions from 1
    kind: str  #: entered, refused, moved, left, asked, not asked, joined, fired …
    about: str  #: `journey/cart-recovery`, `segment/vip`
    moment: datetime
    seq: int
    detail: dict[str, Any] = {}


class Outcome(Struct, frozen=True, gc=False):
    """What a happening led to."""

    state: State
    asked: list[Asked]
    ledger: list[Ledger]
    decisions: list[Decision]
    stood: dict[str, tuple[Run, datetime]]  #: runs that went on or ended here, and when
    went: list[Went] = []  #: which way runs went on from each node
    moves: list[Move] = []  #: segments entered and left
    folded: bool = True  #: False for doubles, robots and the muted: nothing was learnt


class Witness(Protocol):
    """Somebody who looks on while a turn is taken and changes nothing; live has none, *why* has."""

    def comes(self, turn: "Turn", happening: Happening, starts: bool) -> object:
        """A happening comes to the journeys; one that is late or imported starts none."""

    def tries(self, turn: "Turn", journey: Journey, happening: Happening) -> object:
        """It comes to one that it may start, which is asked next."""

    def passes(self, turn: "Turn", run: Run, now: Happening, answer: Answer) -> object:
        """The node where a run stands answered."""

    def stands(self, turn: "Turn", run: Run, now: Happening) -> object:
        """The run after it: somewhere else, at its end, or where it was."""


class Turn(Struct, gc=False):
    """One happening on its way through the stages; made and dropped inside `fold`."""

    state: State
    definitions: Definitions
    history: History
    now: datetime
    heard: Heard | None = None
    happenings: list[Happening] = field(default_factory=list)
    sends: list[tuple[Run, Send]] = field(default_factory=list)
    asked: list[Asked] = field(default_factory=list)
    ledger: list[Ledger] = field(default_factory=list)
    decisions: list[Decision] = field(default_factory=list)
    stood: dict[str, tuple[Run, datetime]] = field(default_factory=dict)
    went: list[Went] = field(default_factory=list)
    moves: list[Move] = field(default_factory=list)
    witness: Witness | None = None
    _seen: tuple[State, View] | None = None

    @property
    def seq(self) -> int:
        """The last event learnt: what was due before the next one is decided as of this."""
        return self.state.person.last_seq

    def told(self, run: Run, now: Happening, answer: Answer) -> None:
        """What a node answered to a run: its way is counted, and whoever looks on hears of it."""
        if isinstance(answer, GoOn) and run.node is not None:
            self.went.append(Went(run.journey, run.node, answer.way, answer.to))
        if self.witness is not None:
            self.witness.passes(self, run, now, answer)

    def sees(self, condition: Condition, at: datetime) -> bool:
        return condition.holds(self.view(at))

    def view(self, at: datetime) -> View:
        """What conditions see at a moment; the same one as long as nothing changes."""
        if self._seen is None or self._seen[0] is not self.state or self._seen[1].now != at:
            self._seen = (self.state, self._look(at))
        return self._seen[1]

    def _look(self, at: datetime) -> View:
        zone = _zone(self.definitions.settings.zone)
        served = self.definitions.served
        return View(self.state.person, self.history, at, zone, self.state.journeys, served=served)

    def outcome(self, folded: bool = True) -> Outcome:
        """What is kept of it."""
        return Outcome(
            self.state,
            self.asked,
            self.ledger,
            self.decisions,
            self.stood,
            self.went,
            self.moves,
            folded,
        )

    def decide(self, kind: str, about: str, at: datetime, **detail: Any) -> None:
        self.state = replace(self.state, decided=self.state.decided + 1)
        self.decisions.append(Decision(self.state.decided, kind, about, at, self.seq, detail))


@lru_cache(maxsize=256)
def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)
