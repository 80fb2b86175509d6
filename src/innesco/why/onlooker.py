"""The onlooker: looks on while a past is told again, and writes down what concerns one journey."""

from datetime import datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from msgspec import Struct, field
from msgspec.structs import replace

from innesco.conditions.condition import Condition
from innesco.conditions.explain import explain
from innesco.conditions.explained import Explained, Words
from innesco.conditions.language import Language
from innesco.journeys.enter import attempt, inside, run_id
from innesco.journeys.journey import Journey
from innesco.journeys.nodes.branch import Branch
from innesco.journeys.run import Answer, GoOn, Happening, Leave, Run, Stay
from innesco.refold import Step
from innesco.turn import Turn
from innesco.why.answer import Check, Passage, Tried
from innesco.why.entry import control, door

NO_STAY = "no longer meets the condition to stay"


class Met(Struct, frozen=True):
    """A try with all its gates."""

    tried: Tried
    gates: tuple[Check, ...]


class Walk(Struct):
    """One run, as it is written down."""

    run: Run
    changed: datetime
    passages: list[Passage] = field(default_factory=list)


class Onlooker:
    """A `Witness` of one person, whichever profiles were hers, and of one journey."""

    def __init__(self, journey: str, profiles: frozenset[str], language: Language) -> None:
        self.met: list[Met] = []
        self.walks: dict[str, Walk] = {}
        self._journey, self._profiles, self._language = journey, profiles, language

    # -- what turns show -----------------------------------------------------------------------

    def comes(self, turn: Turn, happening: Happening, starts: bool) -> None:
        """What would start it and comes too late; what comes in time is told by `tries`."""
        if not starts and self._journey in turn.definitions.starts.get(happening.name or "", ()):
            journey = turn.definitions.journeys[self._journey]
            self._try(turn, journey, happening, starts=False)

    def tries(self, turn: Turn, journey: Journey, happening: Happening) -> None:
        self._try(turn, journey, happening, starts=True)

    def passes(self, turn: Turn, run: Run, now: Happening, answer: Answer) -> None:
        if not self._concerns(turn, run.journey) or run.node is None:
            return
        node = turn.definitions.journeys[run.journey].nodes.get(run.node)
        kind = str(node.__struct_config__.tag) if node is not None else "absent"
        passage = Passage(moment=now.at, node=run.node, kind=kind)
        match answer:
            case GoOn(to, asked):
                key = f"{turn.definitions.workspace}/{asked[0].key}" if asked else None
                event = now.name if run.waiting else None
                passage = replace(passage, to=to, event=event, message=key)
            case Stay(waiting):
                passage = replace(passage, waits_until=waiting.until)
            case Leave(because):
                passage = replace(passage, because=because)
        if isinstance(node, Branch):
            passage = replace(passage, condition=self._explained(turn, node.when, now.at))
        _write(self._walk(run, now.at), passage)

    def stands(self, turn: Turn, run: Run, now: Happening) -> None:
        """Where it stands after that; who may not stay is told why."""
        if not self._concerns(turn, run.journey):
            return
        walk = self._walk(run, now.at)
        if run.left_because == NO_STAY and (node := walk.run.node) is not None:
            stay = turn.definitions.journeys[run.journey].stay
            seen = self._explained(turn, stay, now.at) if stay is not None else None
            _write(walk, Passage(moment=now.at, node=node, kind="stay", condition=seen))
        if run != walk.run:
            walk.run, walk.changed = run, now.at

    def after(self, step: Step) -> None:
        """Once a happening is over: a merge may have ended a run, a message had no address."""
        if step.person not in self._profiles:
            return
        for run, at in step.outcome.stood.values():
            if run.journey == self._journey:
                walk = self._walk(run, at)
                walk.run, walk.changed = run, at
        for decision in step.outcome.decisions:
            if decision.kind == "not asked" and decision.about == f"journey/{self._journey}":
                self._not_asked(str(decision.detail["key"]), str(decision.detail["because"]))

    # -- what is written down ------------------------------------------------------------------

    def _try(self, turn: Turn, journey: Journey, happening: Happening, starts: bool) -> None:
        standing, person = turn.state.standing, turn.state.person
        tried = attempt(journey, standing, happening, turn.sees)
        if tried is None or not self._concerns(turn, journey.id):
            return
        gates = door(turn, tried, starts, self._words(turn))
        closed = next((gate for gate in gates if not gate.passed), None)
        if closed is None:
            gates.append(control(journey, person))
            run: str | None = run_id(journey.id, person.id, tried.key, happening.seq)
        else:
            under_way = inside(journey, tried.key, standing)
            run = under_way.id if under_way else None
        one = Tried(
            seq=happening.seq,
            moment=happening.at,
            event=happening.name or "",
            profile=person.id,
            entered=closed is None,
            run=run,
            because=closed.because if closed else "",
        )
        self.met.append(Met(one, tuple(gates)))

    def _not_asked(self, key: str, because: str) -> None:
        """No address, no product to show, or the control group."""
        for walk in self.walks.values():
            for n, one in enumerate(walk.passages):
                if one.message is not None and one.message.endswith(f"/{key}"):
                    walk.passages[n] = replace(one, message=None, because=because)

    def _walk(self, run: Run, at: datetime) -> Walk:
        return self.walks.setdefault(run.id, Walk(run, at))

    def _concerns(self, turn: Turn, journey: str) -> bool:
        return (
            journey == self._journey
            and journey in turn.definitions.journeys
            and turn.state.person.id in self._profiles
        )

    def _explained(self, turn: Turn, condition: Condition, at: datetime) -> Explained:
        return explain(condition, turn.view(at), self._words(turn))

    def _words(self, turn: Turn) -> Words:
        settings = turn.definitions.settings
        return Words(self._language, _zone(settings.zone), settings.currency)


def _write(walk: Walk, passage: Passage) -> None:
    """Arriving at a wait, what prolongs it and its end are told as one."""
    last = walk.passages[-1] if walk.passages else None
    waits = last is not None and last.node == passage.node and last.to is None and last.waits_until
    if last is None or not waits:
        walk.passages.append(passage)
    elif passage.waits_until:
        walk.passages[-1] = replace(last, waits_until=passage.waits_until)
    elif passage.kind == last.kind:
        walk.passages[-1] = replace(
            last, to=passage.to, event=passage.event, because=passage.because, ended=passage.moment
        )
    else:
        walk.passages.append(passage)


@lru_cache(maxsize=64)
def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)
