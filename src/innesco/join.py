"""Join: an anonymous profile turns out to be somebody known; two states become one."""

from datetime import datetime
from itertools import groupby

from msgspec.structs import replace

from innesco.journeys.enter import MOST_RUNS, entry_key
from innesco.journeys.run import Entry, Run, Standing, newest
from innesco.profiles.merge import merge
from innesco.turn import State


def join(known: State, other: State, now: datetime) -> tuple[State, list[Run]]:
    """An anonymous profile turns out to be somebody known; its runs go on as hers.

    Of two runs of one journey and key the older stays; a hold-out on either side holds for both.
    Of more runs of one journey than anybody may have, the oldest stay.
    Answers the joined state and the runs that ended by it.
    """
    runs = dict(known.standing.runs)
    ended: list[Run] = []
    for run in sorted(other.standing.runs.values(), key=lambda run: (run.entered, run.id)):
        twin = next(
            (r for r in runs.values() if (r.journey, r.key) == (run.journey, run.key)), None
        )
        if twin is None:
            runs[run.id] = run
            continue
        older, younger = sorted((twin, run), key=lambda r: (r.entered, r.id))
        del runs[twin.id]
        runs[older.id] = replace(older, held_out=older.held_out or younger.held_out)
        ended.append(replace(younger, node=None, waiting=None, left_because="merged"))
    too_many = [one for many in _by_journey(runs) for one in many[MOST_RUNS:]]
    for run in too_many:
        del runs[run.id]
        ended.append(replace(run, node=None, waiting=None, left_because=TOO_MANY))
    entries = other.standing.entries | known.standing.entries
    for key, entry in other.standing.entries.items():
        mine = known.standing.entries.get(key)
        if mine and entry.entered > mine.entered:
            entries[key] = entry
    entries |= {entry_key(run.journey, run.key): Entry(run.entered, now) for run in too_many}
    joined = State(
        person=merge(known.person, other.person),
        standing=Standing(runs, newest(entries)),
        expiries=dict(known.expiries),
        judged=0,  # what two did may put one into segments that neither was in
        decided=known.decided,
    )
    return joined, ended


TOO_MANY = f"joined somebody who was in it {MOST_RUNS} times already"


def _by_journey(runs: dict[str, Run]) -> list[list[Run]]:
    """The runs of each journey, the oldest first."""
    sorted_ = sorted(runs.values(), key=lambda run: (run.journey, run.entered, run.id))
    return [list(many) for _, many in groupby(sorted_, key=lambda run: run.journey)]
