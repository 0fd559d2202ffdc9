"""Opening and bringing up to date a database."""

from __future__ import annotations

import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, exc, text

from models import database
from models.errors import NewerDatabase, UnopenableDatabase
from models.migrations.compare import ours
from models.tables import metadata
from models.views import view_names


@pytest.fixture
def engine(tmp_path: Path) -> Engine:
    return database.migrate(f"sqlite:///{tmp_path / 'new.db'}")


def test_a_migrated_database_has_the_tables_that_the_models_say(engine: Engine) -> None:
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"include_object": ours})
        assert compare_metadata(context, metadata) == []


def test_the_newest_migration_is_the_one_that_opening_looks_for() -> None:
    folder = Path(database.__file__).parent / "migrations"
    assert ScriptDirectory(str(folder)).get_heads() == [database.HEAD]


def test_every_table_on_sqlite_refuses_values_of_another_type(engine: Engine) -> None:
    with engine.connect() as connection:
        lax = connection.execute(
            text("select name from pragma_table_list where strict = 0 and schema = 'main' and type = 'table'")
        )
        assert {row.name for row in lax} - {"alembic_version", "sqlite_schema"} == set()


def test_every_view_answers_on_an_empty_database(engine: Engine) -> None:
    with engine.connect() as connection:
        for view in view_names():
            assert connection.execute(text(f"select * from {view}")).all() == []


def test_foreign_keys_are_enforced(engine: Engine) -> None:
    row = text("insert into party_aliases (party_id, printed) values ('nobody', 'Nobody')")
    with pytest.raises(exc.IntegrityError), database.writing(engine) as connection:
        connection.execute(row)


def test_a_database_file_keeps_a_write_ahead_log(engine: Engine) -> None:
    with engine.connect() as connection:
        settings = [
            connection.exec_driver_sql(f"pragma {name}").scalar() for name in ("journal_mode", "synchronous")
        ]
    assert settings == ["wal", 1]


def test_a_database_at_head_is_opened_without_alembic(engine: Engine) -> None:
    program = (
        "import sys; from models.database import migrate; "
        f"migrate({str(engine.url)!r}); print('alembic' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"


def test_migrating_again_costs_next_to_nothing(engine: Engine) -> None:
    started = time.process_time()
    database.migrate(engine)
    assert time.process_time() - started < 0.1


def test_views_that_are_out_of_date_are_made_anew(engine: Engine) -> None:
    with database.writing(engine) as connection:
        connection.execute(text("update schema_state set value = 'old'"))
        connection.execute(text("drop view v_coverage"))
    database.migrate(engine)
    with engine.connect() as connection:
        assert connection.execute(text("select count(*) from v_coverage")).scalar() == 0


def test_a_failed_migration_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    engine = database.open(f"sqlite:///{tmp_path / 'half.db'}")

    class PowerCut(Exception):
        pass

    def fail(_connection: object) -> None:
        raise PowerCut

    monkeypatch.setattr(database, "make_views", fail)
    with pytest.raises(PowerCut):
        database.migrate(engine)
    with engine.connect() as connection:
        assert connection.execute(text("select count(*) from sqlite_master")).scalar() == 0


def test_two_that_migrate_at_once_do_it_once(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'shared.db'}"
    with ThreadPoolExecutor(4) as pool:
        engines = list(pool.map(lambda _: database.migrate(url), range(4)))
    with engines[0].connect() as connection:
        assert database.revision(connection) == database.HEAD


def test_many_that_open_a_new_database_at_once_wait_for_one_another(tmp_path: Path) -> None:
    # SQLite refuses one in some hundreds of these without waiting, so one round would prove nothing.
    urls = [f"sqlite:///{tmp_path / f'{number}.db'}" for number in range(50)]
    with ThreadPoolExecutor(16) as pool:
        for url in urls:
            assert list(pool.map(first_answer, [url] * 16)) == [1] * 16


def first_answer(url: str) -> int | None:
    with database.open(url).connect() as connection:
        return connection.execute(text("select 1")).scalar()


def test_a_database_of_a_later_version_is_left_alone(engine: Engine) -> None:
    with database.writing(engine) as connection:
        connection.execute(text("update alembic_version set version_num = 'later'"))
    with pytest.raises(NewerDatabase):
        database.migrate(engine)
    with engine.connect() as connection:
        assert database.revision(connection) == "later"


@pytest.mark.parametrize("url", ["no address", "oracle://somewhere/x", "sqlite:////no/such/folder/x.db"])
def test_an_address_without_a_database_is_named(url: str) -> None:
    with pytest.raises(UnopenableDatabase, match=url.replace(".", r"\.")):
        database.migrate(url)


def test_a_file_that_is_no_database_is_named(tmp_path: Path) -> None:
    file = tmp_path / "paper.pdf"
    file.write_bytes(b"%PDF-1.4 " * 200)
    with pytest.raises(UnopenableDatabase, match="not a database"):
        database.migrate(f"sqlite:///{file}")


def test_importing_the_package_imports_no_database_library() -> None:
    program = "import sys, models; print('sqlalchemy' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"


def test_postgresql_has_the_same_tables(fresh_postgres: Engine) -> None:
    database.migrate(fresh_postgres)
    with fresh_postgres.connect() as connection:
        context = MigrationContext.configure(connection, opts={"include_object": ours})
        assert compare_metadata(context, metadata) == []
        for view in view_names():
            assert connection.execute(text(f"select * from {view}")).all() == []
