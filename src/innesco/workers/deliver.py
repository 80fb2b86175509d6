"""Deliver: takes what was asked for, claims it, renders it, sends it, records and tells it.

Order of things: copy the feed → claim a batch (`claim.py`, the gate) → render → keep the words →
send outside any transaction → record each outcome → tell the log. What is wrong with one message
is that message's outcome (`_at_fault`) and costs the others nothing. Between claim and record a
crash leaves `claimed` rows behind, which the next start settles (`storage/outbox.py`); a full disk
leaves them in memory (`Open`), and they are settled as soon as there is room.
"""

import asyncio
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from datetime import datetime

import sqlalchemy as sa
import structlog
from msgspec import Struct, field

from innesco.catalogue.product import Product
from innesco.channels.channel import (
    Accepted,
    Broken,
    Email,
    Receipt,
    Refused,
    Transport,
    Unclear,
)
from innesco.channels.mime import message_id, mime
from innesco.channels.smtp import gone
from innesco.events.event import Source
from innesco.messages.allow import stands_against
from innesco.messages.asked import Asked, Outcome
from innesco.messages.prepare import Prepared, prepare
from innesco.messages.render import House, Rendered, render
from innesco.messages.settle import Result, settle
from innesco.messages.tell import batch, outcome
from innesco.messages.template import Template, TemplateWrong
from innesco.storage import journal, outbox
from innesco.storage.full import is_full
from innesco.storage.journal import Entry, Suppression
from innesco.storage.outbox import Untold, Waiting
from innesco.workers import deliver_metrics as metrics
from innesco.workers.claim import Facts, claim
from innesco.workers.room import Room

IDLE_SECONDS = 0.2
log = structlog.get_logger()


class Ports(Struct, frozen=True, kw_only=True):
    """What deliver is given from outside; none of it keeps anything of its own."""

    facts: Facts
    house: Callable[[str], House]  #: settings, keys and address of a workspace, read each batch
    template: Callable[[Asked], Template | None]  #: the version of the moment it was asked
    products: Callable[[str, Iterable[str]], Mapping[str, Product]]  #: by the shop's own ids
    transport: Callable[[str], Transport]  #: of a workspace


class Open(Struct):
    """Claimed, and its outcome is not on the disk yet."""

    unsent: dict[tuple[str, str], Asked] = field(default_factory=dict)  #: surely has not gone
    sent: list[tuple[Waiting, Receipt]] = field(default_factory=list)  #: was handed over


class Sender(Struct, kw_only=True):
    """One life of the process that sends: its epoch, and the templates it has prepared."""

    ports: Ports
    epoch: int
    prepared: dict[tuple[str, ...], Prepared] = field(default_factory=dict)
    open: Open = field(default_factory=Open)


class Ready(Struct, frozen=True):
    """A message in its envelope: rendered, nothing said to a server yet."""

    waiting: Waiting
    rendered: Rendered
    raw: bytes


class Nowhere:
    """Takes every mail and sends none: a simulated month needs no mailbox."""

    async def send(self, email: Email, raw: bytes) -> Receipt:
        return Accepted(message_id(email))


class Counts(Struct, frozen=True):
    """What one pass did: `{"sent": 12, "skipped:cap": 3}`."""

    copied: int = 0
    outcomes: dict[str, int] = {}

    @property
    def idle(self) -> bool:
        return not self.copied and not self.outcomes


def sender(ports: Ports, now: datetime) -> Sender:
    """Take over from whoever sent before; its claimed messages are settled here."""
    return Sender(ports=ports, epoch=outbox.take_over(ports.facts.outbox, now))


async def run_deliver(ports: Ports, clock: Callable[[], datetime], stop: asyncio.Event) -> None:
    """Pass after pass until told to stop; what is under way is finished first."""
    me, room = sender(ports, clock()), Room()
    while not stop.is_set():
        try:
            counts = await deliver_pass(me, clock(), stop.is_set)
        except Exception as error:
            await room.missing(error, stop)
            continue
        room.there()
        await asyncio.to_thread(metrics.measure, ports.facts.outbox, clock())
        if counts is None:
            log.warning("deliver.overtaken", epoch=me.epoch)
            return
        if counts.idle:
            with suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), IDLE_SECONDS)
    with suppress(sa.exc.DBAPIError):  # without room even now, the next start calls it uncertain
        tidy(me, clock())


async def deliver_pass(
    me: Sender, now: datetime, stopped: Callable[[], bool] = lambda: False
) -> Counts | None:
    """Send all that is due at `now`; None when a younger sender has taken over."""
    facts = me.ports.facts
    tidy(me, now)
    copied = 0
    outcomes: Counter[str] = Counter()
    while not stopped():
        copied += _copy(facts)  # a backlog of mails keeps nobody out of the outbox
        claimed = claim(facts, me.epoch, now)
        if claimed is None:
            return None
        outcomes.update({f"skipped:{gate}": n for gate, n in claimed.skipped.items()})
        outcomes.update({"moved": claimed.moved} if claimed.moved else {})
        me.open.unsent = {_name(one.asked): one.asked for one in claimed.taken}
        outcomes.update(await _send_all(me, claimed.taken, now))
        tell(facts, now)  # the log hears of each batch, not of a whole night's backlog at its end
        if not claimed.looked_at:
            break
    metrics.count(outcomes)
    return Counts(copied, dict(outcomes))


def _copy(facts: Facts) -> int:
    copied = 0
    while fresh := outbox.copy(facts.people, facts.outbox):
        copied += fresh
    return copied


def tidy(me: Sender, now: datetime) -> None:
    """What a full disk has left open: settled now, or it raises again and waits on."""
    while me.open.sent:
        _record(me, *me.open.sent[-1], now)
        me.open.sent.pop()
    if me.open.unsent:
        outbox.give_back(me.ports.facts.outbox, me.open.unsent.values(), me.epoch, now)
        me.open.unsent.clear()


async def _send_all(me: Sender, taken: Iterable[Waiting], now: datetime) -> list[str]:
    """Render the batch, keep its words in one commit, then let all of them go.

    Messages to one address go one after the other: the next is not written to a mailbox of which
    the one before has just told that nobody lives there.
    """
    states: list[str] = []
    written: list[Ready] = []
    for waiting in taken:
        match _ready(me, waiting, now):
            case Ready() as ready:
                written.append(ready)
            case fault:
                states.append(_record(me, waiting, fault, now))
    outbox.keep_words(me.ports.facts.outbox, [(one.waiting.asked, one.rendered) for one in written])
    for told in await asyncio.gather(
        *(_send_to_one(me, each, now) for each in _by_address(written))
    ):
        states += told
    me.open.unsent.clear()
    return states


def _ready(me: Sender, waiting: Waiting, now: datetime) -> "Ready | Receipt":
    """Rendered and in its envelope; or what is wrong with it, before any word has left."""
    asked = waiting.asked
    try:
        rendered = write(me, asked, now)
        ready = Ready(waiting, rendered, mime(rendered.email, now))
    except TemplateWrong as wrong:
        log.error("deliver.template", key=asked.key, wrong=str(wrong))
        return Refused(str(wrong))
    except sa.exc.DBAPIError as wrong:  # a file is at fault: the message waits for better days
        log.error("deliver.file", key=asked.key, fault=type(wrong).__name__)
        return Broken(f"what it shows could not be read: {type(wrong).__name__}")
    except Exception as wrong:
        return Refused(_at_fault("could not be written", asked, wrong))
    return ready


def _by_address(written: Iterable[Ready]) -> list[list[Ready]]:
    together: dict[tuple[str, str], list[Ready]] = {}
    for one in written:
        together.setdefault((one.waiting.asked.workspace, one.waiting.asked.address), []).append(
            one
        )
    return list(together.values())


async def _send_to_one(me: Sender, ready: Iterable[Ready], now: datetime) -> list[str]:
    states: list[str] = []
    bounced = False
    for one in ready:
        if bounced and stands_against("bounced", one.waiting.asked):
            states.append(_keep(me, one.waiting, _just_bounced(one.waiting), now))
            continue
        if outbox.epoch(me.ports.facts.outbox) != me.epoch:
            states.append("overtaken")  # the younger sender has settled it already
            continue
        receipt = await _hand_over(me, one)
        bounced |= isinstance(receipt, Refused) and receipt.suppress
        states.append(_record_soon(me, one.waiting, receipt, now))
    return states


async def _hand_over(me: Sender, one: Ready) -> Receipt:
    asked = one.waiting.asked
    me.open.unsent.pop(_name(asked), None)
    try:
        return await me.ports.transport(asked.workspace).send(one.rendered.email, one.raw)
    except Exception as wrong:  # a transport answers with receipts: nobody knows how far it came
        return Unclear(_at_fault("may have gone", asked, wrong))


def _at_fault(what: str, asked: Asked, wrong: Exception) -> str:
    """The fault by its name and place only: its text may hold what is hers."""
    trace = wrong.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    code = trace.tb_frame.f_code.co_name if trace else ""
    log.error("deliver.fault", key=asked.key, what=what, fault=type(wrong).__name__, place=code)
    return f"{what}: {type(wrong).__name__} in {code}"


def _just_bounced(waiting: Waiting) -> Result:
    reason = "suppressed: the address is on the exclusion list: bounced"
    return Result(state=Outcome.SKIPPED, reason=reason, attempts=waiting.attempts)


def _record_soon(me: Sender, waiting: Waiting, receipt: Receipt, now: datetime) -> str:
    """What has gone is told to the outbox, later when there is no room for it now."""
    try:
        return _record(me, waiting, receipt, now)
    except sa.exc.DBAPIError as error:
        if not is_full(error):
            raise
        me.open.sent.append((waiting, receipt))
        return "not recorded yet"


def _record(me: Sender, waiting: Waiting, receipt: Receipt, now: datetime) -> str:
    return _keep(me, waiting, settle(waiting.asked, waiting.attempts, receipt, now), now)


def _name(asked: Asked) -> tuple[str, str]:
    return asked.workspace, asked.key


def _keep(me: Sender, waiting: Waiting, result: Result, now: datetime) -> str:
    kept = outbox.record(me.ports.facts.outbox, waiting.asked, me.epoch, result, now)
    return result.state.value if kept else "overtaken"


def write(me: Sender, asked: Asked, now: datetime) -> Rendered:
    """The words of a message, with the catalogue of this moment."""
    house = me.ports.house(asked.workspace)
    tongue, color = house.workspace.language, house.workspace.color
    name = (asked.workspace, asked.template, asked.template_hash, asked.language, tongue, color)
    if name not in me.prepared or not asked.template_hash:
        template = me.ports.template(asked)
        if template is None:
            raise TemplateWrong(f"there is no template {asked.template}")
        me.prepared[name] = prepare(template, asked.language, tongue, color)
    names = [name for line in asked.lines for name in line.ids]
    products = me.ports.products(asked.workspace, names)
    return render(me.prepared[name], asked, house, products, now)


# -- telling the log -------------------------------------------------------------------------


def tell(facts: Facts, now: datetime) -> int:
    """Outcomes become events of the log: at least once, doubles have the same messageId."""
    outcomes = outbox.untold(facts.outbox)
    if outcomes:
        by_workspace: dict[str, list[Untold]] = {}
        for one in outcomes:
            by_workspace.setdefault(one.asked.workspace, []).append(one)
        journal.append(facts.journal, [_entry(*item) for item in by_workspace.items()], now)
        outbox.told(facts.outbox, outcomes)
    return len(outcomes)


def _entry(workspace: str, outcomes: list[Untold]) -> Entry:
    events = [outcome(one.asked, one.state, one.reason, one.ended) for one in outcomes]
    body, sums = batch(events)
    return Entry(
        workspace,
        Source.INNESCO,
        "innesco",
        events=len(events),
        body=body,
        sums=sums,
        suppress=tuple(_suppression(one.asked) for one in outcomes if _bounced(one)),
    )


def _bounced(one: Untold) -> bool:
    return one.state is Outcome.FAILED and gone(one.reason)


def _suppression(asked: Asked) -> Suppression:
    return Suppression(asked.workspace, asked.channel, asked.address, "bounced")
