"""Databases of an earlier version, brought up to date with all that they hold."""

from __future__ import annotations

from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import Engine, exc, text

from models import database
from models.views import drop_views

ROWS = (
    "insert into councils (id, key, name, is_known) values ('c', 'ashmarsh', 'Ashmarsh Council', 1)",
    "insert into meetings (id, council_id, key) values ('m', 'c', 'k')",
    """insert into documents (id, file_name, address, outcome, is_replaced, first_seen_at)
    values ('d', 'a.pdf', 'a.pdf', 'read', 0, '')""",
    """insert into extractions (id, document_id, reader, digest, is_active, outcome, pages, tables, tables_read, words,
    assigned, unassigned, recommendations, agenda_items, problems, loaded_at)
    values ('x', 'd', 'r', '', 1, 'read', 1, 0, 0, 0, 0, 0, 0, 1, 0, '')""",
    "insert into agenda_items (id, extraction_id, meeting_id, position) values ('i', 'x', 'm', 1)",
    """insert into resolutions (id, agenda_item_id, kind, position, text)
    values ('r', 'i', 'recommended', 1, 'That paths be lit')""",
    "insert into actions (id, agenda_item_id, position, text, certainty) values ('a', 'i', 1, 'Write', 'certain')",
)
AGREED = "insert into resolutions (id, agenda_item_id, kind, position, text) values ('n', 'i', '{kind}', 1, 'That')"


def to(engine: Engine, revision: str) -> None:
    """Bring a database to a revision as `migrate` would, up or down."""
    config = Config()
    config.set_main_option("script_location", str(Path(database.__file__).parent / "migrations"))
    with database.writing(engine) as connection:
        config.attributes["connection"] = connection
        drop_views(connection)
        newer = revision > (database.revision(connection) or "")
        (command.upgrade if newer else command.downgrade)(config, revision)


@pytest.fixture
def first(tmp_path: Path) -> Engine:
    """A database of the first version that holds minutes."""
    engine = database.open(f"sqlite:///{tmp_path / 'first.db'}")
    to(engine, "0001")
    with database.writing(engine) as connection:
        for row in ROWS:
            connection.execute(text(row))
    return engine


def kept(engine: Engine) -> list[tuple[str, ...]]:
    both = "select kind, text from resolutions union all select certainty, text from actions"
    with engine.connect() as connection:
        return [tuple(row) for row in connection.execute(text(both))]


def test_minutes_of_the_first_version_are_kept_by_an_upgrade(first: Engine) -> None:
    before = kept(first)
    database.migrate(first)
    assert kept(first) == before == [("recommended", "That paths be lit"), ("certain", "Write")]


def test_an_upgraded_database_takes_agreements_and_refuses_kinds_that_it_does_not_know(first: Engine) -> None:
    database.migrate(first)
    with database.writing(first) as connection:
        connection.execute(text(AGREED.format(kind="agreed")))
    with pytest.raises(exc.IntegrityError), database.writing(first) as connection:
        connection.execute(text(AGREED.format(kind="sung")))


def test_an_upgraded_database_is_the_same_as_a_new_one(first: Engine) -> None:
    database.migrate(first)
    new = database.migrate("sqlite://")
    shapes = "select name, strict, wr, ncol from pragma_table_list where schema = 'main' order by name"
    checks = "select sql like '%ON DELETE CASCADE%', sql like '%''agreed''%' from sqlite_master where name = 'resolutions'"
    for query in (shapes, checks):
        with first.connect() as one, new.connect() as other:
            assert one.execute(text(query)).all() == other.execute(text(query)).all()


def test_going_back_a_version_keeps_what_the_earlier_one_can_hold(first: Engine) -> None:
    before = kept(first)
    database.migrate(first)
    with database.writing(first) as connection:
        connection.execute(text(AGREED.format(kind="agreed")))
    to(first, "0001")
    assert kept(first) == before


def test_postgresql_is_brought_up_to_date_as_sqlite_is(fresh_postgres: Engine) -> None:
    to(fresh_postgres, "0001")
    with database.writing(fresh_postgres) as connection:
        for row in ROWS:
            connection.execute(text(row))
    before = kept(fresh_postgres)
    database.migrate(fresh_postgres)
    assert kept(fresh_postgres) == before
    with database.writing(fresh_postgres) as connection:
        connection.execute(text(AGREED.format(kind="agreed")))
    to(fresh_postgres, "0001")
    assert kept(fresh_postgres) == before
