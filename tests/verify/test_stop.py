"""The house asked to stop under load: the whole proof is `innesco verify stop`, fifty times."""

from innesco.verify import stop
from innesco.verify.report import told


def quiet(text: str) -> None:
    return None


def test_stops_lose_nothing_and_leave_nothing_half_sent() -> None:
    found = stop.stop(2, 7, quiet)
    assert found.holds, told(found)


def test_planted_faults_are_caught_each_by_its_own_row() -> None:
    found = stop.sabotaged(1, 7, quiet)
    assert found.holds, told(found)
