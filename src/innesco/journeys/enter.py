"""Enter: does this happening start a journey for this person, and if not, why not?"""

import hashlib
from collections.abc import Callable
from datetime import timedelta

from msgspec import Struct

from innesco.conditions.share import draw
from innesco.journeys.journey import Journey, OnAttribute, OnEvent, OnSegment, OnTrigger, Start
from innesco.journeys.run import Entry, Happening, Run, Sees, Standing
from innesco.messages.asked import Class

MOST_RUNS = 50
"""Open runs of one person in one journey: nobody has so many carts, but a robot may say so."""


class Refused(Struct, frozen=True):
    """A happening that starts the journey came, but she does not enter; the reason is kept."""

    because: str


class Attempt(Struct, frozen=True, gc=False):
    """Somebody to whom a happening came that starts a journey: what is looked at before."""

    journey: Journey
    start: Start
    now: Happening
    key: str
    standing: Standing
    sees: Sees


def enter(
    journey: Journey,
    version: str,
    person: str,
    standing: Standing,
    now: Happening,
    sees: Sees,
    exempt: bool = False,
) -> Run | Refused | None:
    """A new run, or why there is none; None when the happening has nothing to do with it.

    The hold-out is drawn here, once, for the person at entry, and stored with the run.
    """
    tried = attempt(journey, standing, now, sees)
    if tried is None:
        return None
    for gate in GATES.values():
        if because := gate(tried):
            return Refused(because)
    return Run(
        id=run_id(journey.id, person, tried.key, now.seq),
        journey=journey.id,
        person=person,
        key=tried.key,
        version=version,
        node=journey.first,
        entered=now.at,
        held_out=not exempt and drawn(journey, person) < share_held_out(journey),
    )


def attempt(journey: Journey, standing: Standing, now: Happening, sees: Sees) -> Attempt | None:
    """None when no start of the journey is of this kind."""
    start = next((start for start in journey.starts if begins(start, now)), None)
    if start is None:
        return None
    key = str(now.facts.get(journey.key, "")) if journey.key else ""
    return Attempt(journey, start, now, key, standing, sees)


def drawn(journey: Journey, person: str) -> float:
    """Where between 0 and 1 she fell: below the journey's share she is held out."""
    return draw(f"{journey.id}/holdout", person)


def share_held_out(journey: Journey) -> float:
    """What somebody asked for, or must be told, is kept from nobody."""
    return journey.holdout if journey.kind is Class.MARKETING else 0.0


def begins(start: Start, now: Happening) -> bool:
    """Whether this is the kind of happening that starts it."""
    match start:
        case OnEvent(event):
            return now.name == event
        case OnAttribute(name, to):
            return (
                now.name == "Attribute Changed"
                and now.facts.get("attribute") == name
                and (to is None or now.facts.get("to") == to)
            )
        case OnSegment(segment, leaves):
            said = "Segment Left" if leaves else "Segment Entered"
            return now.name == said and now.facts.get("segment") == segment
        case OnTrigger(trigger):
            return now.name == "Trigger Fired" and now.facts.get("trigger") == trigger


def listens(start: Start) -> str:
    """The name of the happenings that a start must be asked about."""
    match start:
        case OnEvent(event):
            return event
        case OnAttribute():
            return "Attribute Changed"
        case OnSegment(_, leaves):
            return "Segment Left" if leaves else "Segment Entered"
        case OnTrigger():
            return "Trigger Fired"


def run_id(journey: str, person: str, key: str, seq: int) -> str:
    text = f"{journey}\0{person}\0{key}\0{seq}"
    return "r" + hashlib.sha256(text.encode()).hexdigest()[:20]


def entry_key(journey: str, key: str) -> str:
    return f"{journey}/{key}"


def before(journey: Journey, key: str, standing: Standing) -> Entry | None:
    """When she was in it the last time with this key."""
    return standing.entries.get(entry_key(journey.id, key))


def inside(journey: Journey, key: str, standing: Standing) -> Run | None:
    """The run that is under way with this key."""
    for run in standing.runs.values():
        if run.journey == journey.id and run.key == key:
            return run
    return None


# -- the gates -----------------------------------------------------------------------------------


def _condition(tried: Attempt) -> str | None:
    start = tried.start
    if isinstance(start, OnEvent) and start.where and not tried.sees(start.where, tried.now.at):
        return "the start condition does not hold"
    return None


def _key(tried: Attempt) -> str | None:
    return (
        f"the event names no {tried.journey.key}" if tried.journey.key and not tried.key else None
    )


def _stay(tried: Attempt) -> str | None:
    stay = tried.journey.stay
    if stay is not None and not tried.sees(stay, tried.now.at):
        return "does not meet the condition to stay"
    return None


def _again(tried: Attempt) -> str | None:
    journey, key = tried.journey, tried.key
    if inside(journey, key, tried.standing):
        return "is in it already" + (f" with {journey.key} {key}" if key else "")
    open_runs = sum(run.journey == journey.id for run in tried.standing.runs.values())
    if open_runs >= MOST_RUNS:
        return f"is in it {open_runs} times already"
    last = before(journey, key, tried.standing)
    if last is None:
        return None
    if not journey.reentry.again:
        return f"was in it already, on {last.entered:%Y-%m-%d}"
    if tried.now.at < last.entered + journey.reentry.after:
        return f"was in it less than {_long(journey.reentry.after)} ago"
    return None


UNITS = {"day": 86_400, "hour": 3_600, "minute": 60}


def _long(time: timedelta) -> str:
    """`7 days`, `36 hours`: in the largest unit that says it whole."""
    seconds = time.total_seconds()
    unit = next((name for name, length in UNITS.items() if seconds % length == 0), "minute")
    many = round(seconds / UNITS[unit])
    return f"{many} {unit}{'' if many == 1 else 's'}"


GATES: dict[str, Callable[[Attempt], str | None]] = {
    "condition": _condition,  # what the start asks besides its event
    "key": _key,  # tells runs apart, such as the cart
    "stay": _stay,  # who could not stay does not come in
    "again": _again,  # not while she is inside, nor too soon
}
"""Asked in this order; the first that is closed is the reason that is kept."""
