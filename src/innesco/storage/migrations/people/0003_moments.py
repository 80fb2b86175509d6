"""Publications and merges keep when they were."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.add_column("aliases", sa.Column("moment", sa.BigInteger(), nullable=True))
    op.add_column("published", sa.Column("moment", sa.BigInteger(), nullable=True))
