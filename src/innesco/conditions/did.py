"""What she did: how often, how much, the first or last of it, in a window of time."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from functools import cached_property
from math import ceil, floor

from sqlglot import exp

from innesco.conditions.explained import Saw, Words
from innesco.conditions.facts import WHOLE, Values
from innesco.conditions.figures import Distinct, Figured, Times, figure_values
from innesco.conditions.kind import Kind
from innesco.conditions.language import Language, plain, quoted, say
from innesco.conditions.operators.number import (
    AtLeast,
    AtMost,
    Is,
    LessThan,
    NumberOperator,
    Say,
    is_number,
    literal,
)
from innesco.conditions.operators.operator import Operator
from innesco.conditions.scope import Figure, Scope, Source
from innesco.conditions.soonest import soonest, soonest_column
from innesco.conditions.view import View
from innesco.conditions.where import LineWhere, Where, in_words
from innesco.conditions.window import Ever, ThisVisit, Window
from innesco.events.event import Event, moment_of

NEVER: tuple[Event, ...] = ()

_WITH_LINES: tuple[Source, Source] = ("lines", "events with lines")
_IN_VISIT: Mapping[Source, Source] = {
    "events": "visit events",
    "lines": "visit lines",
    "events with lines": "visit events with lines",
}


class Did(Kind, frozen=True, tag="did", rename={"is_": "is"}, dict=True):
    """She saw shoes at least three times in the last week:

    ```json
    {"kind": "did", "event": "Product Viewed",
     "where": [{"property": "category", "is": {"operator": "equals", "text": "shoes"}}],
     "window": {"window": "last", "length": {"days": 7}},
     "of": {"figure": "times"}, "is": {"operator": ">=", "number": 3}}
    ```

    `where` asks the event's own properties, `lines` one and the same line of an order or cart.
    Without `of` and `is` it means *at least once*.
    """

    event: str
    where: tuple[Where, ...] = ()
    lines: tuple[LineWhere, ...] = ()
    window: Window = Ever()
    of: Figured = Times()
    is_: Operator = AtLeast(1)

    def __post_init__(self) -> None:
        if self.lines and not isinstance(self.of, Times):
            raise ValueError("lines can be counted only: leave `of` out, or ask for times")

    def holds(self, view: View) -> bool:
        return self._answers(self.meant(view), view)

    def column(self, scope: Scope) -> exp.Expr:
        return self.is_.column(self._values(scope), scope.now)

    def changes_at(self, view: View) -> datetime | None:
        """When enough events have left the window for another answer, or one grows too old.

        Exact for *how many times*; any other figure may change whenever an event leaves, and any
        figure of a window that opens ahead whenever one enters.
        """
        leaves = self._leaves(self.meant(view), view)
        return soonest((leaves, self._grows_old(view))) if self.ages else leaves

    def changes_column(self, scope: Scope) -> exp.Expr | None:
        return soonest_column((self._leaves_column(scope), *self._grows_old_columns(scope)))

    def listens(self) -> frozenset[str]:
        return frozenset({f"event {self.event}"})

    def needs(self) -> Mapping[str, int]:
        """Fewer events than this, wherever in time, mean no."""
        if isinstance(self.of, Times) and isinstance(self.is_, AtLeast) and self.is_.number > 0:
            return {self.event: ceil(self.is_.number)}
        return {}

    def reach(self, view: View) -> datetime:
        return self.window.reach(view)

    def sentence(self, language: Language) -> str:
        return self._sentence(language, plain)

    def asks(self, view: View, words: Words) -> str:
        return self._sentence(words.language, words.money if self._is_money else plain)

    def saw(self, view: View, words: Words) -> Saw:
        meant = self._find(view)
        value = self.of.of(meant, self.is_.kind)
        times = _how_often(words, len(meant), view.events.many(self.event))
        if meant:
            last = words.moment(meant[-1].moment)
            times += words.say(en=f", last on {last}", it=f", l'ultima il {last}")
        if isinstance(self.of, Times):
            return Saw(value, times)
        if self._is_money and is_number(value):
            return Saw(value, f"{words.money(value)} ({times})")
        return Saw(value, f"{words.fact(value)} ({times})")

    @property
    def _is_money(self) -> bool:
        return not isinstance(self.of, Times | Distinct) and self.of.property in WHOLE

    def _sentence(self, language: Language, number: Say) -> str:
        of = self.of.sentence(language)
        event = quoted(self.event) + in_words(language, self.where, self.lines)
        event += self.window.sentence(language)
        if isinstance(self.of, Times):
            return _times(language, event, self.is_)
        is_ = self.is_
        asked = (
            is_.sentence(language, number)
            if isinstance(is_, NumberOperator)
            else is_.sentence(language)
        )
        return say(language, en=f"{of} of {event} {asked}", it=f"{of} di {event} {asked}")

    def meant(self, view: View) -> Sequence[Event]:
        """Her events of this name, in the window, for which the filters hold; looked up once.

        None of them when they are too few for a yes.
        """
        found = view.meant.get(id(self))
        if found is None:
            few = view.events.many(self.event) < self._least  # none of them need be decoded
            found = view.meant[id(self)] = NEVER if few else self._find(view)
        return found

    def _find(self, view: View) -> Sequence[Event]:
        return self._filtered(self.window.within(view.events.named(self.event), view), view)

    def _filtered(self, meant: Sequence[Event], view: View) -> Sequence[Event]:
        for one in self.where:
            meant = one.only(meant, view.micros)
        if self.lines:
            meant = [event for event in meant if self._in_one_line(event, view.micros)]
        return meant

    @cached_property
    def _least(self) -> int:
        return self.needs().get(self.event, 0)

    def _in_one_line(self, event: Event, now: int) -> bool:
        return any(all(one.holds(item, now) for one in self.lines) for item in event.items)

    def _answers(self, meant: Sequence[Event], view: View) -> bool:
        return self.is_.holds(self.of.of(meant, self.is_.kind), view.micros)

    def _leaves(self, meant: Sequence[Event], view: View) -> datetime | None:
        if self.window.opens:
            return self._leaves_or_enters(view)
        if not meant or self.window.leaves(meant[0], view) is None:
            return None
        if not isinstance(self.of, Times):
            return self.window.leaves(meant[0], view)
        many = len(meant)
        if isinstance(self.is_, AtLeast):
            keeps = many - ceil(self.is_.number)  # so many may leave before too few are left
            return self.window.leaves(meant[keeps], view) if 0 <= keeps < many else None
        now = self._answers(meant, view)
        for gone in range(1, many + 1):
            if self.is_.holds(many - gone, view.micros) is not now:
                return self.window.leaves(meant[gone - 1], view)
        return None

    def _leaves_or_enters(self, view: View) -> datetime | None:
        """When the first one leaves or enters."""
        inside, named = self._find(view), view.events.named(self.event)
        ahead = self.window.ahead(named, view)
        if not self.ages:  # else the answer about it may be another one by then
            ahead = self._filtered(ahead, view)
        leaves = self.window.leaves(inside[0], view) if inside else None
        return soonest((leaves, self.window.enters(ahead[0], view) if ahead else None))

    def _leaves_or_enters_column(self, scope: Scope) -> exp.Expr | None:
        first, ahead = (
            exp.Min(this=exp.column(self.window.counts, "e")),
            [self.window.ahead_column(scope)],
        )
        leaves = self.window.leaves_column(self._figure(scope, first), scope)
        filters = [] if self.ages else self._filters(scope)
        entering = self._of_rows(scope, first.copy(), [*filters, *ahead])
        return soonest_column((leaves, self.window.enters_column(entering, scope)))

    def _leaves_column(self, scope: Scope) -> exp.Expr | None:
        """Of a count: the moment of the event below which it is one with another answer."""
        if self.window.opens:
            return self._leaves_or_enters_column(scope)
        if self.window.leaves_column(exp.null(), scope) is None:
            return None
        if not isinstance(self.of, Times):
            first = exp.Min(this=exp.column(self.window.counts, "e"))
            return self.window.leaves_column(self._figure(scope, first), scope)
        fewer = [self._figure(scope, self._latest(many + 1)) for many in self._turns(scope.now)]
        # the greatest count comes first: who has not that many has NULL there
        turns = [self.window.leaves_column(one, scope) for one in fewer]
        return exp.func("coalesce", *turns) if turns else None

    def _turns(self, now: int) -> list[int]:
        """Counts that have another answer than the next one, the greatest first."""
        near = {floor(edge) - by for edge in self.is_.edges(now) for by in (0, 1)}
        found = [
            many
            for many in near
            if many >= 0 and self.is_.holds(many, now) is not self.is_.holds(many + 1, now)
        ]
        return sorted(found, reverse=True)

    def _latest(self, nth: int) -> exp.Expr:
        """By what the n-th latest event leaves; NULL when there are fewer."""
        by: exp.Expr = exp.column(self.window.counts, "e")
        if nth == 1:
            return exp.Max(this=by)
        if self.lines:  # of several lines of one event it counts once
            by = exp.Distinct(expressions=[_struct(by=by, seq=exp.column("seq", "e"))])
        newest = exp.ArraySort(this=exp.ArrayAgg(this=by), asc=exp.false(), nulls_first=exp.false())
        found = exp.Bracket(this=newest, expressions=[literal(nth - 1)])
        return exp.Dot(this=found, expression=exp.to_identifier("by")) if self.lines else found

    @cached_property
    def ages(self) -> bool:
        """Whether its figure, or a filter, asks how long ago something was."""
        asked = [self.is_, *(one.is_ for one in self.where), *(one.is_ for one in self.lines)]
        return any(one.ages for one in asked)

    def _grows_old(self, view: View) -> datetime | None:
        """When the figure's own answer, or that of a filter about an event, is another one."""
        now, figure = view.micros, self.of.of(self.meant(view), self.is_.kind)
        times = [self.is_.changes_at(figure, now)]
        for event in self.window.within(view.events.named(self.event), view):
            if event.items or not self.lines:
                times += [one.changes_at(event, now) for one in self.where]
            times += [one.changes_at(item, now) for item in event.items for one in self.lines]
        known = [time for time in times if time is not None]
        return moment_of(min(known)) if known else None

    def _grows_old_columns(self, scope: Scope) -> Iterable[exp.Expr | None]:
        if self.is_.ages:
            yield self.is_.changes_column(self._values(scope), scope.now)
        filters = [one.changes_column(scope.now) for one in self.where]
        filters += [one.changes_column(scope.now, self._line) for one in self.lines]
        first = soonest_column(filters)
        if first is not None:
            yield self._figure(scope, exp.Min(this=first), filtered=False)

    @property
    def _line(self) -> str:
        """Where SQL finds the lines: beside their events only when those are asked too."""
        return "l" if self.where else "e"

    def _values(self, scope: Scope) -> Values:
        """The figure in SQL; NULL for nothing where that gives the same answers."""
        counts_lines = isinstance(self.of, Times) and self.lines
        aggregate = Times().lines_column() if counts_lines else self.of.column(self.is_.kind)
        value: exp.Expr = self._figure(scope, aggregate)
        nothing = self.of.of(NEVER, self.is_.kind)
        said = self.is_.holds(nothing, scope.now) or self.is_.holds(None, scope.now)
        if nothing is not None and (said or self.is_.ages):
            value = exp.func("coalesce", value, literal(float(nothing)))
        return figure_values(value, self.of, self.is_.kind)

    def _figure(self, scope: Scope, aggregate: exp.Expr, filtered: bool = True) -> exp.Expr:
        """An aggregate over her events of this name in the window, and for which filters hold."""
        window, filters = self.window.column(scope), self._filters(scope) if filtered else []
        return self._of_rows(scope, aggregate, filters + ([window] if window is not None else []))

    def _filters(self, scope: Scope) -> list[exp.Expr]:
        filters = [one.column(scope.now) for one in self.where]
        return filters + [one.column(scope.now, self._line) for one in self.lines]

    def _of_rows(self, scope: Scope, aggregate: exp.Expr, asked: list[exp.Expr]) -> exp.Expr:
        source: Source = "events" if not self.lines else _WITH_LINES[bool(self.where)]
        if isinstance(self.window, ThisVisit):
            source = _IN_VISIT[source]
        named = exp.column("name", "e").eq(self.event)
        return scope.figure(source, Figure(aggregate, named, tuple(asked)))


def _how_often(words: Words, meant: int, named: int) -> str:
    """`2 times of 5 in all`: what the window or a filter left out is said."""
    if not named:
        return words.say(en="never", it="mai")
    times = words.say(
        en="once" if meant == 1 else f"{meant} times",
        it="una volta" if meant == 1 else f"{meant} volte",
    )
    return times + (words.say(en=f" of {named} in all", it=f" su {named}") if meant < named else "")


def _times(language: Language, event: str, is_: Operator) -> str:
    """`did “Order Completed” at least 2 times in the last 30 days`, `never did …`."""
    match is_:
        case AtLeast(1):
            return say(language, en=f"did {event}", it=f"ha fatto {event}")
        case AtMost(0) | Is(0) | LessThan(1):
            return say(language, en=f"never did {event}", it=f"non ha mai fatto {event}")
        case AtLeast(number):
            en, it = f"at least {plain(number)}", f"almeno {plain(number)}"
        case AtMost(number):
            en, it = f"at most {plain(number)}", f"al massimo {plain(number)}"
        case Is(number):
            en, it = f"exactly {plain(number)}", f"esattamente {plain(number)}"
        case _:
            asked = is_.sentence(language)
            return say(
                language,
                en=f"the times of {event}: their number {asked}",
                it=f"le volte di {event}: il loro numero {asked}",
            )
    return say(language, en=f"{en} times {event}", it=f"{it} volte {event}")


def _struct(**fields: exp.Expr) -> exp.Expr:
    """Several values as one, compared in this order."""
    return exp.Struct(
        expressions=[
            exp.PropertyEQ(this=exp.to_identifier(name), expression=value)
            for name, value in fields.items()
        ]
    )
