"""A sequence: she did one thing, then another, in this order, with nothing of a kind in between."""

from collections.abc import Iterator, Mapping, Sequence as Events
from datetime import datetime

from sqlglot import exp

from innesco.conditions.explained import Saw, Words
from innesco.conditions.kind import Kind
from innesco.conditions.language import Language, listed, say
from innesco.conditions.scope import Scope
from innesco.conditions.soonest import soonest, soonest_column
from innesco.conditions.steps import (
    Afterwards,
    Barriers,
    Key,
    Link,
    Missing,
    Step,
    barriers_of,
    ends,
)
from innesco.conditions.steps_column import chains
from innesco.conditions.view import View
from innesco.conditions.window import Ever, Window
from innesco.events.event import Event, micros, moment_of
from innesco.profiles.history import place

MOST_STEPS = 10


class Sequence(Kind, frozen=True, tag="sequence", dict=True):
    """She saw a product, put the same one into the cart within two hours, and ordered nothing in
    the 24 hours after that:

    ```json
    {"kind": "sequence",
     "steps": [{"event": "Product Viewed"},
               {"event": "Product Added", "within": {"hours": 2}}],
     "same": ["product"],
     "afterwards": {"without": [{"event": "Order Completed"}], "length": {"hours": 24}}}
    ```

    There exist such events, one after the other by (moment, place in the log), all of them in the
    window. `within` and `after` measure from the step before; `without` is what must not lie
    between the two. `afterwards` with a length holds once it is over, without one as long as
    nothing of the kind has come.
    """

    steps: tuple[Step, ...]
    same: tuple[str, ...] = ()
    window: Window = Ever()
    afterwards: Afterwards | None = None

    def __post_init__(self) -> None:
        if not 1 <= len(self.steps) <= MOST_STEPS:
            raise ValueError(f"a sequence has 1 to {MOST_STEPS} steps")
        first = self.steps[0]
        if first.within or first.after or first.without:
            raise ValueError(
                "nothing comes before the first step: it has no within, after, without"
            )
        if self.afterwards and not self.afterwards.without:
            raise ValueError("afterwards needs an event that must not follow")
        if not self.same and any(one.same for one in self._missing()):
            raise ValueError("an event with the same values needs `same`, which says of what")

    def holds(self, view: View) -> bool:
        return self._whole(view) is not None

    def column(self, scope: Scope) -> exp.Expr:
        return exp.not_(self._chains(scope, "start").is_(exp.null()))

    def changes_at(self, view: View) -> datetime | None:
        """When the youngest whole chain loses its first event, or the quiet after one is over."""
        whole = self._whole(view)
        changes = self.window.leaves(whole.start, view) if whole else self._due(view)
        return soonest((changes, self._enters(view))) if self.window.opens else changes

    def changes_column(self, scope: Scope) -> exp.Expr | None:
        start, due = self._chains(scope, "start"), self._chains(scope, "due")
        leaves = self.window.leaves_column(start, scope)
        none = exp.not_(start.is_(exp.null()))
        changes = exp.case().when(none, leaves if leaves is not None else exp.null()).else_(due)
        if not self.window.opens:
            return changes
        enters = self.window.enters_column(self._chains(scope, "ahead"), scope)
        return soonest_column((changes, enters))

    def listens(self) -> frozenset[str]:
        every = (*self.steps, *self._missing())
        return frozenset(f"event {one.event}" for one in every)

    def needs(self) -> Mapping[str, int]:
        names = [step.event for step in self.steps]
        return {name: names.count(name) for name in names}

    def reach(self, view: View) -> datetime:
        return self.window.reach(view)

    def sentence(self, language: Language) -> str:
        said = say(language, en="did ", it="ha fatto ")
        said += say(language, en=", then ", it=", poi ").join(
            _step(language, step) for step in self.steps
        )
        if self.same:
            same = listed(language, self.same, en="and", it="e")
            said += say(
                language, en=f", all of the same {same}", it=f", tutti con lo stesso {same}"
            )
        said += self.window.sentence(language)
        return said + (_afterwards(language, self.afterwards) if self.afterwards else "")

    def saw(self, view: View, words: Words) -> Saw:
        whole = self._whole(view)
        if whole is not None:
            start, last = words.moment(whole.start.moment), words.moment(whole.event.moment)
            said = words.say(en=f"from {start} to {last}", it=f"dal {start} al {last}")
            return Saw(micros(whole.event.moment), said)
        due = self._due(view)
        if due is not None:
            until = words.moment(due)
            return Saw(
                None, words.say(en=f"is waited for until {until}", it=f"si attende fino al {until}")
            )
        came, all_ = self._came(view), len(self.steps)
        if came == all_:
            return Saw(None, words.say(en="something came afterwards", it="poi è venuto altro"))
        return Saw(None, words.say(en=f"{came} of {all_} steps", it=f"{came} passi su {all_}"))

    def _whole(self, view: View) -> Link | None:
        """Of the chains that stand whole, the one that began last."""
        return max(
            (link for link, since in self._stood(view) if since is None or since <= view.micros),
            key=lambda link: place(link.start),
            default=None,
        )

    def _due(self, view: View) -> datetime | None:
        """When time alone makes a chain whole whose first event has not left by then."""
        times = [
            since
            for link, since in self._stood(view)
            if since is not None and not self._left(link.start, since, view)
        ]
        return moment_of(min(times)) if times else None

    def _enters(self, view: View) -> datetime | None:
        """When the first event enters that may be a step."""
        ahead = [
            self.window.enters(events[0], view)
            for step in self.steps
            if (events := step.among(self._ahead(step, view), view.micros))
        ]
        return min(ahead, default=None)

    def _ahead(self, step: Step, view: View) -> Events[Event]:
        return self.window.ahead(view.events.named(step.event), view)

    def _left(self, event: Event, by: int, view: View) -> bool:
        leaves = self.window.leaves(event, view)
        return leaves is not None and micros(leaves) <= by

    def _stood(self, view: View) -> Iterator[tuple[Link, int | None]]:
        """Chains after which nothing came that must not, and when that is sure, if not at once."""
        afterwards = self.afterwards
        barriers = barriers_of(afterwards.without, self.same, view) if afterwards else None
        for key, links in ends(self.steps, self.same, self.window, view).items():
            for link in links:
                if afterwards is None or barriers is None:
                    yield link, None
                elif _quiet(link, key, barriers, afterwards):
                    length = afterwards.length
                    at = micros(link.event.moment)
                    yield link, at + length.micros + 1 if length else None

    def _came(self, view: View) -> int:
        """How many steps were done, from the first on."""
        many = range(len(self.steps), 0, -1)
        reached = (n for n in many if ends(self.steps[:n], self.same, self.window, view))
        return next(reached, 0)

    def _missing(self) -> Iterator[Missing]:
        for step in self.steps:
            yield from step.without
        yield from self.afterwards.without if self.afterwards else ()

    def _chains(self, scope: Scope, column: str) -> exp.Column:
        query = chains(self.steps, self.same, self.window, self.afterwards, scope)
        return scope.beside(query, column)


def _quiet(link: Link, key: Key, barriers: Barriers, afterwards: Afterwards) -> bool:
    came = barriers.after(place(link.event), key)
    if came is None:
        return True
    length = afterwards.length
    return length is not None and micros(came[0]) > micros(link.event.moment) + length.micros


def _step(language: Language, step: Step) -> str:
    said = step.said(language)
    if step.after:
        length = step.after.sentence(language)
        said += say(language, en=f" {length} or more later", it=f" almeno {length} dopo")
    if step.within:
        length = step.within.sentence(language)
        said += say(language, en=f" within {length}", it=f" entro {length}")
    if step.without:
        missing = _listed(language, step.without)
        said += say(
            language, en=f" (in between no {missing})", it=f" (e in mezzo nessun {missing})"
        )
    return said


def _afterwards(language: Language, afterwards: Afterwards) -> str:
    missing = _listed(language, afterwards.without)
    if afterwards.length is None:
        return say(language, en=f", and no {missing} since", it=f", e poi nessun {missing}")
    length = afterwards.length.sentence(language)
    return say(
        language,
        en=f", and no {missing} in the {length} after that",
        it=f", e nessun {missing} entro {length} da allora",
    )


def _listed(language: Language, missing: tuple[Missing, ...]) -> str:
    said = [
        one.said(language)
        + (say(language, en=" of the same", it=" dello stesso") if one.same else "")
        for one in missing
    ]
    return listed(language, said, en="or", it="o")
