"""Segments have editions, and who entered or left which is kept.

What was published before is built anew: everybody is asked again, and journeys hear nothing of it.
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.create_table(
        "editions",
        sa.Column("workspace", sa.Text(), nullable=False),
        sa.Column("segment", sa.Text(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.Column("published", sa.BigInteger(), nullable=False),
        sa.Column("built_seq", sa.BigInteger(), nullable=True),
        sa.Column("built_at", sa.BigInteger(), nullable=True),
        sa.Column("file", sa.Text(), nullable=True),
        sa.Column("rows", sa.BigInteger(), nullable=False),
        sa.Column("taken", sa.BigInteger(), nullable=False),
        sa.Column("whole_seq", sa.BigInteger(), nullable=True),
        sa.Column("whole_at", sa.BigInteger(), nullable=True),
        sa.Column("ended_seq", sa.BigInteger(), nullable=True),
        sa.Column("ended_at", sa.BigInteger(), nullable=True),
        sa.Column("because", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("workspace", "segment", "seq"),
    )
    op.create_table(
        "moves",
        sa.Column("position", sa.Integer(), primary_key=True, autoincrement=True),
        sa.Column("workspace", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("edition", sa.Text(), nullable=False),
        sa.Column("moment", sa.BigInteger(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("entered", sa.Boolean(), nullable=False),
        sa.Column("because", sa.Text(), nullable=False),
    )
    op.create_index("moves_person", "moves", ["workspace", "person"])
    op.get_bind().execute(_IN_FORCE)


_IN_FORCE = sa.text(
    "INSERT INTO editions (workspace, segment, seq, hash, published, rows, taken)"
    " SELECT workspace, id, seq, hash, coalesce(moment, 0), 0, 0 FROM published AS p"
    " WHERE kind = 'segment' AND state = 'published' AND seq = ("
    "  SELECT max(seq) FROM published AS q"
    "  WHERE q.workspace = p.workspace AND q.kind = p.kind AND q.id = p.id)"
)
