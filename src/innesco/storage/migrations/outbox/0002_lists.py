"""The lists of messages and their counts are read from indexes."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_index("messages_asked", "messages", ["workspace", "asked"])
    op.create_index("messages_state", "messages", ["workspace", "state", "asked"])
    op.create_index("messages_journey", "messages", ["workspace", "journey", "asked"])
    op.create_index("messages_node", "messages", ["workspace", "journey", "node", "state"])
    op.create_index(
        "messages_reason",
        "messages",
        ["workspace", "state", "reason", "asked"],
        sqlite_where=sa.text("reason <> ''"),
    )
