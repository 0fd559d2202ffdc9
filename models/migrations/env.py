"""How Alembic reaches the database: on the connection it is handed, in that connection's transaction."""

from __future__ import annotations

from alembic import context
from sqlalchemy import Connection
from sqlalchemy.schema import SchemaItem

from models.tables import metadata


def ours(_item: SchemaItem, name: str | None, _kind: str, reflected: bool, _other: SchemaItem | None) -> bool:
    """Whether Alembic is to compare an object: the search's own tables and columns are made with the views."""
    search = name is not None and (
        name.split("_")[0] == "search" or name in ("found_by", "ix_search_texts_found_by")
    )
    return not (reflected and search and name != "search_texts")


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
