"""Compose: each message asked for gets its address, language and products, or why it has none."""

from innesco.journeys.run import Run, Send
from innesco.messages.asked import Asked
from innesco.messages.compose import Unaddressed, Wish, compose as compose_one
from innesco.turn import Turn


def compose(turn: Turn) -> None:
    """Each message asked for gets its address, language and products, or a reason why not."""
    for run, send in turn.sends:
        _compose(turn, run, send)
    turn.sends.clear()


def _compose(turn: Turn, run: Run, send: Send) -> None:
    definitions, person = turn.definitions, turn.state.person
    about = f"journey/{run.journey}"
    if run.held_out:
        turn.decide("not asked", about, send.due, key=send.key, because="in the control group")
        return
    journey = definitions.journeys[run.journey]
    wish = Wish(
        send.key,
        send.template,
        definitions.versions.get(f"template/{send.template}", ""),
        send.channel,
        send.products,
        send.due,
        journey.kind,
        journey.topic,
        journey.profiled,
        send.journey,
        send.run,
        send.node,
    )
    seen = turn.history.named("Product Viewed")
    asked = compose_one(
        wish, person, seen, definitions.workspace, definitions.settings, send.due, turn.seq
    )
    match asked:
        case Unaddressed(because):
            turn.decide("not asked", about, send.due, key=send.key, because=because)
        case Asked():
            turn.asked.append(asked)
            turn.decide("asked", about, send.due, key=asked.key, template=asked.template)
