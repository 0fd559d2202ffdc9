"""Full-text search over recommendations, segments and minutes: FTS5 on SQLite, tsvector on PostgreSQL."""

from __future__ import annotations

import msgspec
from sqlalchemy import Connection, text

_SQLITE = (
    "drop table if exists search",
    """create virtual table search using fts5(
    subject_id unindexed, subject unindexed, extraction_id unindexed, document_id unindexed, page unindexed, body,
    content='search_texts', content_rowid='id', tokenize='porter unicode61')""",
    "drop trigger if exists search_texts_written",
    """create trigger search_texts_written after insert on search_texts begin
    insert into search (rowid, body) values (new.id, new.body); end""",
    "drop trigger if exists search_texts_taken",
    """create trigger search_texts_taken after delete on search_texts begin
    insert into search (search, rowid, body) values ('delete', old.id, old.body); end""",
    "drop trigger if exists search_texts_changed",
    """create trigger search_texts_changed after update of body on search_texts begin
    insert into search (search, rowid, body) values ('delete', old.id, old.body);
    insert into search (rowid, body) values (new.id, new.body); end""",
    "insert into search (search) values ('rebuild')",
)
_POSTGRESQL = (
    """alter table search_texts add column if not exists found_by tsvector
    generated always as (to_tsvector('english', body)) stored""",
    "create index if not exists ix_search_texts_found_by on search_texts using gin (found_by)",
)
_ASK = {
    "sqlite": """select subject, subject_id, document_id, page, snippet(search, 5, '[', ']', '…', 16) as found
        from search where search match :words order by rank, subject_id limit :limit""",
    "postgresql": """select subject, subject_id, document_id, page,
        ts_headline('english', body, asked, 'StartSel=[, StopSel=], MaxWords=16, MinWords=8') as found
        from search_texts, websearch_to_tsquery('english', :words) asked
        where found_by @@ asked order by ts_rank(found_by, asked) desc, subject_id limit :limit""",
}


class Found(msgspec.Struct, frozen=True):
    """A text that holds the words asked for: the row it is in and an excerpt with the words in brackets."""

    subject: str
    subject_id: str
    document_id: str
    page: int | None
    excerpt: str


def search_statements(dialect: str) -> tuple[str, ...]:
    """The statements that make the search over `search_texts` on "sqlite" or "postgresql"; safe to run again."""
    return _SQLITE if dialect == "sqlite" else _POSTGRESQL


def find(connection: Connection, words: str, limit: int = 20) -> list[Found]:
    """Texts that hold all of `words` (in any of their forms), best first."""
    if connection.dialect.name == "sqlite":
        # Each word in quotation marks: FTS5 would take '-', ':' or 'OR' for its own language.
        words = " ".join('"' + word.replace('"', '""') + '"' for word in words.split())
    if not words:
        return []
    rows = connection.execute(text(_ASK[connection.dialect.name]), {"words": words, "limit": limit})
    return [Found(*row) for row in rows]
