"""The quarantine is read by reason, runs are counted from an index, held ones are few."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.create_index("quarantine_reason", "quarantine", ["workspace", "reason", "seq", "received"])
    op.drop_index("runs_journey", "runs")
    op.create_index("runs_journey", "runs", ["workspace", "journey", "node", "because", "holdout"])
    op.create_index(
        "runs_held",
        "runs",
        ["workspace"],
        sqlite_where=sa.text("node IS NOT NULL AND because IS NOT NULL"),
    )
