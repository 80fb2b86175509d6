"""The way of an event: the order of things, from what a shopper did to what follows from it.

    admit      is it an event?            bytes → Event, or Dropped with its reason   events/
    recognise  whose is it?               → a person; two profiles may become one     profiles/
    wake       what was due before it?    waits that ended, memberships that expired  journeys/
    learn      what does it teach?        visit, cart, orders, attributes, consents   profiles/
    judge      which segments now?        entered, left                               segments/
    fire       which triggers?            conditions on live behaviour                triggers/
    go_on      which journeys?            start, step, stop                           journeys/
    compose    what shall be said?        address, language, products                 messages/
    … kept in one transaction (workers/live.py) …
    claim      may it be said now?        the gate: now, later, never, and why        messages/
    deliver    say it                     the outcome comes back as an event          workers/

What each stage does stands in `stages/`, a file each. `fold` is the middle of it and a function:
one person, one happening, the definitions and the world give the person after it, what must be
done, and what was decided. It reads no clock, no disk, no randomness. Live processing, backtest,
replay and *why* call this same function.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from datetime import datetime
from typing import Any

from msgspec.structs import replace

from innesco.definitions.definitions import Definitions
from innesco.events.event import Source
from innesco.profiles import learn as lessons
from innesco.profiles.history import Heard, History
from innesco.stages.compose import compose
from innesco.stages.fire import fire
from innesco.stages.go_on import go_on
from innesco.stages.judge import judge, take_built
from innesco.stages.learn import learn
from innesco.stages.wake import wake
from innesco.turn import Outcome, State, Turn, Witness

Stage = Callable[[Turn], None]
Watch = Callable[[str], AbstractContextManager[Any]]
"""Times a stage under its own name; the shell passes one, the core owns no clock."""

STAGES: tuple[Stage, ...] = (wake, learn, judge, fire, go_on, compose)
"""The order of things after `admit` and `recognise`; it stands here and nowhere else."""


def fold(
    state: State,
    heard: Heard,
    definitions: Definitions,
    history: History,
    watch: Watch = nullcontext,
    witness: Witness | None = None,
) -> Outcome:
    """The person after one event. `history` is all before it; the event is added to it."""
    turn = Turn(state, definitions, history, heard.event.received, heard, witness=witness)
    if not _counts(turn):
        return turn.outcome(folded=False)
    for stage in STAGES:
        with watch(stage.__name__):
            stage(turn)
    return turn.outcome()


def reach(
    state: State,
    now: datetime,
    definitions: Definitions,
    history: History,
    witness: Witness | None = None,
) -> Outcome:
    """The person after the clock reached `now`: everything due up to it is woken, in order."""
    turn = Turn(state, definitions, history, now, witness=witness)
    wake(turn)
    return turn.outcome()


def answer(
    state: State, definitions: Definitions, key: str, belongs: bool, changes_at: datetime | None
) -> Outcome:
    """The person after a segment was asked of everybody; as she was when that was so."""
    built = definitions.editions[key].built
    assert built is not None
    turn = Turn(state, definitions, History(), built.at)
    take_built(turn, key, belongs, changes_at)
    return turn.outcome()


def _counts(turn: Turn) -> bool:
    """Doubles, robots and muted profiles teach nothing."""
    assert turn.heard is not None
    event, person = turn.heard.event, turn.state.person
    if event.machine or lessons.is_double(person, event):
        return False
    most = turn.definitions.settings.most_events_a_day
    if (
        event.source is Source.PUBLIC
        and person.day == lessons.day_heard(event)
        and person.day_events >= most
    ):
        if person.muted is None:
            muted = f"more than {most} events in a day"
            turn.state = replace(turn.state, person=replace(person, muted=muted))
            turn.decide("muted", f"person/{person.id}", turn.now, because=muted)
        return False
    return True
