"""Where she already is: in a segment, and since when; on her way through a journey."""

from datetime import datetime

from sqlglot import exp

from innesco.conditions.explained import Saw, Words
from innesco.conditions.facts import NO_FLAG, NO_TEXT, Values
from innesco.conditions.kind import Kind
from innesco.conditions.language import Language, quoted, say
from innesco.conditions.operators.known import Present
from innesco.conditions.operators.moment import MomentOperator
from innesco.conditions.operators.timeless import surely
from innesco.conditions.scope import Figure, Scope
from innesco.conditions.view import View
from innesco.events.event import micros, moment_of


class InSegment(Kind, frozen=True, tag="in segment"):
    """`{"kind": "in segment", "segment": "vip", "since": {"operator": "within last", …}}`.

    Without `since`: a member, whenever it began.
    """

    segment: str
    since: MomentOperator | Present = Present()

    def holds(self, view: View) -> bool:
        return self.since.holds(self._joined(view), view.micros)

    def column(self, scope: Scope) -> exp.Expr:
        return self.since.column(self._joined_values(scope), scope.now)

    def changes_at(self, view: View) -> datetime | None:
        at = self.since.changes_at(self._joined(view), view.micros)
        return moment_of(at) if at is not None else None

    def changes_column(self, scope: Scope) -> exp.Expr | None:
        if not self.since.ages:
            return None
        return self.since.changes_column(self._joined_values(scope), scope.now)

    def listens(self) -> frozenset[str]:
        return frozenset({f"segment {self.segment}"})

    def sentence(self, language: Language) -> str:
        segment = quoted(self.segment)
        said = say(language, en=f"is in the segment {segment}", it=f"è nel segmento {segment}")
        if isinstance(self.since, Present):
            return said
        asked = self.since.sentence(language)
        return said + say(language, en=f", and its entry {asked}", it=f", e l'ingresso {asked}")

    def saw(self, view: View, words: Words) -> Saw:
        since = self._since(view)
        if since is None:
            return Saw(None, words.say(en="is not in it", it="non ne fa parte"))
        at = words.moment(since)
        return Saw(micros(since), words.say(en=f"is in it since {at}", it=f"ne fa parte dal {at}"))

    def _joined(self, view: View) -> int | None:
        since = self._since(view)
        return micros(since) if since is not None else None

    def _since(self, view: View) -> datetime | None:
        return view.person.segments.get(view.served.get(self.segment, self.segment))

    def _joined_values(self, scope: Scope) -> Values:
        joined = Figure(
            aggregate=exp.Max(this=exp.column("since", "e")),
            named=exp.column("segment", "e").eq(self.segment),
            others=(),
        )
        return Values(NO_TEXT, scope.figure("memberships", joined), NO_FLAG)


class InJourney(Kind, frozen=True, tag="in journey"):
    """`{"kind": "in journey", "journey": "cart-recovery"}`: on its way, not yet at its end."""

    journey: str

    def holds(self, view: View) -> bool:
        return self.journey in view.journeys

    def column(self, scope: Scope) -> exp.Expr:
        journey = exp.convert(self.journey)
        return surely(exp.ArrayContains(this=scope.own("journeys"), expression=journey))

    def listens(self) -> frozenset[str]:
        return frozenset({f"journey {self.journey}"})

    def sentence(self, language: Language) -> str:
        journey = quoted(self.journey)
        return say(language, en=f"is in the journey {journey}", it=f"è nel percorso {journey}")

    def saw(self, view: View, words: Words) -> Saw:
        inside = self.journey in view.journeys
        en, it = ("is in it", "è in corso") if inside else ("is not in it", "non è in corso")
        return Saw(inside, words.say(en=en, it=it))
