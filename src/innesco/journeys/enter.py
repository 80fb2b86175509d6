"""Enter: does this happening start a journey for this person, and if not, why not?"""

import hashlib
from datetime import datetime

from msgspec import Struct

from innesco.conditions.share import draw
from innesco.journeys.journey import Journey, OnAttribute, OnEvent, OnSegment, OnTrigger, Start
from innesco.journeys.run import Entry, Happening, Run, Sees, Standing


class Refused(Struct, frozen=True):
    """A happening that starts the journey came, but she does not enter; the reason is kept."""

    because: str


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
    start = next((start for start in journey.starts if begins(start, now)), None)
    if start is None:
        return None
    if isinstance(start, OnEvent) and start.where and not sees(start.where, now.at):
        return Refused("the start condition does not hold")
    key = str(now.facts.get(journey.key, "")) if journey.key else ""
    if journey.key and not key:
        return Refused(f"the event names no {journey.key}")
    if journey.stay is not None and not sees(journey.stay, now.at):
        return Refused("does not meet the condition to stay")
    if because := _again(journey, key, standing, now.at):
        return Refused(because)
    held_out = not exempt and draw(f"{journey.id}/holdout", person) < journey.holdout
    return Run(
        id=run_id(journey.id, person, key, now.seq),
        journey=journey.id,
        person=person,
        key=key,
        version=version,
        node=journey.first,
        entered=now.at,
        held_out=held_out,
    )


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


def _again(journey: Journey, key: str, standing: Standing, now: datetime) -> str | None:
    for run in standing.runs.values():
        if run.journey == journey.id and run.key == key:
            return "is in it already" + (f" with {journey.key} {key}" if key else "")
    before: Entry | None = standing.entries.get(entry_key(journey.id, key))
    if before is None:
        return None
    if not journey.reentry.again:
        return f"was in it already, on {before.entered:%Y-%m-%d}"
    if now < before.entered + journey.reentry.after:
        return f"was in it less than {journey.reentry.after} ago"
    return None
