"""The gates of a journey's door with the values of the moment: those that `enter` asks, and why."""

from datetime import timedelta

import msgspec

from innesco.conditions.explain import explain
from innesco.conditions.explained import Explained, Words
from innesco.events.event import LATE
from innesco.journeys.enter import GATES, Attempt, before, drawn, inside, share_held_out
from innesco.journeys.journey import Journey, OnEvent
from innesco.profiles.learn import EXEMPT
from innesco.profiles.person import Person
from innesco.turn import Turn
from innesco.why.answer import Check, Value


def door(turn: Turn, tried: Attempt, starts: bool, words: Words) -> list[Check]:
    """All are asked, though the first that is closed decides."""
    gates = [_start(tried), *_freshness(turn, starts)]
    for name, gate in GATES.items():
        because = gate(tried) or ""
        condition = _condition(name, turn, tried, words)
        if condition is None and not (values := _values(name, tried)):
            continue  # the journey does not ask this
        values = {} if condition else values
        gates.append(
            Check(
                gate=name,
                passed=not because,
                because=because,
                values=values,
                condition=condition,
            )
        )
    paused = tried.journey.id in turn.definitions.paused
    because = "the journey is paused" if paused else ""
    return [*gates, Check(gate="paused", passed=not paused, because=because)]


def control(journey: Journey, person: Person) -> Check:
    """Drawn once at entry; the control group walks the journey and gets no message."""
    share, drew = share_held_out(journey), drawn(journey, person.id)
    values: dict[str, Value] = {"drawn": round(drew, 4), "share": share}
    if EXEMPT in person.attributes:
        return Check(gate="control", passed=True, values={**values, "exempt": True})
    because = "in the control group" if drew < share else ""
    return Check(gate="control", passed=not because, because=because, values=values)


def _start(tried: Attempt) -> Check:
    now = tried.now
    named = {name: value for name, value in now.facts.items() if name in SHOWN}
    values: dict[str, Value] = {"event": now.name, "seq": now.seq, **named}
    values["moment"] = (now.moment or now.at).isoformat()
    return Check(gate="start", passed=True, values=values)


SHOWN = ("segment", "attribute", "to", "trigger", "product", "order")
"""Of what came, what a reader may want beside its name."""


def _freshness(turn: Turn, starts: bool) -> list[Check]:
    """What comes by time alone is never late."""
    if turn.heard is None or starts:
        return [Check(gate="imported", passed=True), Check(gate="late", passed=True)]
    event = turn.heard.event
    late_by = event.received - event.moment
    values: dict[str, Value] = {
        "happened": event.moment.isoformat(),
        "heard": event.received.isoformat(),
        "late": length(late_by),
        "most": length(LATE),
    }
    late = "" if late_by <= LATE else "was heard too late to start anything"
    quiet = "imported history starts nothing" if event.quiet else ""
    return [
        Check(gate="imported", passed=not quiet, because=quiet),
        Check(gate="late", passed=not late, because=late, values=values),
    ]


def _condition(name: str, turn: Turn, tried: Attempt, words: Words) -> Explained | None:
    asked = None
    if name == "condition" and isinstance(tried.start, OnEvent):
        asked = tried.start.where
    elif name == "stay":
        asked = tried.journey.stay
    return explain(asked, turn.view(tried.now.at), words) if asked is not None else None


def _values(name: str, tried: Attempt) -> dict[str, Value]:
    journey = tried.journey
    match name:
        case "key" if journey.key:
            return {journey.key: tried.key or None}
        case "again":
            return _again(tried)
        case _:
            return {}


def _again(tried: Attempt) -> dict[str, Value]:
    journey = tried.journey
    values: dict[str, Value] = {"again": journey.reentry.again}
    if journey.reentry.after:
        values["after"] = length(journey.reentry.after)
    if run := inside(journey, tried.key, tried.standing):
        values |= {"node": run.node, "entered": run.entered.isoformat()}
    elif last := before(journey, tried.key, tried.standing):
        values["entered"] = last.entered.isoformat()
        values["left"] = last.left.isoformat() if last.left else None
    return values


def length(of: timedelta) -> str:
    """`PT10M` and its kind."""
    return str(msgspec.to_builtins(of))
