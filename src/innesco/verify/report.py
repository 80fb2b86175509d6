"""What a proof answers: rows that hold or not, beside the numbers they were judged by."""

from collections.abc import Sequence

from msgspec import Struct, field


class Row(Struct, frozen=True):
    """One promise with its number: `lost acknowledged events`, 0, `0`, holds."""

    what: str
    value: float | str
    wanted: str  #: in words, with the bound
    holds: bool


class Report(Struct, frozen=True, kw_only=True):
    """`innesco verify crash --json` prints this; it exits with 0 only when it holds."""

    verify: str
    rows: list[Row]
    figures: dict[str, float | str] = field(default_factory=dict)  #: how hard it was tried
    holds: bool


def report(verify: str, rows: Sequence[Row], figures: dict[str, float | str]) -> Report:
    return Report(
        verify=verify, rows=list(rows), figures=figures, holds=all(row.holds for row in rows)
    )


def told(found: Report) -> str:
    """In lines, what does not hold first: for whoever finds it in a log."""
    broken = [
        f"✗ {row.what}: {row.value}, wanted {row.wanted}" for row in found.rows if not row.holds
    ]
    held = [f"✓ {row.what}: {row.value}" for row in found.rows if row.holds]
    figures = [f"  {what}: {value}" for what, value in found.figures.items()]
    return "\n".join([f"verify {found.verify}", *broken, *held, *figures])


def none(what: str, count: int) -> Row:
    """Of this there may be none at all."""
    return Row(what, count, "0", count == 0)


def at_least(what: str, count: float, bound: float) -> Row:
    return Row(what, count, f"at least {bound:g}", count >= bound)


def at_most(what: str, count: float, bound: float) -> Row:
    return Row(what, count, f"at most {bound:g}", count <= bound)


def equal(what: str, count: float, to: float) -> Row:
    return Row(what, count, f"{to:g}", count == to)


def caught(fault: str, found: Report, by: Sequence[str]) -> Row:
    """A planted fault is caught when a row that watches for it does not hold any more."""
    broken = [row for row in found.rows if not row.holds and row.what in by]
    told = ", ".join(f"{row.what}: {row.value}" for row in broken)
    return Row(fault, told or "not noticed", f"breaks {' or '.join(by)}", bool(broken))
