"""Go on: runs go on with each happening, then journeys start."""

from datetime import datetime

from msgspec.structs import replace

from innesco.journeys.enter import Refused, enter, entry_key
from innesco.journeys.run import Entry, Happening, Run, Send, Standing, newest
from innesco.journeys.step import leave, step
from innesco.profiles.learn import EXEMPT
from innesco.stages.judge import ask_after_journeys
from innesco.turn import State, Turn


def go_on(turn: Turn) -> None:
    """Runs go on with each happening, then journeys start."""
    assert turn.heard is not None
    event = turn.heard.event
    carry_on(turn, turn.state, turn.now, starts=event.may_start, goes_on=not event.quiet)


def carry_on(turn: Turn, before: State, at: datetime, starts: bool, goes_on: bool = True) -> None:
    """Happenings move runs, runs move who is in a journey, and that may move segments again."""
    for _ in range(MOST_ROUNDS):
        pass_on(turn, starts, goes_on)
        ask_after_journeys(turn, before, at)
        before = turn.state
        if not turn.happenings:
            return


MOST_ROUNDS = 10
"""Of one happening; journeys and segments that chase each other further wait for the next one."""


def pass_on(turn: Turn, starts: bool, goes_on: bool = True) -> None:
    """Each happening, in order: first the runs that are under way, then new ones if they may."""
    happenings, turn.happenings = turn.happenings, []
    for happening in happenings:
        if turn.witness is not None:
            turn.witness.comes(turn, happening, starts)
        if not goes_on:
            continue
        for name in sorted(turn.state.standing.runs):
            run = turn.state.standing.runs[name]
            journey = turn.definitions.journeys.get(run.journey)
            if journey is None or journey.concerns(run, happening.name or ""):
                advance(turn, run, happening)
        if starts:
            _start(turn, happening)


def _start(turn: Turn, happening: Happening) -> None:
    state, definitions = turn.state, turn.definitions
    for name in definitions.starts.get(happening.name or "", ()):
        journey, about = definitions.journeys[name], f"journey/{name}"
        version = definitions.versions[about]
        if turn.witness is not None:
            turn.witness.tries(turn, journey, happening)
        exempt = EXEMPT in state.person.attributes
        answer = enter(
            journey, version, state.person.id, turn.state.standing, happening, turn.sees, exempt
        )
        match answer:
            case Refused(because):
                turn.decide("refused", about, happening.at, because=because, event=happening.name)
            case Run() if name in definitions.paused:
                because, event = "the journey is paused", happening.name
                turn.decide("refused", about, happening.at, because=because, event=event)
            case Run():
                turn.decide(
                    "entered",
                    about,
                    happening.at,
                    run=answer.id,
                    key=answer.key,
                    event=happening.name,
                    held_out=answer.held_out,
                )
                advance(turn, answer, Happening(at=happening.at, seq=happening.seq))


def advance(turn: Turn, run: Run, happening: Happening) -> None:
    """One run, one happening; what it asks for is composed later, what it decided is kept."""
    journey = turn.definitions.journeys.get(run.journey)
    if journey is None:
        went: tuple[Run, list[Send]] = (leave(run, because="the journey was archived"), [])
    else:
        went = step(journey, run, happening, turn.sees, turn.told)
    after, sends = went
    if turn.witness is not None:
        turn.witness.stands(turn, after, happening)
    if after is run:
        return
    about = f"journey/{run.journey}"
    if after.node != run.node and after.node is not None:
        turn.decide("moved", about, happening.at, run=run.id, node=after.node, until=_until(after))
    turn.sends += [(run, send) for send in sends]
    _stand(turn, after, happening.at)
    if after.left_because:
        turn.decide("left", about, happening.at, run=run.id, because=after.left_because)
    if after.held_because and not run.held_because:
        turn.decide("held", about, happening.at, run=run.id, because=after.held_because)


def _until(run: Run) -> str | None:
    return run.waiting.until.isoformat() if run.waiting else None


def _stand(turn: Turn, run: Run, at: datetime) -> None:
    """Where she stands now; a run that ended leaves only its entry behind."""
    standing = turn.state.standing
    runs = {name: other for name, other in standing.runs.items() if name != run.id}
    key = entry_key(run.journey, run.key)
    turn.stood[run.id] = (run, at)
    if run.node is None:
        entries = newest(standing.entries | {key: Entry(run.entered, at)})
    else:
        runs[run.id] = run
        entries = standing.entries | {key: Entry(run.entered)}
    turn.state = replace(turn.state, standing=Standing(runs, entries))
