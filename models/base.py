"""What all tables have in common: types that SQLite's STRICT tables and PostgreSQL both take, names of constraints."""

from __future__ import annotations

from typing import Annotated, Any

from sqlalchemy import REAL, BigInteger, CheckConstraint, Integer, MetaData, Text
from sqlalchemy.dialects.postgresql import DOUBLE_PRECISION
from sqlalchemy.orm import DeclarativeBase, mapped_column
from sqlalchemy.schema import SchemaItem
from sqlalchemy.types import TypeEngine

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}

# A point on a page: eight bytes on both databases, so that both dump the same figures.
Points: TypeEngine[float] = REAL().with_variant(DOUBLE_PRECISION(), "postgresql")
# SQLite's INTEGER holds 64 bits, PostgreSQL's only 32.
Whole: TypeEngine[int] = Integer().with_variant(BigInteger(), "postgresql")

Key = Annotated[str, mapped_column(Text, primary_key=True)]

# Marks a column whose value says when or by which run a row was written, not what a paper says.
CLOCK = {"clock": True}

CERTAINTIES = ("certain", "likely", "unsure")


class Base(DeclarativeBase):
    """The tables' common ancestor; its metadata is the schema."""

    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map = {str: Text(), float: Points, int: Whole}


def rules(*items: SchemaItem, comment: str, narrow: bool = False) -> tuple[Any, ...]:
    """The `__table_args__` of a table: its constraints, STRICT on SQLite, and what it is for.

    `narrow` keeps the rows in the primary key's own tree on SQLite: smaller and faster while rows are short.
    """
    return (*items, {"sqlite_strict": True, "sqlite_with_rowid": not narrow, "comment": comment})


def one_of(column: str, values: tuple[str, ...]) -> CheckConstraint:
    """A check that `column` holds one of `values`, or nothing where it may be null."""
    listed = ", ".join(f"'{value}'" for value in values)
    return CheckConstraint(f"{column} in ({listed})", name=column)


def yes_or_no(column: str) -> CheckConstraint:
    """A check that `column` is 0 or 1: STRICT tables have no booleans."""
    return CheckConstraint(f"{column} in (0, 1)", name=column)


def exactly_one(*columns: str) -> CheckConstraint:
    """A check that just one of `columns` is filled."""
    filled = " + ".join(f"case when {column} is null then 0 else 1 end" for column in columns)
    return CheckConstraint(f"{filled} = 1", name="one_subject")
