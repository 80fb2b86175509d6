"""Judge: which segments somebody belongs to now; entry and exit are happenings."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from msgspec.structs import replace

from innesco.journeys.run import Happening
from innesco.turn import Turn


def judge(turn: Turn) -> None:
    """Segments that listen to what happened, each entered or left at most once."""
    definitions, state = turn.definitions, turn.state
    if state.judged_by != definitions.segments_version:
        gone = [name for name in state.person.segments if name not in definitions.segments]
        for name in gone:
            _member(turn, name, False, turn.now)
        turn.state = replace(turn.state, judged_by=definitions.segments_version)
        ask(turn, definitions.segments_in_order, turn.now)
        return
    assert turn.heard is not None
    ask(turn, definitions.segments_on(turn.heard.event.name), turn.now)


def ask(turn: Turn, names: Sequence[str], at: datetime) -> None:
    """Ask these segments, each after those that it names.

    Most people have done far too little for most segments: those are passed over at a glance.
    """
    expiries = dict(turn.state.expiries)
    needs, many = turn.definitions.needs, turn.history.many
    view = turn.view(at)
    for name in names:
        waits_or_belongs = name in expiries or name in turn.state.person.segments
        if not waits_or_belongs and any(many(e) < least for e, least in needs.get(name, ())):
            continue
        segment = turn.definitions.segments.get(name)
        changes_at = segment.when.changes_at(view) if segment else None
        if changes_at is not None:
            expiries[name] = max(changes_at, at + SOON)
        else:
            expiries.pop(name, None)
        if segment and _member(turn, name, segment.when.holds(view), at):
            view = turn.view(at)
    turn.state = replace(turn.state, expiries=expiries)


SOON = timedelta(microseconds=1)
"""A membership that time may change is looked at again later than now, never now."""


def _member(turn: Turn, name: str, belongs: bool, at: datetime) -> bool:
    """Entry and exit are happenings, and decisions with their moment; answers whether it moved."""
    person = turn.state.person
    if belongs == (name in person.segments):
        return False
    segments = dict(person.segments)
    if belongs:
        segments[name] = at
    else:
        del segments[name]
    turn.state = replace(turn.state, person=replace(person, segments=segments))
    turn.decide("joined" if belongs else "departed", f"segment/{name}", at)
    said = "Segment Entered" if belongs else "Segment Left"
    turn.happenings.append(Happening(at, said, {"segment": name}, seq=turn.seq))
    return True
