"""Editions: every publication of every segment, how far it is built, and which one serves.

`live` writes them, as it reads the log: one is published, its answers are built by columns, taken
by `live` some people at a time, and then it is whole. What was published while nobody was there is
whole at once.
"""

from datetime import datetime
from typing import Literal

import msgspec
import sqlalchemy as sa
from msgspec import Struct

from innesco.events.event import Source, micros, moment_of
from innesco.segments.edition import Built, Edition
from innesco.storage import journal, tables

Ended = Literal["replaced", "cancelled", "archived"]


class Answered(Struct, frozen=True, tag_field="word", tag="built"):
    """Everybody was asked, as of a moment; the answers lie in a file beside the databases."""

    segment: str
    seq: int
    at: int  #: microseconds
    file: str
    rows: int


class Whole(Struct, frozen=True, tag_field="word", tag="whole"):
    """All answers are kept: from here on it serves."""

    segment: str
    seq: int


Word = Answered | Whole


class Kept(Struct, frozen=True, kw_only=True):
    """An edition with how far it has come."""

    edition: Edition
    published: datetime
    file: str | None
    rows: int
    taken: int
    whole_at: datetime | None
    ended: int | None  #: since which place it counts no more
    ended_at: datetime | None
    because: Ended | None


_rows = tables.editions.c


def entry(workspace: str, word: Word) -> journal.Entry:
    """The log's row that says it."""
    body = msgspec.json.encode(word)
    return journal.Entry(workspace, Source.INNESCO, "innesco", kind="edition", body=body)


def read_word(body: bytes) -> Word:
    return _decoder.decode(body)


# -- reading ---------------------------------------------------------------------------------------


def standing(connection: sa.Connection, workspace: str, seq: int | None = None) -> list[Edition]:
    """Those that serve or are being built, as of a place in the log or now."""
    return [one.edition for one in every(connection, workspace, seq) if one.ended_at is None]


def served(connection: sa.Connection, workspace: str) -> dict[str, str]:
    """The key of the edition that serves, by segment."""
    those = standing(connection, workspace)
    return {one.segment: one.key for one in those if one.whole is not None}


def serving(connection: sa.Connection, workspace: str, segment: str) -> str | None:
    """The hash of the document by which a segment serves."""
    return next(
        (
            one.hash
            for one in standing(connection, workspace)
            if one.segment == segment and one.whole is not None
        ),
        None,
    )


def every(connection: sa.Connection, workspace: str, seq: int | None = None) -> list[Kept]:
    """All of them, as of a place in the log or now, the oldest first."""
    query = sa.select(tables.editions).where(_rows.workspace == workspace)
    if seq is not None:
        query = query.where(_rows.seq <= seq)
    found = connection.execute(query.order_by(_rows.seq, _rows.segment)).mappings()
    return [_kept(row, seq) for row in found]


def pending(connection: sa.Connection) -> tuple[str, Kept] | None:
    """The next whose answers are to be taken, with its workspace."""
    query = sa.select(tables.editions).where(
        _rows.built_seq.is_not(None), _rows.whole_seq.is_(None), _rows.ended_seq.is_(None)
    )
    row = connection.execute(query.order_by(_rows.built_seq).limit(1)).mappings().one_or_none()
    return (row["workspace"], _kept(row, None)) if row else None


# -- what live writes ------------------------------------------------------------------------------


def publish(
    connection: sa.Connection, workspace: str, edition: Edition, at: datetime, nobody: bool
) -> None:
    """A new one; one of the same segment that was not whole yet is given up for it."""
    unfinished = sa.and_(_is_segment(workspace, edition.segment), _rows.whole_seq.is_(None))
    _end(connection, unfinished, edition.seq, at, "replaced")
    connection.execute(
        sa.insert(tables.editions).values(
            workspace=workspace,
            segment=edition.segment,
            seq=edition.seq,
            hash=edition.hash,
            published=micros(at),
            rows=0,
            taken=0,
        )
    )
    if nobody:
        mine = sa.and_(_is_segment(workspace, edition.segment), _rows.seq == edition.seq)
        built = {"built_seq": edition.seq, "built_at": micros(at)}
        connection.execute(sa.update(tables.editions).where(mine).values(built))
        serve(connection, workspace, Whole(edition.segment, edition.seq), edition.seq, at)


def build(connection: sa.Connection, workspace: str, word: Answered, seq: int) -> None:
    """The answers count from this place on; said twice, the first counts."""
    connection.execute(
        sa.update(tables.editions)
        .where(_is(workspace, word), _rows.built_seq.is_(None), _rows.whole_seq.is_(None))
        .values(built_seq=seq, built_at=word.at, file=word.file, rows=word.rows)
    )


def build_again(connection: sa.Connection, workspace: str, edition: Edition) -> None:
    """Its answers were lost before they were taken: everybody is asked once more."""
    mine = sa.and_(_is_segment(workspace, edition.segment), _rows.seq == edition.seq)
    values = {"built_seq": None, "built_at": None, "file": None, "rows": 0, "taken": 0}
    connection.execute(sa.update(tables.editions).where(mine).values(values))


def take(connection: sa.Connection, workspace: str, edition: Edition, taken: int) -> None:
    """So many of its answers were taken."""
    mine = sa.and_(_is_segment(workspace, edition.segment), _rows.seq == edition.seq)
    connection.execute(sa.update(tables.editions).where(mine).values(taken=taken))


def serve(connection: sa.Connection, workspace: str, word: Whole, seq: int, at: datetime) -> bool:
    """From this place on it serves, and what served before ends; answers whether that is so.

    Not before all of its answers are kept: a log that is read again may say it too early.
    """
    mine = sa.and_(
        _is(workspace, word),
        _rows.whole_seq.is_(None),
        _rows.ended_seq.is_(None),
        _rows.built_seq.is_not(None),
        _rows.taken >= _rows.rows,
    )
    values = {"whole_seq": seq, "whole_at": micros(at)}
    if not connection.execute(sa.update(tables.editions).where(mine).values(values)).rowcount:
        return False
    older = sa.and_(_is_segment(workspace, word.segment), _rows.seq < word.seq)
    _end(connection, older, seq, at, "replaced")
    return True


def cancel(connection: sa.Connection, workspace: str, segment: str, seq: int, at: datetime) -> None:
    """Those of the segment that are not whole are built no further; what serves goes on."""
    unfinished = sa.and_(_is_segment(workspace, segment), _rows.whole_seq.is_(None))
    _end(connection, unfinished, seq, at, "cancelled")


def archive(
    connection: sa.Connection, workspace: str, segment: str, seq: int, at: datetime
) -> None:
    _end(connection, _is_segment(workspace, segment), seq, at, "archived")


def _end(
    connection: sa.Connection, which: sa.ColumnElement[bool], seq: int, at: datetime, why: Ended
) -> None:
    connection.execute(
        sa.update(tables.editions)
        .where(which, _rows.ended_seq.is_(None))
        .values(ended_seq=seq, ended_at=micros(at), because=why)
    )


def _is_segment(workspace: str, segment: str) -> sa.ColumnElement[bool]:
    return sa.and_(_rows.workspace == workspace, _rows.segment == segment)


def _is(workspace: str, word: Word) -> sa.ColumnElement[bool]:
    return sa.and_(_is_segment(workspace, word.segment), _rows.seq == word.seq)


def _kept(row: sa.RowMapping, seq: int | None) -> Kept:
    """As it was known at that place: what came later is not told."""

    def by_then(place: str) -> bool:
        return row[place] is not None and (seq is None or row[place] <= seq)

    built = Built(row["built_seq"], moment_of(row["built_at"])) if by_then("built_seq") else None
    whole, ended = by_then("whole_seq"), by_then("ended_seq")
    return Kept(
        edition=Edition(
            row["segment"], row["seq"], row["hash"], built, row["whole_seq"] if whole else None
        ),
        published=moment_of(row["published"]),
        file=row["file"],
        rows=row["rows"],
        taken=row["taken"],
        whole_at=moment_of(row["whole_at"]) if whole else None,
        ended=row["ended_seq"] if ended else None,
        ended_at=moment_of(row["ended_at"]) if ended else None,
        because=row["because"] if ended else None,
    )


_decoder: msgspec.json.Decoder[Word] = msgspec.json.Decoder(Word)
