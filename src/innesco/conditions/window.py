"""Windows: which part of the past a question reads, and when time alone carries an event out.

A window includes its start and excludes its end. One that reaches up to now has no end in time:
it ends with the place in the log, so that the event that asks is counted, and no event is later
than now. An event leaves `last 7 days` one microsecond after it is seven days old.
"""

from bisect import bisect_left
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Annotated, ClassVar

from msgspec import Meta, Struct
from sqlglot import exp

from innesco.conditions.days import Unit, begins, begins_column, unit_begins
from innesco.conditions.language import Language, say
from innesco.conditions.length import Length
from innesco.conditions.operators.moment import Moment
from innesco.conditions.operators.number import literal
from innesco.conditions.scope import Scope
from innesco.conditions.view import View
from innesco.events.event import EPOCH, Event, micros

NOTHING = datetime.max.replace(tzinfo=UTC)
"""How far back a condition reads that reads no event."""


class _Window(Struct, frozen=True, tag_field="window", forbid_unknown_fields=True):
    """A window that time alone does not move."""

    counts: ClassVar[str] = "moment"  #: the column by which events leave

    def leaves(self, event: Event, view: View) -> datetime | None:
        """When time alone carries an event out that is in; later ones leave no sooner."""
        return None

    def leaves_column(self, of: exp.Expr, scope: Scope) -> exp.Expr | None:
        """The same in microseconds, of a value of the column by which they leave."""
        return None

    @property
    def opens(self) -> bool:
        """Whether time alone may carry in an event that lies ahead of it."""
        return False

    def ahead(self, events: Sequence[Event], view: View) -> Sequence[Event]:
        """Events that time alone will carry in."""
        return ()

    def ahead_column(self, scope: Scope) -> exp.Expr:
        return exp.false()

    def enters(self, event: Event, view: View) -> datetime:
        """When time alone carries in an event that lies ahead; later ones enter no sooner."""
        raise NotImplementedError

    def enters_column(self, of: exp.Expr, scope: Scope) -> exp.Expr:
        """The same in microseconds, of a value of the column by which they leave."""
        raise NotImplementedError


class Ever(_Window, frozen=True, tag="ever"):
    """All we know, imported history too."""

    def within(self, events: Sequence[Event], view: View) -> Sequence[Event]:
        return events

    def column(self, scope: Scope) -> exp.Expr | None:
        return None

    def reach(self, view: View) -> datetime:
        return EPOCH

    def sentence(self, language: Language) -> str:
        return ""


class Last(_Window, frozen=True, tag="last"):
    """The last 24 hours, to the microsecond: `{"window": "last", "length": {"hours": 24}}`."""

    length: Length

    def within(self, events: Sequence[Event], view: View) -> Sequence[Event]:
        start = self.reach(view)
        if events and events[0].moment >= start:
            return events
        return events[bisect_left(events, start, key=_moment) :]

    def column(self, scope: Scope) -> exp.Expr | None:
        return exp.column("moment", "e") >= literal(scope.now - self.length.micros)

    def leaves(self, event: Event, view: View) -> datetime | None:
        return event.moment + timedelta(microseconds=self.length.micros + 1)

    def leaves_column(self, of: exp.Expr, scope: Scope) -> exp.Expr | None:
        return exp.paren(of + literal(self.length.micros + 1))

    def reach(self, view: View) -> datetime:
        return view.now - timedelta(microseconds=self.length.micros)

    def sentence(self, language: Language) -> str:
        length = self.length.sentence(language)
        return say(language, en=f" in the last {length}", it=f" negli ultimi {length}")


class LastDays(_Window, frozen=True, tag="days"):
    """Days of the shop's calendar, today included: `{"window": "days", "days": 1}` is today."""

    counts: ClassVar[str] = "local_day"
    days: Annotated[int, Meta(ge=1, le=10_000)]

    def within(self, events: Sequence[Event], view: View) -> Sequence[Event]:
        return events[bisect_left(events, view.today - self.days + 1, key=_day) :]

    def column(self, scope: Scope) -> exp.Expr | None:
        return exp.column("local_day", "e") >= literal(scope.today - self.days + 1)

    def leaves(self, event: Event, view: View) -> datetime | None:
        return begins(event.local_day + self.days, view.zone)

    def leaves_column(self, of: exp.Expr, scope: Scope) -> exp.Expr | None:
        first, last = scope.today + 1, scope.today + self.days
        return begins_column(exp.paren(of + literal(self.days)), first, last, scope.zone)

    def reach(self, view: View) -> datetime:
        return begins(view.today - self.days + 1, view.zone)

    def sentence(self, language: Language) -> str:
        if self.days == 1:
            return say(language, en=" today", it=" oggi")
        days = self.days
        return say(
            language,
            en=f" in the last {days} days of the calendar",
            it=f" negli ultimi {days} giorni di calendario",
        )


class Ago(_Window, frozen=True, tag="ago"):
    """From 30 to 10 days ago: `{"window": "ago", "start": {"days": 30}, "end": {"days": 10}}`."""

    start: Length
    end: Length

    def __post_init__(self) -> None:
        if self.start.micros <= self.end.micros:
            raise ValueError("the start must be longer ago than the end")

    @property
    def opens(self) -> bool:
        return True

    def within(self, events: Sequence[Event], view: View) -> Sequence[Event]:
        first = bisect_left(events, self.reach(view), key=_moment)
        return events[first : bisect_left(events, self._end(view), key=_moment)]

    def column(self, scope: Scope) -> exp.Expr | None:
        moment = exp.column("moment", "e")
        start, end = scope.now - self.start.micros, scope.now - self.end.micros
        return exp.and_(moment >= literal(start), moment < literal(end), copy=False)

    def leaves(self, event: Event, view: View) -> datetime | None:
        return event.moment + timedelta(microseconds=self.start.micros + 1)

    def leaves_column(self, of: exp.Expr, scope: Scope) -> exp.Expr | None:
        return exp.paren(of + literal(self.start.micros + 1))

    def ahead(self, events: Sequence[Event], view: View) -> Sequence[Event]:
        return events[bisect_left(events, self._end(view), key=_moment) :]

    def ahead_column(self, scope: Scope) -> exp.Expr:
        return exp.column("moment", "e") >= literal(scope.now - self.end.micros)

    def enters(self, event: Event, view: View) -> datetime:
        return event.moment + timedelta(microseconds=self.end.micros + 1)

    def enters_column(self, of: exp.Expr, scope: Scope) -> exp.Expr:
        return exp.paren(of + literal(self.end.micros + 1))

    def reach(self, view: View) -> datetime:
        return view.now - timedelta(microseconds=self.start.micros)

    def sentence(self, language: Language) -> str:
        start, end = self.start.sentence(language), self.end.sentence(language)
        return say(language, en=f" from {start} to {end} ago", it=f" da {start} a {end} fa")

    def _end(self, view: View) -> datetime:
        return view.now - timedelta(microseconds=self.end.micros)


class Calendar(_Window, frozen=True, tag="calendar"):
    """A whole week (from Monday), month, quarter or year of the shop's calendar.

    `{"window": "calendar", "unit": "month", "ago": 1}` is last month; without `ago` it is this one.
    """

    unit: Unit
    ago: Annotated[int, Meta(ge=0, le=120)] = 0

    counts: ClassVar[str] = "local_day"

    @property
    def opens(self) -> bool:
        return self.ago > 0

    def within(self, events: Sequence[Event], view: View) -> Sequence[Event]:
        first, end = self._days(view.today)
        start = bisect_left(events, first, key=_day)
        return events[start : bisect_left(events, end, key=_day)]

    def column(self, scope: Scope) -> exp.Expr | None:
        day, (first, end) = exp.column("local_day", "e"), self._days(scope.today)
        return exp.and_(day >= literal(first), day < literal(end), copy=False)

    def leaves(self, event: Event, view: View) -> datetime | None:
        return begins(unit_begins(view.today, self.unit, 1), view.zone)

    def leaves_column(self, of: exp.Expr, scope: Scope) -> exp.Expr | None:
        next_ = micros(begins(unit_begins(scope.today, self.unit, 1), scope.zone))
        return exp.case().when(exp.not_(of.copy().is_(exp.null())), literal(next_))

    def ahead(self, events: Sequence[Event], view: View) -> Sequence[Event]:
        _, end = self._days(view.today)
        return events[bisect_left(events, end, key=_day) :] if self.ago else ()

    def ahead_column(self, scope: Scope) -> exp.Expr:
        _, end = self._days(scope.today)
        return exp.column("local_day", "e") >= literal(end)

    def enters(self, event: Event, view: View) -> datetime:
        return begins(unit_begins(event.local_day, self.unit, self.ago), view.zone)

    def enters_column(self, of: exp.Expr, scope: Scope) -> exp.Expr:
        enters = exp.case()
        for ahead in range(1, self.ago + 1):  # one for each unit that lies between it and now
            end = unit_begins(scope.today, self.unit, ahead - self.ago + 1)
            at = micros(begins(unit_begins(scope.today, self.unit, ahead), scope.zone))
            enters = enters.when(of.copy() < literal(end), literal(at))
        return enters

    def reach(self, view: View) -> datetime:
        first, _ = self._days(view.today)
        return begins(first, view.zone)

    def sentence(self, language: Language) -> str:
        unit, this, last, many = _UNITS[self.unit]
        match self.ago:
            case 0:
                return say(language, en=f" this {unit}", it=f" {this}")
            case 1:
                return say(language, en=f" last {unit}", it=f" {last}")
            case ago:
                return say(language, en=f" {ago} {unit}s ago", it=f" {ago} {many} fa")

    def _days(self, today: int) -> tuple[int, int]:
        """The first day, and the first one after it."""
        first = unit_begins(today, self.unit, -self.ago)
        return first, unit_begins(first, self.unit, 1)


_UNITS: dict[Unit, tuple[str, str, str, str]] = {
    "week": ("week", "questa settimana", "la settimana scorsa", "settimane"),
    "month": ("month", "questo mese", "il mese scorso", "mesi"),
    "quarter": ("quarter", "questo trimestre", "il trimestre scorso", "trimestri"),
    "year": ("year", "quest'anno", "l'anno scorso", "anni"),
}


class Between(_Window, frozen=True, tag="between"):
    """From a moment on, up to another one excluded: the week of Black Friday."""

    start: Moment
    end: Moment

    def within(self, events: Sequence[Event], view: View) -> Sequence[Event]:
        first = bisect_left(events, self.start, key=_moment)
        return events[first : bisect_left(events, self.end, key=_moment)]

    def column(self, scope: Scope) -> exp.Expr | None:
        moment = exp.column("moment", "e")
        return exp.and_(
            moment >= literal(micros(self.start)), moment < literal(micros(self.end)), copy=False
        )

    def reach(self, view: View) -> datetime:
        return self.start

    def sentence(self, language: Language) -> str:
        start, end = f"{self.start:%Y-%m-%d %H:%M}", f"{self.end:%Y-%m-%d %H:%M}"
        return say(language, en=f" between {start} and {end}", it=f" tra {start} e {end}")


class Before(_Window, frozen=True, tag="before"):
    """Everything before a moment, which is excluded."""

    moment: Moment

    def within(self, events: Sequence[Event], view: View) -> Sequence[Event]:
        return events[: bisect_left(events, self.moment, key=_moment)]

    def column(self, scope: Scope) -> exp.Expr | None:
        return exp.column("moment", "e") < literal(micros(self.moment))

    def reach(self, view: View) -> datetime:
        return EPOCH

    def sentence(self, language: Language) -> str:
        moment = f"{self.moment:%Y-%m-%d %H:%M}"
        return say(language, en=f" before {moment}", it=f" prima del {moment}")


class Since(_Window, frozen=True, tag="since"):
    """Everything from a moment on, which is included."""

    moment: Moment

    def within(self, events: Sequence[Event], view: View) -> Sequence[Event]:
        return events[bisect_left(events, self.moment, key=_moment) :]

    def column(self, scope: Scope) -> exp.Expr | None:
        return exp.column("moment", "e") >= literal(micros(self.moment))

    def reach(self, view: View) -> datetime:
        return self.moment

    def sentence(self, language: Language) -> str:
        moment = f"{self.moment:%Y-%m-%d %H:%M}"
        return say(language, en=f" since {moment}", it=f" dal {moment}")


class ThisVisit(_Window, frozen=True, tag="this visit"):
    """Since her last visit to the site began; nothing for somebody who never came."""

    def within(self, events: Sequence[Event], view: View) -> Sequence[Event]:
        visit = view.person.visit
        return events[bisect_left(events, visit.started, key=_moment) :] if visit else ()

    def column(self, scope: Scope) -> exp.Expr | None:
        return exp.column("moment", "e") >= exp.column("visit_started", "v")

    def reach(self, view: View) -> datetime:
        visit = view.person.visit
        return visit.started if visit else NOTHING

    def sentence(self, language: Language) -> str:
        return say(language, en=" in this visit", it=" in questa visita")


def _moment(event: Event) -> datetime:
    return event.moment


def _day(event: Event) -> int:
    return event.local_day


Window = Ever | Last | LastDays | Ago | Calendar | Between | Before | Since | ThisVisit
