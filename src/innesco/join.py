"""Join: an anonymous profile turns out to be somebody known; two states become one."""

from datetime import datetime

from msgspec.structs import replace

from innesco.journeys.run import Run, Standing
from innesco.profiles.merge import merge
from innesco.turn import State


def join(known: State, other: State, now: datetime) -> tuple[State, list[Run]]:
    """An anonymous profile turns out to be somebody known; its runs go on as hers.

    Of two runs of one journey and key the older stays; a hold-out on either side holds for both.
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
    entries = other.standing.entries | known.standing.entries
    for key, entry in other.standing.entries.items():
        mine = known.standing.entries.get(key)
        if mine and entry.entered > mine.entered:
            entries[key] = entry
    joined = State(
        person=merge(known.person, other.person),
        standing=Standing(runs, entries),
        expiries=dict(known.expiries),
        judged_by="",  # what two did may put one into segments that neither was in
        decided=known.decided,
    )
    return joined, ended
