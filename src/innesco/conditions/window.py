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

from innesco.conditions.days import begins, begins_column
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


Window = Ever | Last | LastDays | Between | Before | Since | ThisVisit
