"""Fire: triggers on live behaviour."""

from msgspec.structs import replace

from innesco.journeys.run import Happening
from innesco.turn import Turn


def fire(turn: Turn) -> None:
    """Triggers whose condition holds now and that may fire again."""
    assert turn.heard is not None
    if not turn.heard.event.may_start:
        return
    for trigger in turn.definitions.triggers_on.get(turn.heard.event.name, ()):
        last = turn.state.person.fired.get(trigger.id)
        if last is not None and turn.now < last + trigger.again_after:
            continue
        if trigger.when.holds(turn.view(turn.now)):
            fired = turn.state.person.fired | {trigger.id: turn.now}
            turn.state = replace(turn.state, person=replace(turn.state.person, fired=fired))
            turn.decide("fired", f"trigger/{trigger.id}", turn.now)
            turn.happenings.append(
                Happening(turn.now, "Trigger Fired", {"trigger": trigger.id}, seq=turn.seq)
            )
