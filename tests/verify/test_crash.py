"""Kills under load, for a few seconds: the whole proof is `innesco verify crash`."""

import pytest

from innesco.verify import crash
from innesco.verify.report import told
from innesco.verify.sabotage import CRASHES

SHORT = crash.Plan(seconds=8, rate=300)


def quiet(text: str) -> None:
    return None


def test_kills_lose_nothing_and_send_nothing_twice() -> None:
    found = crash.crash(SHORT, quiet)
    assert found.holds, told(found)


@pytest.mark.parametrize("fault", CRASHES)
def test_a_planted_fault_is_caught(fault: str) -> None:
    found = crash.broken_by(crash.Plan(seconds=10, rate=300), quiet, fault)
    broken = {row.what for row in found.rows if not row.holds}
    assert broken & set(crash.BREAKS[fault]), told(found)
