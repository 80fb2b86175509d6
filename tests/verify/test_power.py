"""Power cuts on a file system of their own; needs root and xfsprogs, as `innesco verify power`."""

import pytest

from innesco.verify import power
from innesco.verify.report import told


@pytest.fixture(autouse=True)
def _machine() -> None:
    try:
        power.check_machine()
        power.try_disk()
    except power.CannotCut as why:
        pytest.skip(str(why))


def quiet(text: str) -> None:
    return None


def test_nothing_acknowledged_is_lost_when_the_power_goes() -> None:
    found = power.power(1, 0.5, quiet)
    assert found.holds, told(found)


def test_a_log_that_does_not_wait_for_the_disk_is_caught() -> None:
    found = power.sabotaged(1, 0.5, quiet)
    assert found.holds, told(found)
