"""Local days: calendar windows count the days of the shop's own calendar, not 24 hours."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from sqlglot import exp

from innesco.events.event import EPOCH, micros

FIRST = EPOCH.toordinal()
DAY = 86_400_000_000


def day_of(moment: datetime, zone: ZoneInfo) -> int:
    """Days since 1970-01-01 in the shop's zone, as each event keeps it."""
    return moment.astimezone(zone).toordinal() - FIRST


def begins(day: int, zone: ZoneInfo) -> datetime:
    """The first moment of a local day; where the clock leaps over midnight, the leap itself."""
    midnight = datetime.combine(date.fromordinal(day + FIRST), time(), zone)
    first = midnight.astimezone(UTC)
    while day_of(first - timedelta(microseconds=1), zone) >= day:  # midnight came twice
        first -= timedelta(hours=1)
    return first


Unit = Literal["week", "month", "quarter", "year"]
_MONTHS: dict[Unit, int] = {"month": 1, "quarter": 3, "year": 12}


def unit_begins(day: int, unit: Unit, ahead: int = 0) -> int:
    """The first day of the day's own week (a Monday), month … or of the one so many ahead."""
    if unit == "week":
        return day - (day + 3) % 7 + 7 * ahead  # 1970-01-01 was a Thursday
    own, many = date.fromordinal(day + FIRST), _MONTHS[unit]
    month = (own.year * 12 + own.month - 1) // many * many + ahead * many
    return date(month // 12, month % 12 + 1, 1).toordinal() - FIRST


def begins_column(day: exp.Expr, first: int, last: int, zone: ZoneInfo) -> exp.Expr:
    """`begins` of a column of days, in microseconds; exact from the first day to the last."""
    whole = exp.cast(day.copy(), "BIGINT")
    *earlier, (_, latest) = _offsets(first, last, zone)
    offset: exp.Expr = exp.Literal.number(str(latest))
    if earlier:
        offset = exp.case()
        for until, before in earlier:
            offset = offset.when(whole < exp.Literal.number(until), exp.convert(before))
        offset = offset.else_(exp.convert(latest))
    return exp.paren(whole * exp.Literal.number(DAY) - offset)


def _offsets(first: int, last: int, zone: ZoneInfo) -> list[tuple[int, int]]:
    """How far days begin before those of UTC, and up to which day that is so."""
    runs: list[tuple[int, int]] = []
    for day in range(first, last + 1):
        offset = day * DAY - micros(begins(day, zone))
        if runs and runs[-1][1] == offset:
            runs.pop()
        runs.append((day + 1, offset))
    return runs
