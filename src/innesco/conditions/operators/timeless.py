"""What every operator has: a tag in JSON, and answers that time alone may or may not change."""

from typing import ClassVar

from msgspec import Struct
from sqlglot import exp

from innesco.conditions.facts import Values
from innesco.events.event import Fact


class Timeless(Struct, frozen=True, tag_field="operator", forbid_unknown_fields=True):
    """An operator whose answer about one value never changes by time alone."""

    ages: ClassVar[bool] = False  #: whether time alone may change its answer

    def changes_at(self, value: Fact | None, now: int) -> int | None:
        """When time alone gives another answer about this value, in microseconds."""
        return None

    def changes_column(self, values: Values, now: int) -> exp.Expr | None:
        """The same of a whole column; None when it never does."""
        return None

    def edges(self, now: int) -> tuple[float, ...]:
        """The numbers at which, or just beside which, its answer turns."""
        return ()


def surely(answer: exp.Expr) -> exp.Expr:
    """An engine that does not know says no: in SQL an absent value would answer NULL.

    For answers that are shown or negated. A bare leaf of WHERE needs it not, and is better
    without: there NULL is already no, and `coalesce` hides the column from DuckDB's zone maps
    (16 times slower on a range of people).
    """
    return exp.func("coalesce", answer.copy(), exp.false())
