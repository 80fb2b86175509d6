"""Scope: one question to all people as one SELECT, collected while conditions write themselves.

A condition's `column(scope)` answers with a boolean expression over one row a person. What it
needs of the person stands in `persons p`; what it needs of her past it asks as a *figure*, an
aggregate over `events`, `lines` or `memberships`. Figures of one table are computed in one scan.
The trees are DuckDB's dialect, kept to what sqlglot also writes for Spark (DESIGN §9).
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Literal
from zoneinfo import ZoneInfo

from msgspec import Struct
from sqlglot import exp

from innesco.conditions.days import day_of
from innesco.conditions.operators.timeless import surely
from innesco.events.event import micros

Source = Literal[
    "events",
    "lines",
    "events with lines",
    "visit events",
    "visit lines",
    "visit events with lines",
    "memberships",
]
"""What a figure reads. `events with lines` is each line, `l`, beside its event, `e`."""


class Figure(Struct, frozen=True):
    """One aggregate and the rows that it reads."""

    aggregate: exp.Expr
    named: exp.Expr  #: which rows by name: `e.name = 'Product Viewed'`
    others: tuple[exp.Expr, ...]  #: what else must hold of a row


class Scope:
    """One per question; `query` is called last."""

    def __init__(self, now: datetime, zone: ZoneInfo) -> None:
        self.now = micros(now)
        self.zone = zone
        self.today = day_of(now, zone)
        self._figures: dict[Source, list[Figure]] = {}
        self._beside: list[exp.Select] = []
        self._asks_persons = False

    def own(self, column: str) -> exp.Column:
        """A column of the person."""
        self._asks_persons = True
        return exp.column(column, "p", quoted=True)

    def figure(self, source: Source, figure: Figure) -> exp.Column:
        """The aggregate over the person's rows of a table; NULL for who has no row."""
        figures = self._figures.setdefault(source, [])
        if figure not in figures:
            figures.append(figure)
        return exp.column(f"f{figures.index(figure) + 1}", _alias(source))

    def beside(self, query: exp.Select, column: str) -> exp.Column:
        """A column of a question of its own with one row a person; NULL for who has no row."""
        if query not in self._beside:
            self._beside.append(query)
        return exp.column(column, f"q{self._beside.index(query) + 1}")

    def query(self, answer: exp.Expr, needs_rows: bool) -> exp.Select:
        """`SELECT person` of everybody for whom the answer is true.

        `needs_rows` says that nobody without a row can answer yes.
        """
        return self._rows(needs_rows).where(answer, copy=False)

    def answers(self, answer: exp.Expr, changes: exp.Expr | None, needs_rows: bool) -> exp.Select:
        """`SELECT person, answer, changes_at` of everybody who has either.

        `needs_rows` says that nobody without a row has.
        """
        changes_at = exp.cast(changes if changes is not None else exp.null(), "BIGINT")
        rows = self._rows(needs_rows).select(
            surely(answer).as_("answer"), changes_at.as_("changes_at"), copy=False
        )
        either = exp.or_("answer", exp.not_(exp.column("changes_at").is_(exp.null())))
        columns = ("person", "answer", "changes_at")
        return exp.select(*columns).from_(rows.subquery("a")).where(either, copy=False)

    def _rows(self, needs_rows: bool) -> exp.Select:
        """`SELECT person` of all, one row each, beside which all figures stand.

        With one table of figures and nothing asked of the person, those who must have a row are
        read from the figures themselves.
        """
        tables = {_alias(source): _scan(source, all_) for source, all_ in self._figures.items()}
        tables |= {f"q{n}": query for n, query in enumerate(self._beside, 1)}
        if needs_rows and len(tables) == 1 and not self._asks_persons:
            ((alias, scan),) = tables.items()
            return exp.select("person").from_(scan.subquery(alias))
        query = exp.select(exp.column("person", "p")).from_("persons AS p")
        for alias, scan in tables.items():
            same = exp.column("person", alias).eq(exp.column("person", "p"))
            query = query.join(scan.subquery(alias), on=same, join_type="left", copy=False)
        return query


def _scan(source: Source, figures: Sequence[Figure]) -> exp.Select:
    """All figures of one table in one GROUP BY."""
    person = exp.column("person", "e")
    table, _, with_lines = source.removeprefix("visit ").partition(" with ")
    query = exp.select(person).from_(f"{table} AS e")
    if with_lines:
        query = query.join("lines AS l", on="l.person = e.person AND l.seq = e.seq", copy=False)
    if source.startswith("visit "):
        same = exp.column("person", "v").eq(person)
        query = query.join("persons AS v", on=same, copy=False)
    wanted = _distinct(map(_wanted, figures))
    # rows that no figure wants never reach the GROUP BY: twice as fast as filtering there
    query = query.where(exp.or_(*wanted) if len(wanted) > 1 else wanted[0], copy=False)
    for n, figure in enumerate(figures, 1):
        query = query.select(_filtered(figure, len(wanted) > 1).as_(f"f{n}"), copy=False)
    return query.group_by(person, copy=False)


def _filtered(figure: Figure, shared: bool) -> exp.Expr:
    if not shared:
        return figure.aggregate
    where = exp.Where(this=_wanted(figure))

    def filtered(tree: exp.Expr) -> exp.Expr:
        aggregates = isinstance(tree, exp.AggFunc)
        return exp.Filter(this=tree, expression=where.copy()) if aggregates else tree

    return figure.aggregate.transform(filtered)


def _wanted(figure: Figure) -> exp.Expr:
    return exp.and_(figure.named, *figure.others)


def _distinct(trees: Iterable[exp.Expr]) -> list[exp.Expr]:
    return list({tree.sql("duckdb"): tree for tree in trees}.values())


def _alias(source: Source) -> str:
    return source.replace(" ", "_") + "_f"
