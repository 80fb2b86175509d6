"""The gate: may this message go now, later or never, and why. The one place that decides it.

`GATES` is read from top to bottom; the first one that does not let the message through decides.
All of them are asked anyway, and what each one said, with its values, is what *why* shows.
"""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from msgspec import Struct

from innesco.definitions.workspace import Quiet
from innesco.events.address import email, phone
from innesco.messages.asked import Asked, Class

LOOK_AGAIN = timedelta(seconds=30)
"""How soon a message that a person holds back is asked about again."""

DEAD = ("bounced", "complained")
"""Reasons for which not even a mail that anybody may ask for goes to an address."""

NETWORK_MOST, NETWORK_HOURS = 20, 1
"""Confirmations that one network may ask for: an office or a café has that many subscribers, who
asks for more borrows us to fill the mailboxes of others."""


class Now(Struct, frozen=True, tag="now"):
    pass


class Later(Struct, frozen=True, tag="later"):
    until: datetime
    gate: str


class Never(Struct, frozen=True, tag="never"):
    reason: str  #: a sentence for people; `gate` is the word for machines
    gate: str


Verdict = Now | Later | Never
Value = str | int | bool | None


class Gate(Struct, frozen=True):
    """One gate as it stood at the claim: `late`, passed, `{"due": …, "latest": …}`."""

    gate: str
    passed: bool
    values: dict[str, Value]


class Ruling(Struct, frozen=True):
    verdict: Verdict
    gates: tuple[Gate, ...]


class Sent(Struct, frozen=True):
    """An earlier message to the same address and channel that went, or may have gone."""

    moment: datetime
    kind: Class
    claimed_only: bool = False


class Standing(Struct, frozen=True, kw_only=True):
    """What the shell read in the transaction that claims the message."""

    now: datetime
    zone: ZoneInfo
    stops: Mapping[str, str] = {}  #: kill switches in force, scope → reason
    run_stopped: str | None = None  #: why its run was ended before its time
    suppressed: Mapping[str, str] = {}  #: topic → reason; the empty topic is everything
    consents: Mapping[str, str] = {}  #: purpose → last word of this address's ledger
    sent: tuple[Sent, ...] = ()  #: to this address in the last days
    sent_for_network: int = 0  #: to whatever address, asked for from the same network of late
    quiet: Quiet = Quiet()
    most_marketing_a_day: int = 0
    double_opt_in_hours: int = 24


def allow(asked: Asked, standing: Standing) -> Ruling:
    """Ask every gate; the first that does not let it through has the word."""
    said = [(name, gate(asked, standing)) for name, gate in GATES.items()]
    gates = tuple(Gate(name, verdict is None, values) for name, (values, verdict) in said)
    verdict = next((v for _, (_, v) in said if v is not None), None)
    return Ruling(_in_time(asked, verdict), gates)


def _in_time(asked: Asked, verdict: Now | Later | Never | None) -> Verdict:
    """Waiting past the message's own limit is never, and is said at once."""
    latest = asked.due + timedelta(seconds=asked.max_lateness)
    match verdict:
        case None:
            return Now()
        case Later(until, gate) if until > latest and gate != "stop":
            return Never(f"would have to wait until {until.isoformat()}, too late by then", gate)
        case _:
            return verdict


Said = tuple[dict[str, Value], Later | Never | None]


def _stop(asked: Asked, standing: Standing) -> Said:
    scopes = ("all", f"channel:{asked.channel}", f"journey:{asked.journey}")
    scope = next((s for s in scopes if s in standing.stops), None)
    if scope is None:
        return {}, None
    values: dict[str, Value] = {"scope": scope, "reason": standing.stops[scope]}
    return values, Later(standing.now + LOOK_AGAIN, "stop")


def _run(asked: Asked, standing: Standing) -> Said:
    because = standing.run_stopped
    verdict = Never(f"its journey was left: {because}", "run") if because else None
    return {"run": asked.run, "stopped": because}, verdict


def _late(asked: Asked, standing: Standing) -> Said:
    latest = asked.due + timedelta(seconds=asked.max_lateness)
    late = standing.now > latest
    values: dict[str, Value] = {"due": asked.due.isoformat(), "latest": latest.isoformat()}
    return values, Never(f"was worth sending until {latest.isoformat()}", "late") if late else None


def _address(asked: Asked, standing: Standing) -> Said:
    right = phone(asked.address) if asked.channel == "sms" else email(asked.address)
    wrong = right != asked.address
    values: dict[str, Value] = {"address": asked.address, "channel": asked.channel}
    return values, Never(f"is no address of {asked.channel}", "address") if wrong else None


def _suppressed(asked: Asked, standing: Standing) -> Said:
    held = standing.suppressed
    topic = next((t for t in ("", asked.topic) if t in held), None)
    reason = held[topic] if topic is not None else None
    values: dict[str, Value] = {"reason": reason, "topic": topic}
    if reason is None:
        return values, None
    if not stands_against(reason, asked):
        return values, None
    return values, Never(f"the address is on the exclusion list: {reason}", "suppressed")


def stands_against(reason: str, asked: Asked) -> bool:
    """A suppression holds back all but what she must get: her order, not what anybody asked for."""
    return asked.kind is not Class.TRANSACTIONAL or (asked.claimed_only and reason in DEAD)


def _consent(asked: Asked, standing: Standing) -> Said:
    """To an address that nobody has proved, no journey says anything that it did not agree to."""
    needed = asked.kind is Class.MARKETING or (asked.claimed_only and bool(asked.journey))
    return _purpose("marketing", needed, "consent", standing)


def _profiling(asked: Asked, standing: Standing) -> Said:
    needed = asked.profiled and asked.kind is not Class.TRANSACTIONAL
    return _purpose("profiling", needed, "profiling", standing)


def _purpose(purpose: str, needed: bool, gate: str, standing: Standing) -> Said:
    state = standing.consents.get(purpose)
    values: dict[str, Value] = {"needed": needed, "purpose": purpose, "state": state}
    if not needed or state == "given":
        return values, None
    return values, Never(f"{purpose} consent of this address is {state or 'absent'}", gate)


def _claimed(asked: Asked, standing: Standing) -> Said:
    """Anybody can type anybody's address into a page: one message of a kind, then silence."""
    transactional = asked.kind is Class.TRANSACTIONAL
    hours = standing.double_opt_in_hours if transactional else 24
    since = standing.now - timedelta(hours=hours)
    before = sum(
        one.claimed_only
        and one.moment > since
        and (one.kind is Class.TRANSACTIONAL) is transactional
        for one in standing.sent
    )
    values: dict[str, Value] = {"claimed": asked.claimed_only, "sent": before, "hours": hours}
    if not asked.claimed_only or not before:
        return values, None
    return values, Never(f"an unconfirmed address gets one message in {hours} hours", "claimed")


def _network(asked: Asked, standing: Standing) -> Said:
    sent = standing.sent_for_network
    values: dict[str, Value] = {"sent": sent, "most": NETWORK_MOST, "hours": NETWORK_HOURS}
    if not asked.network or sent < NETWORK_MOST:
        return values, None
    because = f"{sent} confirmations were asked for from one network within an hour"
    return values, Never(because, "network")


def _cap(asked: Asked, standing: Standing) -> Said:
    today = standing.now.astimezone(standing.zone).date()
    sent = sum(
        one.kind is Class.MARKETING and one.moment.astimezone(standing.zone).date() == today
        for one in standing.sent
    )
    most = standing.most_marketing_a_day
    values: dict[str, Value] = {"sent_today": sent, "most": most}
    if asked.kind is not Class.MARKETING or not most or sent < most:
        return values, None
    return values, Never(f"had {sent} messages today, the most is {most}", "cap")


def _quiet(asked: Asked, standing: Standing) -> Said:
    quiet, local = standing.quiet, standing.now.astimezone(standing.zone)
    values: dict[str, Value] = {
        "from": quiet.start,
        "to": quiet.end,
        "local": local.isoformat(timespec="minutes"),
    }
    if asked.kind is Class.TRANSACTIONAL or not in_quiet(local.hour, quiet):
        return values, None
    return values, Later(quiet_ends(standing.now, standing.zone, quiet), "quiet")


def in_quiet(hour: int, quiet: Quiet) -> bool:
    """22 to 8 goes over midnight; equal hours are no quiet at all."""
    if quiet.start <= quiet.end:
        return quiet.start <= hour < quiet.end
    return hour >= quiet.start or hour < quiet.end


def quiet_ends(now: datetime, zone: ZoneInfo, quiet: Quiet) -> datetime:
    """The next moment, in UTC, whose hour on the wall is past the quiet ones.

    Where the clock jumps over that hour, it is the first minute after the jump.
    """
    day = now.astimezone(zone).replace(
        hour=quiet.end % 24, minute=0, second=0, microsecond=0, fold=0
    )
    end = day.astimezone(now.tzinfo)
    if end > now:
        return end
    return (day + timedelta(days=1)).astimezone(now.tzinfo)


GATES: dict[str, Callable[[Asked, Standing], Said]] = {
    "stop": _stop,  # a person pulled the switch, or a backup came back
    "run": _run,  # she ordered meanwhile
    "late": _late,  # yesterday's cart mail helps nobody
    "address": _address,
    "suppressed": _suppressed,  # unsubscribed, bounced, complained
    "consent": _consent,
    "profiling": _profiling,
    "claimed": _claimed,
    "network": _network,  # one network fills many mailboxes
    "cap": _cap,
    "quiet": _quiet,
}
