"""Journeys are counted in the order of their index; one person's messages are found by hers."""

from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.drop_index("messages_node", "messages")
    op.create_index("messages_node", "messages", ["workspace", "journey", "state", "node"])
    op.drop_index("ix_messages_person", "messages")
    op.create_index("messages_person", "messages", ["workspace", "person", "asked"])
