"""Stays: who was in a segment from when to when, by the edition that served at the time.

What an edition was told before it served is no coming or going: whoever was in the edition before
and is in this one, stays. Only who is new when it begins to serve has entered by its publication.
"""

import pyarrow as pa
from msgspec import Struct

from innesco.columns.arrow import Cursor, arrow

FOREVER = 2**62


class Sizes(Struct, frozen=True, tag="sizes", forbid_unknown_fields=True):
    """How many were in it at each moment: `segment, moment, people`; where nobody was, no row.

    Counted as they were known then: two who became one later are two before.
    """

    moments: tuple[int, ...]  #: microseconds
    segment: str = ""  #: every one when empty

    def answer(self, cursor: Cursor) -> pa.Table:
        return arrow(
            cursor,
            f"""WITH bounds AS (SELECT unnest(?::BIGINT[]) AS bound), told AS (
                SELECT e.edition, e.segment, e.ended, greatest(m.moment, e.whole) AS moment,
                    CASE WHEN m.entered THEN 1 ELSE -1 END AS more
                FROM moves AS m JOIN editions AS e USING (edition)
                WHERE e.whole IS NOT NULL AND m.moment < coalesce(e.ended, {FOREVER})
                {_meant(self.segment)}
            ), went AS (
                SELECT segment, moment, more FROM told
                UNION ALL SELECT segment, ended, -sum(more) FROM told
                WHERE ended IS NOT NULL GROUP BY edition, segment, ended
            ), each AS (
                SELECT segment, bound, sum(more) AS more
                FROM went ASOF JOIN bounds ON moment <= bound GROUP BY segment, bound
            ), sized AS (
                SELECT s.segment, b.bound, sum(coalesce(e.more, 0)) OVER (
                    PARTITION BY s.segment ORDER BY b.bound
                ) AS people
                FROM (SELECT DISTINCT segment FROM each) AS s CROSS JOIN bounds AS b
                LEFT JOIN each AS e ON e.segment = s.segment AND e.bound = b.bound
            )
            SELECT segment, bound AS moment, people::BIGINT AS people FROM sized
            WHERE people > 0 ORDER BY segment, bound""",
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
    """The CTEs up to `stays`: `segment, person, since, until, because, left_because`.

    Of two profiles that became one, both may have been in it: she is in it while either is.
    """
    hers = f" AND m.person = {_text(person)}" if person else ""
    return f"""deep AS (
        SELECT m.edition, e.segment, m.person, m.moment, m.seq, m.rowid AS place, m.entered,
            m.because, e.whole, coalesce(e.ended, {FOREVER}) AS ended, e.ended IN (
                SELECT o.whole FROM editions AS o WHERE o.segment = e.segment
            ) AS replaced, sum(CASE WHEN m.entered THEN 1 ELSE -1 END) OVER (
                PARTITION BY m.edition, m.person ORDER BY m.moment, m.seq, m.rowid
            ) AS profiles
        FROM moves AS m JOIN editions AS e USING (edition)
        WHERE e.whole IS NOT NULL{_meant(segment)}{hers}
    ), told AS (
        SELECT *, lead(moment) OVER hers AS next_moment, lead(because) OVER hers AS next_because
        FROM deep WHERE profiles = CASE WHEN entered THEN 1 ELSE 0 END
        WINDOW hers AS (PARTITION BY edition, person ORDER BY moment, seq, place)
    ), stays AS (
        SELECT segment, person, greatest(moment, whole) AS since,
            least(coalesce(next_moment, {FOREVER}), ended) AS until,
            CASE WHEN moment < whole THEN 'published' ELSE because END AS because,
            CASE WHEN next_moment <= ended THEN next_because
            WHEN replaced THEN 'published' ELSE 'archived' END AS left_because
        FROM told WHERE entered
        AND greatest(moment, whole) < least(coalesce(next_moment, {FOREVER}), ended)
    )"""


def _meant(segment: str) -> str:
    return f" AND e.segment = {_text(segment)}" if segment else ""


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
