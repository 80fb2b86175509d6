"""Kills under load, in short: the whole proof is `innesco verify crash`, a minute long."""

import pytest

from innesco.verify import crash
from innesco.verify.report import told
from innesco.verify.sabotage import CRASHES

TOGETHER = (
    ("acknowledge-before-commit", "position-ahead-of-the-rows", "accepted-before-kept"),
    ("claim-without-mark", "cursor-outside-the-transaction"),
)
"""Faults that do not hide each other, so that one house is enough for several: a mail that the
sandbox loses is not missed when it came twice. `--sabotage` plants each by itself."""


def quiet(text: str) -> None:
    return None


def test_kills_lose_nothing_and_send_nothing_twice() -> None:
    found = crash.crash(crash.Plan(seconds=8, rate=300, every=1.6), quiet)
    assert found.holds, told(found)


@pytest.mark.parametrize("faults", TOGETHER)
def test_planted_faults_are_caught_each_by_its_own_row(faults: tuple[str, ...]) -> None:
    rows = crash.catch(crash.Plan(seconds=3, rate=300, every=1), quiet, faults)
    assert all(row.holds for row in rows), rows


def test_all_faults_are_planted() -> None:
    assert sorted(fault for some in TOGETHER for fault in some) == sorted(CRASHES)
