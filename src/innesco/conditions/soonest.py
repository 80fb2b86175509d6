"""The soonest of several changes: a group changes when the first of its parts may."""

from collections.abc import Iterable
from datetime import datetime

from sqlglot import exp


def soonest(times: Iterable[datetime | None]) -> datetime | None:
    """None stands for never."""
    first: datetime | None = None
    for time in times:
        if time is not None and (first is None or time < first):
            first = time
    return first


def soonest_column(times: Iterable[exp.Expr | None]) -> exp.Expr | None:
    """The same in SQL, where NULL is never; None when none of them is ever anything else."""
    moving = [time for time in times if time is not None]
    return exp.Least(this=moving[0], expressions=moving[1:], ignore_nulls=True) if moving else None
