"""From which network a confirmation was asked for, so that one cannot fill many mailboxes."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.add_column("messages", sa.Column("network", sa.Text(), nullable=True))
    op.create_index(
        "messages_network",
        "messages",
        ["network"],
        unique=False,
        sqlite_where=sa.text("network IS NOT NULL"),
    )
