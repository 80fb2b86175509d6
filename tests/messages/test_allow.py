"""The gate: each of its bounds from both sides, who comes first, and quiet hours in any zone."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings, strategies as st
from msgspec.structs import replace

from innesco.definitions.workspace import Quiet
from innesco.messages.allow import (
    GATES,
    NETWORK_MOST,
    Later,
    Never,
    Now,
    Sent,
    Standing,
    allow,
    in_quiet,
    quiet_ends,
)
from innesco.messages.asked import Class
from tests.messages.stock import NOON, ask

ROME = ZoneInfo("Europe/Rome")
GIVEN = {"marketing": "given", "profiling": "given"}
FINE = Standing(now=NOON, zone=ROME, consents=GIVEN, most_marketing_a_day=2, quiet=Quiet(22, 8))
DAY = timedelta(days=1)
TICK = timedelta(microseconds=1)
SERVICE, ORDER = Class.SERVICE, Class.TRANSACTIONAL


def sent(ago, kind=Class.MARKETING, claimed=False):
    return Sent(NOON - ago, kind, claimed)


TABLE = [
    # what was asked                       what stands about it                        the gate
    ({}, {}, None),
    ({}, {"stops": {"all": "wrong price"}}, "stop"),
    ({}, {"stops": {"channel:email": "x"}}, "stop"),
    ({"journey": "cart"}, {"stops": {"journey:cart": "x"}}, "stop"),
    ({"journey": "cart"}, {"stops": {"journey:other": "x", "channel:sms": "x"}}, None),
    ({"kind": ORDER}, {"stops": {"all": "x"}}, "stop"),
    ({"run": "r"}, {"run_stopped": "stopped by Order Completed"}, "run"),
    ({"max_lateness": 3600}, {"now": NOON + timedelta(hours=1)}, None),
    ({"max_lateness": 3600}, {"now": NOON + timedelta(hours=1) + TICK}, "late"),
    ({"kind": ORDER}, {"now": NOON + DAY + TICK}, "late"),
    ({"address": "anna@"}, {}, "address"),
    ({"address": "Anna@Example.com"}, {}, "address"),
    ({"address": "anna@example.com\nBcc: x@example.com"}, {}, "address"),
    ({}, {"suppressed": {"": "unsubscribed"}}, "suppressed"),
    ({"topic": "news"}, {"suppressed": {"news": "unsubscribed"}}, "suppressed"),
    ({"topic": "news"}, {"suppressed": {"offers": "unsubscribed"}}, None),
    ({"kind": SERVICE}, {"suppressed": {"": "unsubscribed"}}, "suppressed"),
    ({"kind": ORDER}, {"suppressed": {"": "unsubscribed"}}, None),
    ({"kind": ORDER}, {"suppressed": {"": "complained"}}, None),
    ({"kind": ORDER, "claimed_only": True}, {"suppressed": {"": "complained"}}, "suppressed"),
    ({"kind": ORDER, "claimed_only": True}, {"suppressed": {"": "unsubscribed"}}, None),
    ({}, {"consents": {}}, "consent"),
    ({}, {"consents": {"marketing": "pending"}}, "consent"),
    ({}, {"consents": {"marketing": "withdrawn"}}, "consent"),
    ({}, {"consents": {"profiling": "given"}}, "consent"),
    ({}, {"consents": {"marketing": "given"}}, None),
    ({"profiled": True}, {"consents": {"marketing": "given"}}, "profiling"),
    ({"profiled": True}, {}, None),
    ({"kind": SERVICE}, {"consents": {}}, None),
    ({"kind": SERVICE, "claimed_only": True, "journey": "j"}, {"consents": {}}, "consent"),
    ({"kind": ORDER, "claimed_only": True, "journey": "j"}, {"consents": {}}, "consent"),
    ({"kind": ORDER, "claimed_only": True, "journey": "j"}, {}, None),
    ({"kind": ORDER, "claimed_only": True, "journey": ""}, {"consents": {}}, None),
    ({"facts": {"network": "n"}}, {"sent_for_network": NETWORK_MOST - 1}, None),
    ({"facts": {"network": "n"}}, {"sent_for_network": NETWORK_MOST}, "network"),
    ({}, {"sent_for_network": NETWORK_MOST}, None),
    ({"kind": SERVICE, "profiled": True}, {"consents": {}}, "profiling"),
    ({"kind": ORDER, "profiled": True}, {"consents": {}}, None),
    ({"claimed_only": True}, {"sent": (sent(DAY, claimed=True),)}, None),
    ({"claimed_only": True}, {"sent": (sent(DAY - TICK, claimed=True),)}, "claimed"),
    ({"claimed_only": True}, {"sent": (sent(TICK, ORDER, True),)}, None),
    ({"claimed_only": True, "kind": ORDER}, {"sent": (sent(TICK, ORDER, True),)}, "claimed"),
    ({}, {"sent": (sent(TICK),)}, None),
    ({}, {"sent": (sent(TICK), sent(TICK))}, "cap"),
    ({}, {"sent": (sent(TICK), sent(timedelta(hours=12)))}, "cap"),  # midnight in Rome: today
    ({}, {"sent": (sent(TICK), sent(timedelta(hours=12) + TICK))}, None),
    ({}, {"sent": (sent(TICK), sent(TICK, ORDER))}, None),
    ({}, {"sent": (sent(TICK),) * 9, "most_marketing_a_day": 0}, None),
    ({"kind": SERVICE}, {"sent": (sent(TICK),) * 9}, None),
    ({}, {"now": NOON + timedelta(hours=10) - TICK}, None),
    ({}, {"now": NOON + timedelta(hours=10)}, "quiet"),
    ({"kind": SERVICE}, {"now": NOON + timedelta(hours=10)}, "quiet"),
    ({"kind": ORDER}, {"now": NOON + timedelta(hours=10)}, None),
    ({}, {"now": NOON + timedelta(hours=20) - TICK}, "quiet"),
    ({}, {"now": NOON + timedelta(hours=20)}, None),
]


@pytest.mark.parametrize(("asked", "standing", "gate"), TABLE)
def test_each_gate_from_both_sides_of_its_bound(asked, standing, gate):
    ruling = allow(ask(**asked), replace(FINE, **standing))
    closed = [one.gate for one in ruling.gates if not one.passed]
    assert closed == ([gate] if gate else [])
    assert getattr(ruling.verdict, "gate", None) == gate
    assert isinstance(ruling.verdict, Now) is (gate is None)


def test_all_gates_are_told_and_the_first_that_is_closed_decides():
    everything = replace(
        FINE, consents={}, suppressed={"": "bounced"}, now=NOON + timedelta(hours=11)
    )
    ruling = allow(ask(), everything)
    assert [one.gate for one in ruling.gates] == list(GATES)
    assert [one.gate for one in ruling.gates if not one.passed] == [
        "suppressed",
        "consent",
        "quiet",
    ]
    assert ruling.verdict == Never("the address is on the exclusion list: bounced", "suppressed")


def test_quiet_hours_end_when_the_wall_says_so():
    night = replace(FINE, now=NOON + timedelta(hours=10))
    assert allow(ask(), night).verdict == Later(NOON + timedelta(hours=20), "quiet")


def test_what_would_have_to_wait_past_its_limit_is_skipped_at_once():
    night = replace(FINE, now=NOON + timedelta(hours=10))
    verdict = allow(ask(max_lateness=11 * 3600), night).verdict
    assert isinstance(verdict, Never)
    assert verdict.gate == "quiet"


ZONES = [
    "Europe/Rome",
    "America/New_York",
    "Australia/Lord_Howe",
    "Asia/Kolkata",
    "Africa/Casablanca",
]
YEAR = int(datetime(2026, 1, 1, tzinfo=UTC).timestamp())
minutes = st.integers(0, 366 * 24 * 60) | st.sampled_from(
    # around the jumps of Rome (29 March, 25 October) and Lord Howe (5 April, 4 October)
    [
        (int(datetime(2026, month, day, tzinfo=UTC).timestamp()) - YEAR) // 60 + minute
        for month, day in ((3, 28), (3, 29), (4, 4), (10, 3), (10, 24), (10, 25))
        for minute in range(0, 24 * 60, 15)
    ]
)
hours = st.integers(0, 23)


@settings(max_examples=400, deadline=None)
@given(zone=st.sampled_from(ZONES), minute=minutes, start=hours, end=hours)
def test_the_first_minute_after_the_quiet_hours_whatever_the_clocks_do(zone, minute, start, end):
    quiet, wall = Quiet(start, end), ZoneInfo(zone)
    now = datetime.fromtimestamp(YEAR + minute * 60, UTC)
    if not in_quiet(now.astimezone(wall).hour, quiet):
        return
    until = quiet_ends(now, wall, quiet)
    oracle = now
    while in_quiet(oracle.astimezone(wall).hour, quiet):
        oracle += timedelta(minutes=1)
    assert until == oracle
