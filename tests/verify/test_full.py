"""A full disk, for a round: the whole proof is `innesco verify full`. Needs root."""

import pytest

from innesco.verify import full
from innesco.verify.report import told


@pytest.fixture(autouse=True)
def _machine() -> None:
    try:
        with full.small_disk():
            pass
    except full.CannotFill as why:
        pytest.skip(str(why))


def quiet(text: str) -> None:
    return None


def test_a_full_disk_is_said_and_survived() -> None:
    found = full.full(1, 7, quiet)
    assert found.holds, told(found)


def test_planted_faults_are_caught_each_by_its_own_row() -> None:
    found = full.sabotaged(1, 7, quiet)
    assert found.holds, told(found)
