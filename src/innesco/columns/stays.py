"""Stays: who was in a segment from when to when, by the edition that served at the time.

What an edition was told before it served is no coming or going: whoever was in the edition before
and is in this one, stays. Only who is new when it begins to serve has entered by its publication.
"""

import pyarrow as pa
from msgspec import Struct

from innesco.columns.arrow import Cursor, arrow

FOREVER = 2**62


class Sizes(Struct, frozen=True, tag="sizes", forbid_unknown_fields=True):
    """How many were in it at each moment: `segment, moment, people`; who had nobody lack."""

    moments: tuple[int, ...]  #: microseconds
    segment: str = ""  #: every one when empty

    def answer(self, cursor: Cursor) -> pa.Table:
        return arrow(
            cursor,
            f"WITH {_stays(self.segment)}"
            " SELECT segment, bound AS moment, count(*) AS people FROM stays"
            " JOIN (SELECT unnest(?::BIGINT[]) AS bound) ON since <= bound AND bound < until"
            " GROUP BY segment, bound ORDER BY segment, bound",
            list(self.moments),
        )


class Turnover(Struct, frozen=True, tag="turnover", forbid_unknown_fields=True):
    """How many entered and left between one moment and the next: `moment, entered, gone`.

    `moment` is the first of the two; the last of `moments` only ends what is before it.
    """

    moments: tuple[int, ...]
    segment: str

    def answer(self, cursor: Cursor) -> pa.Table:
        return arrow(
            cursor,
            f"WITH {_stays(self.segment)}, {MOVED}"
            ", bounds AS (SELECT bound, lead(bound) OVER (ORDER BY bound) AS next"
            " FROM (SELECT unnest(?::BIGINT[]) AS bound))"
            " SELECT bound AS moment, count(*) FILTER (entered) AS entered,"
            " count(*) FILTER (NOT entered) AS gone"
            " FROM bounds JOIN moved ON moment >= bound AND moment < next"
            " GROUP BY bound ORDER BY bound",
            list(self.moments),
        )


class Movements(Struct, frozen=True, tag="movements", forbid_unknown_fields=True):
    """Who entered and left, the newest first: `moment, person, entered, because`."""

    segment: str
    most: int
    before: tuple[int, str] | None = None  #: moment and key (`key`) of the last one before
    person: str = ""  #: only hers

    def answer(self, cursor: Cursor) -> pa.Table:
        moment, key = self.before or (FOREVER, "")
        return arrow(
            cursor,
            f"WITH {_stays(self.segment, self.person)}, {MOVED}"
            " SELECT moment, person, entered, because, key FROM"
            " (SELECT *, person || CASE WHEN entered THEN '+' ELSE '-' END AS key FROM moved)"
            " WHERE (moment, key) < (?, ?) ORDER BY moment DESC, key DESC LIMIT ?",
            moment,
            key,
            self.most,
        )


class MembersAt(Struct, frozen=True, tag="members at", forbid_unknown_fields=True):
    """Who was in it at a moment, by the knowledge of today who is who: `person`, in order."""

    segment: str
    moment: int
    most: int | None = None
    after: str = ""  #: the last one of the page before

    def answer(self, cursor: Cursor) -> pa.Table:
        return arrow(
            cursor,
            f"WITH {_stays(self.segment)} SELECT DISTINCT person FROM stays"
            " WHERE since <= ? AND ? < until AND person > ? ORDER BY person LIMIT ?",
            self.moment,
            self.moment,
            self.after,
            FOREVER if self.most is None else self.most,
        )


def _stays(segment: str, person: str = "") -> str:
    """The CTEs up to `stays`: `segment, person, since, until, because, left_because`."""
    meant = f" AND e.segment = {_text(segment)}" if segment else ""
    hers = f" AND m.person = {_text(person)}" if person else ""
    return f"""told AS (
        SELECT e.segment, m.person, m.moment, m.entered, m.because, e.whole,
            coalesce(e.ended, {FOREVER}) AS ended, e.ended IN (
                SELECT o.whole FROM editions AS o WHERE o.segment = e.segment
            ) AS replaced,
            lead(m.moment) OVER hers AS next_moment, lead(m.because) OVER hers AS next_because
        FROM moves AS m JOIN editions AS e USING (edition)
        WHERE e.whole IS NOT NULL{meant}{hers}
        WINDOW hers AS (PARTITION BY e.edition, m.person ORDER BY m.moment, m.seq, m.rowid)
    ), stays AS (
        SELECT segment, person, greatest(moment, whole) AS since,
            least(coalesce(next_moment, {FOREVER}), ended) AS until,
            CASE WHEN moment < whole THEN 'published' ELSE because END AS because,
            CASE WHEN next_moment <= ended THEN next_because
            WHEN replaced THEN 'published' ELSE 'archived' END AS left_because
        FROM told WHERE entered
        AND greatest(moment, whole) < least(coalesce(next_moment, {FOREVER}), ended)
    )"""


MOVED = f"""moved AS (
    SELECT since AS moment, person, true AS entered, because FROM stays AS s WHERE NOT EXISTS (
        SELECT 1 FROM stays AS o
        WHERE o.segment = s.segment AND o.person = s.person AND o.until = s.since
    )
    UNION ALL
    SELECT until AS moment, person, false AS entered, left_because AS because FROM stays AS s
    WHERE until < {FOREVER} AND NOT EXISTS (
        SELECT 1 FROM stays AS o
        WHERE o.segment = s.segment AND o.person = s.person AND o.since = s.until
    )
)"""
"""Comings and goings: where one stay follows the other at once, nobody came or went."""


def _text(word: str) -> str:
    return "'" + word.replace("'", "''") + "'"
