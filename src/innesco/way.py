"""The way of an event: the order of things, from what a shopper did to what follows from it.

    admit      is it an event?            bytes → Event, or Dropped with its reason   events/
    recognise  whose is it?               → a person; two profiles may become one     profiles/
    wake       what was due before it?    waits that ended, memberships that expired  journeys/
    learn      what does it teach?        visit, cart, orders, attributes, consents   profiles/
    judge      which segments now?        entered, left                               segments/
    fire       which triggers?            conditions on live behaviour                triggers/
    go_on      which journeys?            start, step, stop                           journeys/
    compose    what shall be said?        address, language, products                 messages/
    … kept in one transaction (workers/live.py) …
    claim      may it be said now?        the gate: now, later, never, and why        messages/
    deliver    say it                     the outcome comes back as an event          workers/

`fold` is the middle of it and a function: one person, one happening, the definitions and the
world give the person after it, what must be done, and what was decided. It reads no clock, no
disk, no randomness. Live processing, backtest, replay and *why* call this same function.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from datetime import datetime, timedelta
from typing import Any

from msgspec.structs import replace

from innesco.definitions.definitions import Definitions
from innesco.events.event import Event, Says, Source
from innesco.journeys.enter import Refused, enter, entry_key
from innesco.journeys.happened import happened
from innesco.journeys.run import Entry, Happening, Run, Send, Standing
from innesco.journeys.step import leave, step
from innesco.messages.asked import Asked
from innesco.messages.compose import Unaddressed, Wish, compose as compose_one, confirmation
from innesco.profiles import learn as lessons
from innesco.profiles.history import Heard, History
from innesco.profiles.recognise import Recognised
from innesco.turn import Ledger, Outcome, State, Turn, Witness

LATE = timedelta(minutes=10)
"""An event heard this long after it happened is late: it can end and stop, it starts nothing."""


Stage = Callable[[Turn], None]
Watch = Callable[[str], AbstractContextManager[Any]]
"""Times a stage under its own name; the shell passes one, the core owns no clock."""


def fold(
    state: State,
    heard: Heard,
    definitions: Definitions,
    history: History,
    watch: Watch = nullcontext,
    witness: Witness | None = None,
) -> Outcome:
    """The person after one event. `history` is all before it; the event is added to it."""
    turn = Turn(state, definitions, history, heard.event.received, heard, witness=witness)
    if not _counts(turn):
        return _outcome(turn, folded=False)
    for stage in STAGES:
        with watch(stage.__name__):
            stage(turn)
    return _outcome(turn)


def reach(
    state: State,
    now: datetime,
    definitions: Definitions,
    history: History,
    witness: Witness | None = None,
) -> Outcome:
    """The person after the clock reached `now`: everything due up to it is woken, in order."""
    turn = Turn(state, definitions, history, now, witness=witness)
    wake(turn)
    return _outcome(turn)


# -- the stages ----------------------------------------------------------------------------------


def wake(turn: Turn) -> None:
    """All that is due up to now, in order of due time, kind and id; each at its own time.

    What it asks for is composed at once, as things were then: the next event is not learnt yet.
    """
    while due := _next_due(turn):
        at, kind, name = due
        if kind == "segment":
            _judge(turn, [name], at)
            _pass_on(turn, starts=True)  # it is time's doing, not the event's that is heard
        else:
            _step(turn, turn.state.standing.runs[name], Happening(at=at))
        compose(turn)


def learn(turn: Turn) -> None:
    """What the event teaches; a changed attribute is a happening of its own."""
    assert turn.heard is not None
    event, says, who = turn.heard.event, turn.heard.says, turn.heard.who
    before = turn.state.person
    person = lessons.learn(before, event, says, who)
    turn.state = replace(turn.state, person=person)
    turn.history.add(event)
    turn.ledger += _ledger(turn, event, says, who)
    turn.happenings += happened(turn.now, event, before, person)
    if event.name == "Subscription Requested":
        _ask_confirmation(turn, event, says)


def judge(turn: Turn) -> None:
    """Segments that listen to what happened, each entered or left at most once."""
    definitions, state = turn.definitions, turn.state
    if state.judged_by != definitions.segments_version:
        gone = [name for name in state.person.segments if name not in definitions.segments]
        for name in gone:
            _member(turn, name, False, turn.now)
        turn.state = replace(turn.state, judged_by=definitions.segments_version)
        _judge(turn, definitions.segments_in_order, turn.now)
        return
    assert turn.heard is not None
    _judge(turn, definitions.segments_on(turn.heard.event.name), turn.now)


def fire(turn: Turn) -> None:
    """Triggers whose condition holds now and that may fire again."""
    assert turn.heard is not None
    if not _fresh(turn.heard.event):
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


def go_on(turn: Turn) -> None:
    """Runs go on with each happening, then journeys start."""
    assert turn.heard is not None
    event = turn.heard.event
    _pass_on(turn, starts=_fresh(event), goes_on=not event.quiet)


def compose(turn: Turn) -> None:
    """Each message asked for gets its address, language and products, or a reason why not."""
    for run, send in turn.sends:
        _compose(turn, run, send)
    turn.sends.clear()


STAGES: tuple[Stage, ...] = (wake, learn, judge, fire, go_on, compose)
"""The order of things after `admit` and `recognise`; it stands here and nowhere else."""


# -- inside the stages ---------------------------------------------------------------------------


def _counts(turn: Turn) -> bool:
    """Doubles, robots and muted profiles teach nothing."""
    assert turn.heard is not None
    event, person = turn.heard.event, turn.state.person
    if event.machine or lessons.is_double(person, event):
        return False
    most = turn.definitions.settings.most_events_a_day
    if (
        event.source is Source.PUBLIC
        and person.day == lessons.day_heard(event)
        and person.day_events >= most
    ):
        if person.muted is None:
            muted = f"more than {most} events in a day"
            turn.state = replace(turn.state, person=replace(person, muted=muted))
            turn.decide("muted", f"person/{person.id}", turn.now, because=muted)
        return False
    return True


def _fresh(event: Event) -> bool:
    """Neither imported nor late: it may start something."""
    return not event.quiet and event.received - event.moment <= LATE


def _next_due(turn: Turn) -> tuple[datetime, str, str] | None:
    """The earliest thing due: a membership that time may change, or a run's wait."""
    due = [(at, "segment", name) for name, at in turn.state.expiries.items() if at <= turn.now]
    due += [
        (run.waiting.until, "wait", run.id)
        for run in turn.state.standing.runs.values()
        if run.waiting and run.waiting.until <= turn.now and not run.held_because
    ]
    return min(due, default=None)


def _judge(turn: Turn, names: Sequence[str], at: datetime) -> None:
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


def _pass_on(turn: Turn, starts: bool, goes_on: bool = True) -> None:
    """Each happening, in order: first the runs that are under way, then new ones if they may."""
    happenings, turn.happenings = turn.happenings, []
    for happening in happenings:
        if turn.witness is not None:
            turn.witness.comes(turn, happening, starts)
        if not goes_on:
            continue
        for name in sorted(turn.state.standing.runs):
            run = turn.state.standing.runs[name]
            journey = turn.definitions.journeys.get(run.journey)
            if journey is None or journey.concerns(run, happening.name or ""):
                _step(turn, run, happening)
        if starts:
            _start(turn, happening)


def _start(turn: Turn, happening: Happening) -> None:
    state, definitions = turn.state, turn.definitions
    for name in definitions.starts.get(happening.name or "", ()):
        journey, about = definitions.journeys[name], f"journey/{name}"
        version = definitions.versions[about]
        if turn.witness is not None:
            turn.witness.tries(turn, journey, happening)
        exempt = lessons.EXEMPT in state.person.attributes
        answer = enter(
            journey, version, state.person.id, turn.state.standing, happening, turn.sees, exempt
        )
        match answer:
            case Refused(because):
                turn.decide("refused", about, happening.at, because=because, event=happening.name)
            case Run() if name in definitions.paused:
                turn.decide("refused", about, happening.at, because="the journey is paused")
            case Run():
                turn.decide(
                    "entered",
                    about,
                    happening.at,
                    run=answer.id,
                    key=answer.key,
                    event=happening.name,
                    held_out=answer.held_out,
                )
                _step(turn, answer, Happening(at=happening.at, seq=happening.seq))


def _step(turn: Turn, run: Run, happening: Happening) -> None:
    """One run, one happening; what it asks for is composed later, what it decided is kept."""
    journey = turn.definitions.journeys.get(run.journey)
    if journey is None:
        went: tuple[Run, list[Send]] = (leave(run, because="the journey was archived"), [])
    else:
        went = step(journey, run, happening, turn.sees, turn.told)
    after, sends = went
    if turn.witness is not None:
        turn.witness.stands(turn, after, happening)
    if after is run:
        return
    about = f"journey/{run.journey}"
    if after.node != run.node and after.node is not None:
        turn.decide("moved", about, happening.at, run=run.id, node=after.node, until=_until(after))
    turn.sends += [(run, send) for send in sends]
    _stand(turn, after, happening.at)
    if after.left_because:
        turn.decide("left", about, happening.at, run=run.id, because=after.left_because)
    if after.held_because and not run.held_because:
        turn.decide("held", about, happening.at, run=run.id, because=after.held_because)


def _until(run: Run) -> str | None:
    return run.waiting.until.isoformat() if run.waiting else None


def _stand(turn: Turn, run: Run, at: datetime) -> None:
    """Where she stands now; a run that ended leaves only its entry behind."""
    standing = turn.state.standing
    runs = {name: other for name, other in standing.runs.items() if name != run.id}
    key = entry_key(run.journey, run.key)
    turn.stood[run.id] = (run, at)
    if run.node is None:
        entries = _bounded(standing.entries | {key: Entry(run.entered, at)})
    else:
        runs[run.id] = run
        entries = standing.entries | {key: Entry(run.entered)}
    turn.state = replace(turn.state, standing=Standing(runs, entries))


MOST_ENTRIES = 1000


def _bounded(entries: dict[str, Entry]) -> dict[str, Entry]:
    """Carts come and go: of what was left, the newest are remembered."""
    left = sorted((one.left, key) for key, one in entries.items() if one.left)
    for _, key in left[: max(0, len(entries) - MOST_ENTRIES)]:
        del entries[key]
    return entries


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


def _ask_confirmation(turn: Turn, event: Event, says: Says) -> None:
    """Double opt-in: one transactional mail to the address, whose link confirms it."""
    if says.email is None:
        return
    wanted, definitions = lessons.purposes(event), turn.definitions
    if not _fresh(event):
        because = "the request was heard late, or is history"
        turn.decide("not asked", "message/confirm", turn.now, because=because)
        return
    version = definitions.versions.get("template/confirm", "")
    turn.asked.append(
        confirmation(
            event, says, turn.state.person.id, definitions.workspace, definitions.settings, version
        )
    )
    turn.decide("asked", "message/confirm", turn.now, purposes=list(wanted))


def _ledger(turn: Turn, event: Event, says: Says, who: Recognised) -> Iterator[Ledger]:
    """The lines that this event adds to the consent ledger."""
    state = lessons.consent_change(event, who.sure)
    address = says.email or turn.state.person.email
    if state is None or address is None:
        return
    for purpose in lessons.purposes(event):
        evidence = event.properties
        yield Ledger("email", address, purpose, state, event.moment, event.seq, evidence)


def _outcome(turn: Turn, folded: bool = True) -> Outcome:
    return Outcome(turn.state, turn.asked, turn.ledger, turn.decisions, turn.stood, folded)
