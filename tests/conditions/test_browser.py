"""The same answers in the shopper's browser: what it says of a visit is what the server says."""

import unicodedata
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from innesco.conditions.did import Did
from innesco.conditions.window import LastDays
from innesco.events.fold import fold
from innesco.profiles.person import Person
from tests.conditions import drawn
from tests.conditions.browser import Browser, faulty
from tests.conditions.browser_laws import (
    LAWS,
    agree,
    figures_of_values,
    half_known,
    operators_of_values,
    past_of,
    shares,
    values_that_age,
    visits_and_carts,
    whatever_is_asked,
    windows_at_edges,
)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    browser = Browser()
    yield browser
    browser.close()


def test_browser_and_live_agree(browser: Browser) -> None:
    """Of people whose past is known: the same answer, and the same next change."""
    met = whatever_is_asked(browser)
    true, edge = met["true"] / met["cases"], met["on an edge"] / met["cases"]
    print(f"\n{met['cases']} cases, {true:.0%} true, {edge:.0%} within 1 µs of an edge")
    assert true >= 0.20
    assert edge >= 0.05


@pytest.mark.parametrize("law", LAWS, ids=lambda law: law.__name__)
def test_densely(browser: Browser, law: Callable[[Browser], object]) -> None:
    law(browser)


def test_what_the_browser_does_not_know_it_does_not_guess(browser: Browser) -> None:
    met = half_known(browser)
    left_open = met["open"] / met["cases"]
    print(f"\n{met['cases']} cases, {left_open:.0%} left open")
    assert 0.2 <= left_open <= 0.8


def test_texts_fold_alike(browser: Browser) -> None:
    """Every letter that this Python's Unicode knows, alone and within a word."""
    letters = [
        chr(code) for code in range(0x110000) if unicodedata.category(chr(code)) not in ("Cn", "Cs")
    ]
    for texts in (letters, [f"A{letter}  Σ" for letter in letters]):
        folded = browser.folds(texts)
        wrong = [text for text, said in zip(texts, folded, strict=True) if said != fold(text)]
        assert wrong == []


def test_days_begin_alike(browser: Browser) -> None:
    """Through the window of calendar days: every night of a year is the same moment to both."""
    today = Did("Done", window=LastDays(1))
    for night in range(365):
        now = drawn.NOWS[0] + night * timedelta(hours=23, minutes=57)
        agree(browser, now, past_of(Person(id="anna"), now, [(now, {})]), [today])


# -- the laws are worth something ------------------------------------------------------------------

FAULTS = [
    (windows_at_edges, "windows.ts", "start <= moment", "start < moment"),
    (windows_at_edges, "windows.ts", "moment < end", "moment <= end"),
    (windows_at_edges, "windows.ts", "event.moment + length + 1", "event.moment + length"),
    (windows_at_edges, "windows.ts", "number(said.days) - 1", "number(said.days)"),
    (windows_at_edges, "windows.ts", "event.moment + end + 1", "event.moment + end"),
    (windows_at_edges, "windows.ts", "(day + 3) % 7", "(day + 4) % 7"),
    (
        windows_at_edges,
        "windows.ts",
        "(Math.floor(month / months) + ahead)",
        "(Math.floor(month / months) + 2 * ahead)",
    ),
    (windows_at_edges, "moments.ts", "moment += 900", "moment += 7200"),
    (windows_at_edges, "did.ts", "holds(many - n - 1)", "holds(many - n)"),
    (values_that_age, "did.ts", "...inside(view)", "...known.slice(0, 0)"),
    (operators_of_values, "operators.ts", "includes(asked), true", "includes(asked), false"),
    (operators_of_values, "operators.ts", "+ length + 1", "+ length"),
    (operators_of_values, "fold.ts", "upper.toLowerCase()", "letter.toLowerCase()"),
    (figures_of_values, "figures.ts", "PARTS + 0.5", "PARTS"),
    (figures_of_values, "figures.ts", "[...values].reverse()", "[...values]"),
    (figures_of_values, "figures.ts", "new Set(values).size", "values.length"),
    (shares, "share.ts", "2 ** 20", "2 ** 19"),
    (shares, "leaves.ts", "drawn < Math", "drawn < 2 * Math"),
    (visits_and_carts, "leaves.ts", "items.length ? Math", "items ? Math"),
    (
        visits_and_carts,
        "leaves.ts",
        "value === undefined ? undefined : is.holds(value, now)",
        "value === null ? false : is.holds(value, now)",
    ),
    (
        half_known,
        "windows.ts",
        "whole: (view) => view.now - length >= view.since",
        "whole: () => true",
    ),
    (half_known, "did.ts", "[Math.max(value as number, is.most), Infinity]", "[Infinity]"),
    (half_known, "condition.ts", "answer === undefined ? undefined : !answer", "!answer"),
    (half_known, "condition.ts", "if (said === undefined) answer = undefined;", ""),
    (whatever_is_asked, "condition.ts", 'group(kind === "any"', 'group(kind !== "any"'),
    (visits_and_carts, "leaves.ts", "is(product) || is(sku)", "is(sku)"),
]


@pytest.mark.parametrize(
    ("law", "file", "right", "wrong"), FAULTS, ids=[f"{one[1]}: {one[3]}" for one in FAULTS]
)
def test_a_planted_fault_is_seen(
    law: Callable[[Browser], object], file: str, right: str, wrong: str, tmp_path: Path
) -> None:
    browser = Browser(faulty(tmp_path, file, right, wrong))
    try:
        with pytest.raises(AssertionError):
            law(browser)
    finally:
        browser.close()
