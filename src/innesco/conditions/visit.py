"""The visit: what she has done on the site since she came, the last time she came."""

from collections.abc import Callable
from typing import Literal

from sqlglot import exp

from innesco.conditions.explained import Saw, Words
from innesco.conditions.facts import NO_FLAG, NO_TEXT, Values
from innesco.conditions.kind import Kind
from innesco.conditions.language import Language, say
from innesco.conditions.operators.number import NumberOperator
from innesco.conditions.scope import Scope
from innesco.conditions.view import View
from innesco.events.event import micros
from innesco.profiles.person import Person, Visit

VisitFigure = Literal["products", "pages", "categories", "searches", "seconds", "number"]


class InVisit(Kind, frozen=True, tag="visit", rename={"is_": "is"}):
    """`{"kind": "visit", "figure": "products", "is": {"operator": ">=", "number": 3}}`.

    It speaks of the visit under way or, once she left, of her last one. Somebody who was never
    on the site has no figures. `number` is 1 in her first visit.
    """

    figure: VisitFigure
    is_: NumberOperator

    def holds(self, view: View) -> bool:
        visit = view.person.visit
        return self.is_.holds(visit_figure(visit, self.figure) if visit else None)

    def column(self, scope: Scope) -> exp.Expr:
        own = scope.own(f"visit_{self.figure}")
        return self.is_.column(Values(NO_TEXT, own, NO_FLAG))

    def listens(self) -> frozenset[str]:
        return frozenset({"visit"})

    def sentence(self, language: Language) -> str:
        name_en, name_it = NAMES[self.figure]
        asked = self.is_.sentence(language)
        return say(
            language, en=f"in the visit, {name_en} {asked}", it=f"nella visita, {name_it} {asked}"
        )

    def saw(self, view: View, words: Words) -> Saw:
        visit = view.person.visit
        if visit is None:
            return Saw(None, words.say(en="was never on the site", it="mai stata sul sito"))
        value, since = visit_figure(visit, self.figure), words.moment(visit.started)
        en, it = f"{value}, in the visit of {since}", f"{value}, nella visita del {since}"
        return Saw(value, words.say(en=en, it=it))


NAMES: dict[VisitFigure, tuple[str, str]] = {
    "products": ("the number of products seen", "il numero di prodotti visti"),
    "pages": ("the number of pages", "il numero di pagine"),
    "categories": ("the number of categories", "il numero di categorie"),
    "searches": ("the number of searches", "il numero di ricerche"),
    "seconds": ("the time in seconds", "il tempo in secondi"),
    "number": ("its number", "il suo numero"),
}

_FIGURES: dict[VisitFigure, Callable[[Visit], int]] = {
    "products": lambda visit: len(visit.products),
    "pages": lambda visit: visit.pages,
    "categories": lambda visit: len(visit.categories),
    "searches": lambda visit: visit.searches,
    "seconds": lambda visit: (micros(visit.last) - micros(visit.started)) // 1_000_000,
    "number": lambda visit: visit.number,
}


_COLUMNS = {f"visit_{name}": of for name, of in _FIGURES.items()}


def visit_figure(visit: Visit, figure: VisitFigure) -> int:
    return _FIGURES[figure](visit)


def visit_figures(person: Person) -> dict[str, int | None]:
    """All of them by the name of their column, as `columns/feed.py` passes them on."""
    visit = person.visit
    if visit is None:
        return dict.fromkeys(_COLUMNS)
    return {column: of(visit) for column, of in _COLUMNS.items()}
