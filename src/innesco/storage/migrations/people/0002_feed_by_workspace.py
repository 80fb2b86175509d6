"""The feed is read by workspace."""

from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_index("changes_workspace", "changes", ["workspace", "position"])
