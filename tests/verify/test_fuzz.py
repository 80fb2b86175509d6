"""Odd requests, few of them: the whole number is `innesco verify fuzz`."""

import random

from innesco.verify import fuzz
from innesco.verify.odd import odd
from innesco.verify.report import told


def quiet(text: str) -> None:
    return None


def test_odd_requests_get_an_answer() -> None:
    found = fuzz.fuzz(400, 7, quiet)
    assert found.holds, told(found)
    answered = {f"answers {status}" for status in (200, 204, 400, 401, 405, 413)}
    assert answered <= {*found.figures}  # else they were only noise


def test_planted_faults_are_caught() -> None:
    found = fuzz.sabotaged(200, 7, quiet)
    assert found.holds, told(found)


def test_a_case_can_be_had_again() -> None:
    drawn = [odd(random.Random(f"7/{n}"), "pk_x") for n in range(50)]
    assert drawn == [odd(random.Random(f"7/{n}"), "pk_x") for n in range(50)]
