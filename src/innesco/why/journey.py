"""Why is, was or was never somebody in a journey? Her past is told again, and looked at."""

from collections.abc import Sequence
from datetime import datetime

import msgspec
from msgspec import Struct

from innesco.conditions.language import Language
from innesco.definitions.definitions import Definitions
from innesco.journeys.journey import Journey, OnAttribute, OnEvent, OnSegment, OnTrigger, Start
from innesco.refold import DefinitionsAt, Past, Until, refold
from innesco.turn import State
from innesco.why.answer import (
    Check,
    JourneyTold,
    MissingPast,
    Passage,
    Tried,
    Value,
    Verdict,
    Walked,
)
from innesco.why.onlooker import Met, Onlooker, Walk

MOST_TRIES = 200
MOST_PASSAGES = 200


class Edition(Struct, frozen=True):
    """A word of publishing about a journey: from this place on this version has this state."""

    seq: int
    moment: datetime | None
    version: str  #: hash of its document
    state: str


class Question(Struct, frozen=True, kw_only=True):
    """Of whom, about which journey, and as of when."""

    person: str
    profiles: frozenset[str]  #: hers by now
    past: Past
    journey: str
    editions: Sequence[Edition]  #: of the journey, oldest first
    until: Until
    moment: datetime | None  #: of the place that it is asked as of
    run: str | None = None  #: of which run; the one that tells most when none is named
    language: Language = "en"
    kept: State | None = None  #: her state as live has it, when it is asked as of now
    missing: tuple[MissingPast, ...] = ()


def why(question: Question, definitions_at: DefinitionsAt) -> JourneyTold:
    """Told by the function that live calls, so that it is what live did."""
    onlooker = Onlooker(question.journey, question.profiles, question.language)
    states: dict[str, State] = {}
    for step in refold(question.past, definitions_at, question.until, onlooker):
        onlooker.after(step)
        if step.person in question.profiles:
            states[step.person] = step.outcome.state
    state = states.get(question.person) or next(iter(states.values()), None)
    met = _telling(onlooker, question)
    tried = met.tried if met else None
    walk = onlooker.walks.get(tried.run) if tried and tried.run else None
    definitions = definitions_at(tried.seq if tried else question.until.seq)
    return JourneyTold(
        person=question.person,
        about=f"journey/{question.journey}",
        seq=question.until.seq,
        moment=question.moment,
        verdict=_verdict(question, tried, walk, state),
        tried=tried,
        gates=(
            *_before(question, tried, state),
            *(met.gates if met else _nothing_came(question, definitions, state)),
        ),
        run=_course(walk) if walk else None,
        tries=tuple(one.tried for one in reversed(onlooker.met[-MOST_TRIES:])),
        missing=(*question.missing, *_unlike(question, state)),
    )


def _telling(onlooker: Onlooker, question: Question) -> Met | None:
    """The try that was asked about; else the way into the newest open run; else the last one.

    One that failed because she was inside tells less than the one that led in.
    """
    met, walks = list(reversed(onlooker.met)), onlooker.walks
    asked = [one for one in met if question.run and one.tried.run == question.run]
    place = question.until.seq if question.until.at is None else None
    exact = [one for one in met if one.tried.seq == place]
    led_in = [one for one in met if one.tried.entered and one.tried.run in walks]
    still_open = [one for one in led_in if walks[str(one.tried.run)].run.node is not None]
    telling = [one for one in met if one.tried.entered or one.tried.run is None]
    return next(iter([*asked[::-1], *exact, *still_open, *telling, *met]), None)


def _verdict(
    question: Question, tried: Tried | None, walk: Walk | None, state: State | None
) -> Verdict:
    if tried is None:
        if _edition(question, question.until.seq) is None:
            return "not published"
        return "not started" if state is not None else "not known"
    if not tried.entered or walk is None:
        return "refused"
    if walk.run.node is None:
        return "left"
    return "held" if walk.run.held_because else "inside"


# -- gates before the door -------------------------------------------------------------------------


def _before(question: Question, tried: Tried | None, state: State | None) -> list[Check]:
    """Was there such a journey, and had anything been heard of her?"""
    gates = [_published(question, tried.seq if tried else question.until.seq), _known(state)]
    muted = state.person.muted if state and not tried else None
    if muted:
        gates.append(Check(gate="heard", passed=False, because=muted))
    return gates


def _published(question: Question, seq: int) -> Check:
    edition = _edition(question, seq)
    if edition is None:
        told = [one for one in question.editions if one.seq <= seq]
        because = "the journey was archived" if told else "the journey was not published yet"
        return Check(gate="published", passed=False, because=because)
    since = edition.moment.isoformat() if edition.moment else None
    values: dict[str, Value] = {"version": edition.version[:12], "since": since}
    return Check(gate="published", passed=True, values=values)


def _edition(question: Question, seq: int) -> Edition | None:
    """What was in force at a place; paused is in force, archived is not."""
    told = [one for one in question.editions if one.seq <= seq]
    return told[-1] if told and told[-1].state != "archived" else None


def _known(state: State | None) -> Check:
    if state is None:
        return Check(gate="known", passed=False, because="nothing had been heard of her by then")
    person = state.person
    values: dict[str, Value] = {
        "since": person.first_seen.isoformat() if person.first_seen else None,
        "level": person.level.value,
        "events": person.events,
    }
    return Check(gate="known", passed=True, values=values)


def _nothing_came(
    question: Question, definitions: Definitions, state: State | None
) -> tuple[Check, ...]:
    journey = definitions.journeys.get(question.journey)
    if journey is None:
        return ()
    values: dict[str, Value] = {"listens": ", ".join(map(listens, journey.starts))}
    if earlier := _earlier(question, journey):
        values["earlier"] = earlier.isoformat()
    because = "nothing came that starts it"
    if earlier:
        because = "what starts it came before it was published only"
    return (Check(gate="start", passed=False, because=because, values=values),)


def _earlier(question: Question, journey: Journey) -> datetime | None:
    """When something came that would start it, had it been in force."""
    names = {start.event for start in journey.starts if isinstance(start, OnEvent)}
    came = [
        heard.event.moment
        for heard in question.past.heards
        if heard.event.name in names
        and heard.event.seq <= question.until.seq
        and heard.who.person in question.profiles
    ]
    return max(came, default=None)


def listens(start: Start) -> str:
    """`Product Added`, `segment entered: vip`: what would have started it."""
    match start:
        case OnEvent(event):
            return event
        case OnAttribute(name, to):
            return f"attribute changed: {name}" + (f" = {to}" if to is not None else "")
        case OnSegment(segment, leaves):
            return f"segment {'left' if leaves else 'entered'}: {segment}"
        case OnTrigger(trigger):
            return f"trigger fired: {trigger}"


# -- the run ---------------------------------------------------------------------------------------


def _course(walk: Walk) -> Walked:
    run = walk.run
    passages: Sequence[Passage] = walk.passages[-MOST_PASSAGES:]
    return Walked(
        id=run.id,
        key=run.key,
        entered=run.entered,
        held_out=run.held_out,
        node=run.node,
        until=run.waiting.until if run.waiting else None,
        left=walk.changed if run.node is None else None,
        because=run.left_because or run.held_because or "",
        passages=tuple(passages),
    )


def _unlike(question: Question, state: State | None) -> list[MissingPast]:
    """The check of the whole: told again it must be what live has kept, to the byte."""
    kept = question.kept
    if kept is None or (state is None and not kept.person.events):
        return []
    if msgspec.msgpack.encode(state) == msgspec.msgpack.encode(kept):
        return []
    because = "told again, her past does not lead to what is kept of her"
    return [MissingPast("past", because)]
