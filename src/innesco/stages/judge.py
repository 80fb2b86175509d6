"""Judge: which segments somebody belongs to now; entry and exit are happenings.

An edition that does not serve yet is answered as well, behind the one that does: of that nothing
comes until it is whole (`segments/edition.py`).
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from msgspec.structs import replace

from innesco.journeys.run import Happening
from innesco.segments.edition import Move
from innesco.turn import State, Turn

PUBLISHED = "published"
TIME = "time"


def judge(turn: Turn) -> None:
    """Segments that listen to what happened, each entered or left at most once."""
    definitions, state = turn.definitions, turn.state
    assert turn.heard is not None
    event = turn.heard.event.name
    asked = definitions.segments_on(event)
    if state.judged == definitions.judged:
        ask(turn, asked, turn.now, event)
        return
    _forget(turn)
    unasked = set(unanswered(turn))
    turn.state = replace(turn.state, judged=definitions.judged, answered=())
    every = [key for key in definitions.segments_in_order if key in unasked or key in asked]
    ask(turn, every, turn.now, event, unasked if state.judged else ())


def ask(
    turn: Turn, keys: Sequence[str], at: datetime, because: str, new: Iterable[str] = ()
) -> None:
    """Ask these segments, each after those that it names.

    Most people have done far too little for most segments: those are passed over at a glance.
    """
    expiries = dict(turn.state.expiries)
    needs, many = turn.definitions.needs, turn.history.many
    view = turn.view(at)
    for key in keys:
        waits_or_belongs = key in expiries or key in turn.state.person.segments
        if not waits_or_belongs and any(many(e) < least for e, least in needs.get(key, ())):
            continue
        segment = turn.definitions.segments.get(key)
        changes_at = segment.when.changes_at(view) if segment else None
        if changes_at is not None:
            expiries[key] = max(changes_at, at + SOON)
        else:
            expiries.pop(key, None)
        why = PUBLISHED if key in new else because
        if segment and member(turn, key, segment.when.holds(view), at, why):
            view = turn.view(at)
    turn.state = replace(turn.state, expiries=expiries)


SOON = timedelta(microseconds=1)
"""A membership that time may change is looked at again later than now, never now."""


def ask_by_time(turn: Turn, key: str, at: datetime) -> None:
    """Time alone may have changed this one, and by it those that name it."""
    keys = [key]
    edition = turn.definitions.editions.get(key)
    if edition is not None and turn.definitions.served.get(edition.segment) == key:
        keys += turn.definitions.segments_after(f"segment {edition.segment}")
    ask(turn, keys, at, TIME)
    _note(turn, keys)


def ask_after_journeys(turn: Turn, before: State, at: datetime) -> None:
    """Runs began or ended since: segments that ask where she is on her way are asked."""
    if before.standing is turn.state.standing:
        return
    moved = before.journeys ^ turn.state.journeys
    if moved:
        keys = turn.definitions.segments_after(*sorted(f"journey {one}" for one in moved))
        ask(turn, keys, at, TIME)
        _note(turn, keys)


# -- editions that were published since she was last heard -----------------------------------------


def unanswered(turn: Turn) -> list[str]:
    """Those by which she was not asked yet."""
    state = turn.state
    if state.judged == turn.definitions.judged:
        return []
    return [
        key
        for key, one in turn.definitions.editions.items()
        if one.seq > state.judged and key not in state.answered
    ]


def due_built(turn: Turn) -> list[tuple[datetime, str]]:
    """Those of them of which everybody was asked as of a moment: she is, as of the same one."""
    if not turn.state.judged:
        return []  # never heard before, or somebody else until now: she is asked as she is
    built = ((turn.definitions.editions[key].built, key) for key in unanswered(turn))
    return [(one.at, key) for one, key in built if one and one.at <= turn.now]


def ask_as_built(turn: Turn, key: str, at: datetime) -> None:
    """What the answer over everybody said of her, asked of her alone."""
    ask(turn, [key], at, PUBLISHED)
    _note(turn, [key])


def take_built(turn: Turn, key: str, belongs: bool, changes_at: datetime | None) -> None:
    """The answer over everybody; nothing when she was asked since, which came later."""
    if key not in unanswered(turn):
        return
    expiries = {name: at for name, at in turn.state.expiries.items() if name != key}
    if changes_at is not None:
        expiries[key] = changes_at
    turn.state = replace(turn.state, expiries=expiries)
    member(turn, key, belongs, turn.now, PUBLISHED)
    _note(turn, [key])


def _note(turn: Turn, keys: Iterable[str]) -> None:
    """She was asked by these; only of those that are new to her it must be remembered."""
    new = set(unanswered(turn)).intersection(keys)
    if new:
        turn.state = replace(turn.state, answered=tuple(sorted(new.union(turn.state.answered))))


def _forget(turn: Turn) -> None:
    """Of editions that were replaced or archived nothing is kept."""
    known, person = turn.definitions.editions, turn.state.person
    segments = {key: since for key, since in person.segments.items() if key in known}
    expiries = {key: at for key, at in turn.state.expiries.items() if key in known}
    if len(segments) < len(person.segments) or len(expiries) < len(turn.state.expiries):
        turn.state = replace(
            turn.state, person=replace(person, segments=segments), expiries=expiries
        )


# -- members ---------------------------------------------------------------------------------------


def member(turn: Turn, key: str, belongs: bool, at: datetime, because: str) -> bool:
    """In or out; of an edition that serves it is a happening and a decision with its moment."""
    person = turn.state.person
    if belongs == (key in person.segments):
        return False
    segment = turn.definitions.editions[key].segment
    served = turn.definitions.served.get(segment)
    segments = dict(person.segments)
    if belongs:  # whoever is in it by the edition before stays in it since then
        segments[key] = segments.get(served or key, at)
    else:
        del segments[key]
    turn.state = replace(turn.state, person=replace(person, segments=segments))
    turn.moves.append(Move(key, at, turn.seq, belongs, because))
    if served == key:
        turn.decide("joined" if belongs else "departed", f"segment/{segment}", at, because=because)
        said = "Segment Entered" if belongs else "Segment Left"
        turn.happenings.append(Happening(at, said, {"segment": segment}, seq=turn.seq))
    return True
