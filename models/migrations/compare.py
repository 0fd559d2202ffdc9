"""What Alembic compares when it asks how the models differ from a database."""

from __future__ import annotations

from sqlalchemy.schema import SchemaItem

_MADE_WITH_THE_VIEWS = ("found_by", "ix_search_texts_found_by")


def ours(_item: SchemaItem, name: str | None, _kind: str, reflected: bool, _other: SchemaItem | None) -> bool:
    """Whether an object is the models' own: those of the full-text search are made with the views."""
    search = name in _MADE_WITH_THE_VIEWS or (name or "").split("_")[0] == "search"
    return not (reflected and search and name != "search_texts")
