"""What can go wrong with the database itself, by cause."""

from __future__ import annotations


class DatabaseError(Exception):
    """The database cannot be used. `advice` says what a person can do."""

    advice = "See the cause above."


class UnopenableDatabase(DatabaseError):
    """There is no database at the address and none can be made, or it is not one."""

    advice = "Check the address: sqlite:///NAME.db for a file, postgresql+psycopg://HOST/NAME for a server."


class NewerDatabase(DatabaseError):
    """The database was made by a later version of this program."""

    advice = "Install the version of scrutiny that made the database, or a later one."
