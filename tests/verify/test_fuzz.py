"""Odd requests, few of them: the whole number is `innesco verify fuzz`."""

import random

from innesco.verify import fuzz
from innesco.verify.odd import odd


def quiet(text: str) -> None:
    return None


def test_odd_requests_get_an_answer() -> None:
    found = fuzz.fuzz(400, 7, quiet)
    assert found.holds, found
    kinds = {what for what in found.figures if found.figures[what] != 0}
    assert {"answers 200", "answers 400", "answers 401"} <= kinds  # else they were only noise


def test_a_handler_that_raises_is_caught() -> None:
    found = fuzz.sabotaged(100, 7, quiet)
    assert found.holds, found


def test_a_case_can_be_had_again() -> None:
    drawn = [odd(random.Random(f"7/{n}"), "pk_x") for n in range(50)]
    assert drawn == [odd(random.Random(f"7/{n}"), "pk_x") for n in range(50)]
