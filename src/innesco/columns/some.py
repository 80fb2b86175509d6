"""Some people only: a question to everybody, cut to a sample or to who comes after somebody.

The cut is made at each table, below the aggregates, so that DuckDB joins or prunes before it counts
(a sample) or reads (a range: the base is clustered by person).
"""

from zoneinfo import ZoneInfo

from sqlglot import exp

from innesco.conditions.condition import people
from innesco.conditions.share import InShare
from innesco.events.event import EPOCH

TABLES = frozenset({"events", "lines", "memberships", "persons"})
"""Those with one person a row, that conditions read."""


def sampled(most: int, everybody: int) -> str:
    """The CTE `sampled` of about so many people, always the same ones: `WITH sampled AS (…)`."""
    drawn = InShare("sample", end=min(1.0, most / max(everybody, 1)))
    return f"WITH sampled AS ({people(drawn, EPOCH, ZoneInfo('UTC')).sql('duckdb')})"


def of_sampled(query: exp.Select) -> exp.Select:
    """The question to those whom a CTE `sampled` names."""
    return _cut(query, exp.column("person").isin(query=exp.select("person").from_("sampled")))


def after(query: exp.Select, person: str) -> exp.Select:
    """The question to those whose id comes later in the order of ids."""
    return _cut(query, exp.column("person") > exp.convert(person))


def _cut(query: exp.Select, only: exp.Expr) -> exp.Select:
    def cut(tree: exp.Expr) -> exp.Expr:
        if not isinstance(tree, exp.Table) or tree.name not in TABLES:
            return tree
        rows = exp.select("*").from_(exp.to_table(tree.name)).where(only.copy())
        return rows.subquery(tree.alias or tree.name)

    return query.transform(cut).assert_is(exp.Select)
