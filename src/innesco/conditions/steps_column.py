"""Steps in SQL: the chains of everybody in one scan of the events, sorted by (moment, seq).

An event that a step means, or that must be missing, is one row with a flag for each. Layer by
layer, a running maximum over the rows before tells a row the latest one that the step before
reached: its place `n`, its moment, and by what the first event of its chain leaves the window.
"""

from collections.abc import Iterable, Sequence

from sqlglot import exp

from innesco.conditions.facts import fact_columns
from innesco.conditions.scope import Scope
from innesco.conditions.steps import Afterwards, Missing, Step, Such
from innesco.conditions.window import ThisVisit, Window

BEFORE = "ORDER BY moment, seq ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING"
BEHIND = "ORDER BY moment, seq ROWS BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING"

FLAGS = ("s", "any", "same", "is_ahead")
"""How the columns begin that tell which of the events a row is."""


def chains(
    steps: Sequence[Step],
    same: tuple[str, ...],
    window: Window,
    afterwards: Afterwards | None,
    scope: Scope,
) -> exp.Select:
    """`person, start, due, ahead`: by what the youngest chain leaves that stands whole (NULL: none
    does), when the next one will be, in microseconds (NULL: none will by time alone), and by what
    the first event enters that may be a step."""
    query = _rows(steps, same, window, afterwards.without if afterwards else (), scope)
    keyed = ", ".join(["person", *(f"k{n}" for n in range(len(same)))])
    for n, step in enumerate(steps):
        query = _follow(query, n, step, keyed) if n else _begin(query)
    return _stand(query, f"r{len(steps) - 1}", keyed, afterwards, window, scope)


def _rows(
    steps: Sequence[Step],
    same: tuple[str, ...],
    window: Window,
    missing: Sequence[Missing],
    scope: Scope,
) -> exp.Select:
    query = _select("person, moment, seq").from_("events AS e")
    if isinstance(window, ThisVisit):
        query = query.join("persons AS v", on="v.person = e.person", join_type="left")
    query = query.select(exp.column(window.counts, "e").as_("leaves_by"))
    keys = [fact_columns(name, "e").anything() for name in same]
    query = query.select(*(key.as_(f"k{n}") for n, key in enumerate(keys)))
    inside = window.column(scope)
    always: list[exp.Expr] = [exp.not_(key.is_(exp.null())) for key in keys]
    always += [inside] if inside is not None else []
    for n, step in enumerate(steps):
        query = _flag(query, f"s{n}", [step], always, scope)
        query = _flags(query, f"{n}", step.without, scope)
    query = _flags(query, "_after", missing, scope)
    if window.opens:
        query = _flag(query, "is_ahead", steps, [window.ahead_column(scope)], scope)
    else:
        query = query.select(exp.false().as_("is_ahead"))
    every = [*steps, *missing, *(one for step in steps for one in step.without)]
    query = query.where(exp.column("name", "e").isin(*sorted({one.event for one in every})))
    return _meant(query)


def _meant(rows: exp.Select) -> exp.Select:
    """Those of the rows that are one of the events, each with its place; sorting the others is
    what would cost most."""
    flags = [one.alias for one in rows.selects if one.alias.startswith(FLAGS)]
    place = "row_number() OVER (PARTITION BY person ORDER BY moment, seq) AS n"
    return _over(rows, place).where(exp.or_(*flags))


def _begin(rows: exp.Select) -> exp.Select:
    return _over(rows, "CASE WHEN s0 THEN leaves_by END AS r0")


def _follow(before: exp.Select, n: int, step: Step, keyed: str) -> exp.Select:
    came = BEFORE
    if step.after:
        came = (
            f"ORDER BY moment RANGE BETWEEN UNBOUNDED PRECEDING AND {step.after.micros} PRECEDING"
        )
    reached, over = f"CASE WHEN r{n - 1} IS NOT NULL", f"OVER (PARTITION BY {keyed} {came})"
    missing = _missing(f"{n}", step.without, keyed)
    columns = [f"max(r{n - 1}) {over} AS start{n}"]
    if step.within:
        columns.append(f"max({reached} THEN moment END) {over} AS last_moment{n}")
    if missing:
        columns.append(f"max({reached} THEN n END) {over} AS last{n}")
    columns += [
        f"max(CASE WHEN {flag} THEN n END) OVER (PARTITION BY {by} {BEFORE}) AS last_{flag}"
        for flag, by in missing
    ]
    last = _over(before, *columns)
    asked = [f"s{n}"]
    asked += [f"last_moment{n} >= moment - {step.within.micros}"] if step.within else []
    asked += [f"last{n} >= coalesce(last_{flag}, 0)" for flag, _ in missing]
    return _over(last, f"CASE WHEN {' AND '.join(asked)} THEN start{n} END AS r{n}")


def _stand(
    ends: exp.Select,
    reached: str,
    keyed: str,
    afterwards: Afterwards | None,
    window: Window,
    scope: Scope,
) -> exp.Select:
    if afterwards is None:
        return _each(ends, f"max({reached}) AS start", "CAST(NULL AS BIGINT) AS due")
    flags = _missing("_after", afterwards.without, keyed)
    behind = _over(
        ends,
        *(
            f"min(CASE WHEN {flag} THEN moment END) OVER (PARTITION BY {by} {BEHIND})"
            f" AS next_{flag}"
            for flag, by in flags
        ),
    )
    length = afterwards.length
    if length is None:
        quiet = " AND ".join(f"next_{flag} IS NULL" for flag, _ in flags)
        start = f"max(CASE WHEN {quiet} THEN {reached} END) AS start"
        return _each(behind, start, "CAST(NULL AS BIGINT) AS due")
    quiet = " AND ".join(
        f"(next_{flag} IS NULL OR next_{flag} > moment + {length.micros})" for flag, _ in flags
    )
    over = f"moment < {scope.now - length.micros}"
    stays = f"{reached} IS NOT NULL"
    leaves = window.leaves_column(exp.column(reached), scope)
    if leaves is not None:
        stays = f"{leaves.sql('duckdb')} > moment + {length.micros + 1}"
    return _each(
        behind,
        f"max(CASE WHEN {quiet} AND {over} THEN {reached} END) AS start",
        f"min(CASE WHEN {quiet} AND NOT ({over}) AND {stays} THEN moment + {length.micros + 1} END)"
        " AS due",
    )


def _flags(query: exp.Select, of: str, missing: Sequence[Missing], scope: Scope) -> exp.Select:
    """Whether an event must be missing: any, and the one with the same values."""
    for flag, _ in _missing(of, missing, ""):
        asked = [one for one in missing if one.same is flag.startswith("same")]
        query = _flag(query, flag, asked, [], scope)
    return query


def _missing(of: str, missing: Sequence[Missing], keyed: str) -> list[tuple[str, str]]:
    """The flags that there are, each with whose events are compared."""
    kinds = (("any", False, "person"), ("same", True, keyed))
    return [
        (f"{kind}{of}", by) for kind, same, by in kinds if any(one.same is same for one in missing)
    ]


def _flag(
    query: exp.Select, flag: str, asked: Sequence[Such], always: Iterable[exp.Expr], scope: Scope
) -> exp.Select:
    """One column more: whether the row is one of these events."""
    means = []
    for n, one in enumerate(asked):
        holds: list[exp.Expr] = [exp.column("name", "e").eq(one.event)]
        holds += [where.column(scope.now) for where in one.where]
        if one.lines:
            alias = f"{flag}_{n}"
            query = query.join(
                _lines(one, scope).subquery(alias),
                on=f"{alias}.person = e.person AND {alias}.seq = e.seq",
                join_type="left",
            )
            holds.append(exp.not_(exp.column("seq", alias).is_(exp.null())))
        means.append(exp.and_(*holds))
    return query.select(exp.and_(exp.or_(*means), *(one.copy() for one in always)).as_(flag))


def _lines(such: Such, scope: Scope) -> exp.Select:
    asked = [one.column(scope.now, "l") for one in such.lines]
    named = exp.column("name", "l").eq(such.event)
    lines = exp.select("l.person", "l.seq").from_("lines AS l")
    return lines.where(named, *asked).distinct()


def _select(columns: str) -> exp.Select:
    return exp.select(*(f"e.{column}" for column in columns.split(", ")))


def _over(rows: exp.Select, *columns: str) -> exp.Select:
    """The rows with some columns more."""
    return exp.select("*", *columns, dialect="duckdb").from_(rows.subquery("e"))


def _each(rows: exp.Select, *columns: str) -> exp.Select:
    """One row a person, of those who have any."""
    ahead = "min(CASE WHEN is_ahead THEN leaves_by END) AS ahead"
    query = exp.select("person", *columns, ahead, dialect="duckdb").from_(rows.subquery("e"))
    return query.group_by("person")
