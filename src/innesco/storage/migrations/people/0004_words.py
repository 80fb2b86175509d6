"""The list of people is searched by words of its own."""

import sqlalchemy as sa
from alembic import op

from innesco.storage.words import words

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.create_table(
        "person_words",
        sa.Column("workspace", sa.Text(), nullable=False),
        sa.Column("word", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("workspace", "word", "person"),
        sqlite_with_rowid=False,
    )
    connection = op.get_bind()
    people = connection.execute(
        sa.text("SELECT workspace, id, label FROM persons WHERE label <> id")
    )
    for some in people.partitions(1_000):
        rows = [
            {"workspace": workspace, "word": word, "person": person}
            for workspace, person, label in some
            for word in words(label)
        ]
        connection.execute(_ADD, rows)


_ADD = sa.text(
    "INSERT INTO person_words (workspace, word, person) VALUES (:workspace, :word, :person)"
)
