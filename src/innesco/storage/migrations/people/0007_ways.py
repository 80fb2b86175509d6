"""Which way runs go on from each node is counted as it happens; messages are counted backwards too.

What was decided says how many came to each message, and from there they went on. Of branches and of
the ends of waits nothing was kept: those counts begin where `live` stands, and the page says when.
"""

from collections import Counter

import msgspec
import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.create_table(
        "ways",
        sa.Column("workspace", sa.Text(), nullable=False),
        sa.Column("journey", sa.Text(), nullable=False),
        sa.Column("node", sa.Text(), nullable=False),
        sa.Column("way", sa.Text(), nullable=False),
        sa.Column("runs", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("workspace", "journey", "node", "way"),
        sqlite_with_rowid=False,
    )
    connection = op.get_bind()
    came = Counter(_node(*row) for row in connection.execute(_MESSAGES))
    for (workspace, journey, node), runs in came.items():
        row = {"workspace": workspace, "journey": journey, "node": node, "runs": runs}
        connection.execute(_CAME, row)
        connection.execute(_WENT, row)
    connection.execute(_SINCE)


def _node(workspace: str, about: str, kind: str, detail: bytes) -> tuple[str, str, str]:
    """A message's key is `run/node/how many nodes before`, with the workspace once it is asked."""
    key = str(msgspec.msgpack.decode(detail)["key"])
    if kind == "asked":
        key = key.removeprefix(f"{workspace}/")
    node = key.partition("/")[2].rpartition("/")[0]
    return workspace, about.removeprefix("journey/"), node


_MESSAGES = sa.text(
    "SELECT workspace, about, kind, detail FROM decisions"
    " WHERE kind IN ('asked', 'not asked') AND about LIKE 'journey/%'"
)
_CAME = sa.text(
    "INSERT INTO arrivals (workspace, journey, node, runs)"
    " VALUES (:workspace, :journey, :node, :runs)"
    " ON CONFLICT (workspace, journey, node) DO UPDATE SET runs = runs + excluded.runs"
)
_WENT = sa.text(
    "INSERT INTO ways (workspace, journey, node, way, runs)"
    " VALUES (:workspace, :journey, :node, 'then', :runs)"
)
_SINCE = sa.text(
    "INSERT INTO cursors (name, position, moment)"
    " SELECT 'ways', position, moment FROM cursors WHERE name = 'live'"
)
