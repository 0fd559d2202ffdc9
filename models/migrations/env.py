"""How Alembic reaches the database: on the connection it is handed, in that connection's transaction."""

from __future__ import annotations

from alembic import context
from sqlalchemy import Connection

from models.migrations.compare import ours
from models.tables import metadata


def run(connection: Connection) -> None:
    """Run the migrations asked for on `connection`; the caller commits."""
    context.configure(
        connection=connection,
        target_metadata=metadata,
        render_as_batch=True,
        include_object=ours,
        transactional_ddl=False,  # the caller's transaction is the only one
    )
    context.run_migrations()


run(context.config.attributes["connection"])
