"""How many runs came to each node is counted as it happens, not by reading every decision."""

from collections import Counter

import msgspec
import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.create_table(
        "arrivals",
        sa.Column("workspace", sa.Text(), nullable=False),
        sa.Column("journey", sa.Text(), nullable=False),
        sa.Column("node", sa.Text(), nullable=False),
        sa.Column("runs", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("workspace", "journey", "node"),
        sqlite_with_rowid=False,
    )
    connection = op.get_bind()
    moved = connection.execute(
        sa.text("SELECT workspace, about, detail FROM decisions WHERE kind = 'moved'")
    )
    came = Counter(
        (workspace, about.removeprefix("journey/"), str(msgspec.msgpack.decode(detail)["node"]))
        for workspace, about, detail in moved
    )
    for (workspace, journey, node), runs in came.items():
        row = {"workspace": workspace, "journey": journey, "node": node, "runs": runs}
        connection.execute(_ADD, row)


_ADD = sa.text(
    "INSERT INTO arrivals (workspace, journey, node, runs)"
    " VALUES (:workspace, :journey, :node, :runs)"
)
