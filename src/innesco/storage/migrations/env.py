"""What Alembic runs for each database: `storage/migrate.py` passes it an open transaction."""

from alembic import context

context.configure(
    connection=context.config.attributes["connection"], **context.config.attributes["options"]
)
context.run_migrations()
