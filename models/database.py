"""Opening a database and bringing it up to date; the only module that knows what kind of database it is."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, event, inspect, make_url, text
from sqlalchemy.engine.interfaces import DBAPIConnection, DBAPICursor
from sqlalchemy.exc import ArgumentError, NoSuchModuleError, OperationalError
from sqlalchemy.exc import DatabaseError as SqlDatabaseError
from sqlalchemy.pool import ConnectionPoolEntry

from models.errors import NewerDatabase, UnopenableDatabase
from models.views import drop_views, fingerprint, make_views

HEAD = "0002"  # the newest migration; a test keeps it true, so that a database at head needs no Alembic
_LOCK = 5243027  # any number will do, so long as all writers take the same
_WAIT = 30_000  # milliseconds that a writer waits for another


def open(url: str) -> Engine:
    """An engine for a SQLAlchemy URL: SQLite with WAL and enforced foreign keys, or PostgreSQL.

    Nothing is connected yet. Raises UnopenableDatabase where the URL is none or its driver is not installed.
    """
    try:
        address = make_url(url)
        engine = create_engine(address)
    except (ArgumentError, NoSuchModuleError, ModuleNotFoundError) as error:
        raise UnopenableDatabase(f"{url}: {error}") from error
    if engine.dialect.name not in ("sqlite", "postgresql"):
        raise UnopenableDatabase(f"{url}: only SQLite and PostgreSQL are known")
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    else:
        event.listen(engine, "begin", _begin_postgresql)
    return engine


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """One transaction that may write: all of it is kept, or none where the block raises. One writer at a time."""
    with engine.connect().execution_options(writes=True) as connection, connection.begin():
        yield connection


def migrate(database: str | Engine) -> Engine:
    """Bring a database (made if there is none) to the newest tables, views and search; quick where it is there.

    Raises UnopenableDatabase, or NewerDatabase where a later version of the program made it.
    """
    engine = open(database) if isinstance(database, str) else database
    try:
        with engine.connect() as connection:
            if _up_to_date(connection):
                return engine
        with writing(engine) as connection:
            if not _up_to_date(connection):
                _upgrade(connection)
    except SqlDatabaseError as error:
        raise UnopenableDatabase(f"{engine.url}: {error.orig}") from error
    return engine


def revision(connection: Connection) -> str | None:
    """The migration a database stands at, None for an empty one."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("select version_num from alembic_version")).scalar()


def _up_to_date(connection: Connection) -> bool:
    if revision(connection) != HEAD:
        return False
    views = connection.execute(text("select value from schema_state where name = 'views'")).scalar()
    return views == fingerprint(connection.dialect.name)


def _upgrade(connection: Connection) -> None:
    # Alembic costs a tenth of a second to import and is needed only here.
    from alembic import command
    from alembic.config import Config
    from alembic.util import CommandError

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["connection"] = connection
    drop_views(connection)
    try:
        command.upgrade(config, "head")
    except CommandError as error:
        raise NewerDatabase(f"{connection.engine.url}: {error}") from error
    make_views(connection)


def _prepare_sqlite(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    # The driver must leave BEGIN to us: by itself it commits around the statements that make tables.
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute(f"pragma busy_timeout = {_WAIT}")
    _keep_wal(cursor)
    cursor.execute("pragma synchronous = normal")
    cursor.execute("pragma foreign_keys = on")
    cursor.close()


def _keep_wal(cursor: DBAPICursor) -> None:
    # Whoever first turns a file to WAL needs it alone, and SQLite says "locked" there at once: it waits only elsewhere.
    give_up = time.monotonic() + _WAIT / 1000
    while True:
        try:
            cursor.execute("pragma journal_mode = wal")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > give_up:
                raise
            time.sleep(0.01)
        else:
            return


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writes", False)
    # A writer takes its lock at once: one that read first could not wait for another.
    connection.exec_driver_sql("begin immediate" if writes else "begin")


def _begin_postgresql(connection: Connection) -> None:
    if connection.get_execution_options().get("writes", False):
        connection.exec_driver_sql(f"select pg_advisory_xact_lock({_LOCK})")


__all__ = ["HEAD", "OperationalError", "migrate", "open", "revision", "writing"]
