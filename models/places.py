"""Councils, their committees and their meetings."""

from __future__ import annotations

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Key, rules, yes_or_no


class Council(Base):
    __tablename__ = "councils"
    __table_args__ = rules(
        UniqueConstraint("key"),
        yes_or_no("is_known"),
        comment="A council. One row stands for 'not printed': papers that name none and were given none.",
        narrow=True,
    )

    id: Mapped[Key] = mapped_column(comment="Derived from the key.")
    key: Mapped[str] = mapped_column(
        comment="The name without case, punctuation and 'Council': what makes it one."
    )
    name: Mapped[str | None] = mapped_column(
        index=True, comment="The name as printed; null for the row that stands for none."
    )
    is_known: Mapped[int] = mapped_column(comment="1, or 0 for the row that stands for 'not printed'.")


class Committee(Base):
    __tablename__ = "committees"
    __table_args__ = rules(
        UniqueConstraint("council_id", "key"), comment="A committee of a council.", narrow=True
    )

    id: Mapped[Key] = mapped_column(comment="Derived from the council and the key.")
    council_id: Mapped[str] = mapped_column(ForeignKey("councils.id"), comment="Whose committee it is.")
    key: Mapped[str] = mapped_column(
        comment="The name without case and punctuation; with the document's sha256 where the council is unknown."
    )
    name: Mapped[str] = mapped_column(index=True, comment="The name as printed.")


class Meeting(Base):
    __tablename__ = "meetings"
    __table_args__ = rules(
        UniqueConstraint("council_id", "key"), comment="A sitting of a committee on a day.", narrow=True
    )

    id: Mapped[Key] = mapped_column(comment="Derived from the council and the key.")
    council_id: Mapped[str] = mapped_column(ForeignKey("councils.id"), comment="The council.")
    committee_id: Mapped[str | None] = mapped_column(
        ForeignKey("committees.id"), index=True, comment="The committee, where it is known."
    )
    key: Mapped[str] = mapped_column(
        comment="Committee and day; the document's sha256 where either is not known, so that none are mixed up."
    )
    held_on: Mapped[str | None] = mapped_column(comment="The day, ISO.")
    start_time: Mapped[str | None] = mapped_column(comment="When it began, as the ruling minutes say.")
    end_time: Mapped[str | None] = mapped_column(comment="When it ended, as the ruling minutes say.")
    place: Mapped[str | None] = mapped_column(comment="Where it was held, as the ruling minutes say.")
    status: Mapped[str | None] = mapped_column(
        comment="draft or approved: approved minutes rule over drafts."
    )
    language: Mapped[str | None] = mapped_column(comment="The language of the ruling minutes, 'en' or 'cy'.")
