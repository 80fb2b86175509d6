"""Local days: calendar windows count the days of the shop's own calendar, not 24 hours."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from innesco.events.event import EPOCH

FIRST = EPOCH.toordinal()


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
