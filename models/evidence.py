"""Where each value is printed, what could not be placed, and every doubt."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Key, rules, yes_or_no


class Evidence(Base):
    __tablename__ = "evidence"
    __table_args__ = rules(
        yes_or_no("is_exact"),
        CheckConstraint(
            "(x0 is null) = (top is null) and (top is null) = (x1 is null) and "
            "(x1 is null) = (bottom is null)",
            name="whole_box",
        ),
        comment="Where a value is printed: a row for each box, points from the page's top left corner.",
    )

    subject_id: Mapped[str] = mapped_column(
        primary_key=True, comment="The id of the row that holds the value."
    )
    field: Mapped[str] = mapped_column(primary_key=True, comment="The column that holds the value.")
    position: Mapped[int] = mapped_column(
        primary_key=True, comment="Its place among the boxes of the value, from 1."
    )
    subject: Mapped[str] = mapped_column(comment="The table of that row.")
    extraction_id: Mapped[str] = mapped_column(
        ForeignKey("extractions.id", ondelete="CASCADE"), index=True, comment="The reading it belongs to."
    )
    document_id: Mapped[str] = mapped_column(
        ForeignKey("documents.id"), comment="The sha256 of the document."
    )
    page: Mapped[int] = mapped_column(comment="The page, from 1.")
    x0: Mapped[float | None] = mapped_column(comment="Left edge; null where only the page is known.")
    top: Mapped[float | None] = mapped_column(comment="Upper edge.")
    x1: Mapped[float | None] = mapped_column(comment="Right edge.")
    bottom: Mapped[float | None] = mapped_column(comment="Lower edge.")
    words: Mapped[str] = mapped_column(
        comment="The words as printed there; with the first box, '' with the others."
    )
    is_exact: Mapped[int] = mapped_column(
        comment="1: the value's own place; 0: the place of the whole it was read in."
    )


class Unassigned(Base):
    __tablename__ = "unassigned"
    __table_args__ = rules(comment="Words of a table that are in no field, with the reason: nothing is lost.")

    extraction_id: Mapped[str] = mapped_column(
        ForeignKey("extractions.id", ondelete="CASCADE"), primary_key=True, comment="The reading."
    )
    position: Mapped[int] = mapped_column(primary_key=True, comment="Its place in the document, from 1.")
    words: Mapped[str] = mapped_column(comment="The words.")
    reason: Mapped[str] = mapped_column(comment="Why they are in no field.")
    page: Mapped[int] = mapped_column(comment="The page, from 1.")
    x0: Mapped[float] = mapped_column(comment="Left edge.")
    top: Mapped[float] = mapped_column(comment="Upper edge.")
    x1: Mapped[float] = mapped_column(comment="Right edge.")
    bottom: Mapped[float] = mapped_column(comment="Lower edge.")


class Problem(Base):
    __tablename__ = "problems"
    __table_args__ = rules(comment="A doubt or a fault, never a guess in a value's place.")

    id: Mapped[Key] = mapped_column(comment="The extraction's id and the position.")
    extraction_id: Mapped[str] = mapped_column(
        ForeignKey("extractions.id", ondelete="CASCADE"), index=True, comment="The reading that met it."
    )
    document_id: Mapped[str] = mapped_column(ForeignKey("documents.id"), index=True, comment="The document.")
    code: Mapped[str] = mapped_column(index=True, comment="A code of docs/errors.md.")
    message: Mapped[str] = mapped_column(comment="One sentence for a person.")
    words: Mapped[str] = mapped_column(comment="The words it is about, or ''.")
    page: Mapped[int | None] = mapped_column(comment="The page, from 1.")
    x0: Mapped[float | None] = mapped_column(comment="Left edge.")
    top: Mapped[float | None] = mapped_column(comment="Upper edge.")
    x1: Mapped[float | None] = mapped_column(comment="Right edge.")
    bottom: Mapped[float | None] = mapped_column(comment="Lower edge.")
