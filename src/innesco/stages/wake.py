"""Wake: all that was due before this happening, each at its own time."""

from datetime import datetime

from innesco.journeys.run import Happening
from innesco.stages.compose import compose
from innesco.stages.go_on import advance, carry_on
from innesco.stages.judge import ask_as_built, ask_by_time, due_built
from innesco.turn import Turn


def wake(turn: Turn) -> None:
    """All that is due up to now, in order of due time, kind and id; each at its own time.

    What it asks for is composed at once, as things were then: the next event is not learnt yet.
    """
    while due := _next_due(turn):
        at, kind, name = due
        before = turn.state
        match kind:
            case "built":
                ask_as_built(turn, name, at)
            case "segment":
                ask_by_time(turn, name, at)
            case _:
                advance(turn, turn.state.standing.runs[name], Happening(at=at))
        carry_on(turn, before, at, starts=True)  # it is time's doing, not the event's that is heard
        compose(turn)


def _next_due(turn: Turn) -> tuple[datetime, str, str] | None:
    """The earliest thing due: a membership that time may change, or a run's wait."""
    due = [(at, "segment", name) for name, at in turn.state.expiries.items() if at <= turn.now]
    due += [
        (run.waiting.until, "wait", run.id)
        for run in turn.state.standing.runs.values()
        if run.waiting and run.waiting.until <= turn.now and not run.held_because
    ]
    due += [(at, "built", key) for at, key in due_built(turn)]
    return min(due, default=None)
