"""What she did: how often, how much, the first or last of it, in a window of time."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cached_property
from math import ceil

from sqlglot import exp

from innesco.conditions.explained import Saw, Words
from innesco.conditions.facts import WHOLE
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
from innesco.conditions.view import View
from innesco.conditions.where import LineWhere, Where, in_words
from innesco.conditions.window import Ever, ThisVisit, Window
from innesco.events.event import Event

NEVER: tuple[Event, ...] = ()


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
        source: Source = "lines" if self.lines else "events"
        if isinstance(self.window, ThisVisit):
            source = "visit lines" if self.lines else "visit events"
        value: exp.Expr = scope.figure(source, self._figure(scope))
        nothing = self.of.of(NEVER, self.is_.kind)
        said = self.is_.holds(nothing, scope.now) or self.is_.holds(None, scope.now)
        if nothing is not None and said:  # else NULL says no, as nothing would
            value = exp.func("coalesce", value, literal(float(nothing)))
        return self.is_.column(figure_values(value, self.of, self.is_.kind), scope.now)

    def changes_at(self, view: View) -> datetime | None:
        """When enough events have left the window for another answer.

        Exact for *how many times*; any other figure may change whenever an event leaves.
        """
        meant = self.meant(view)
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
        meant = self.window.within(view.events.named(self.event), view)
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

    def _figure(self, scope: Scope) -> Figure:
        window = self.window.column(scope)
        others = [one.column(scope.now) for one in self.where]
        others += [one.column(scope.now) for one in self.lines]
        others += [window] if window is not None else []
        counted = isinstance(self.of, Times) and self.lines
        return Figure(
            aggregate=Times().lines_column() if counted else self.of.column(self.is_.kind),
            named=exp.column("name", "e").eq(self.event),
            others=tuple(others),
        )


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
