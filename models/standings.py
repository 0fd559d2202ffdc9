"""What the views stand on: where each recommendation stands now, and the texts to be searched; kept up by loading."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Key, Whole, rules, yes_or_no


class Standing(Base):
    __tablename__ = "standings"
    __table_args__ = rules(
        yes_or_no("is_open"),
        yes_or_no("is_replaced"),
        yes_or_no("is_dropped"),
        Index(
            "ix_standings_dropped",
            "review_id",
            sqlite_where=text("is_dropped = 1"),
            postgresql_where=text("is_dropped = 1"),
        ),
        Index(
            "ix_standings_due",
            "due_latest",
            sqlite_where=text("is_open = 1 and is_replaced = 0"),
            postgresql_where=text("is_open = 1 and is_replaced = 0"),
        ),
        comment="Where a recommendation stands by its latest observation. Derived: written by loading, never by hand.",
    )

    recommendation_id: Mapped[str] = mapped_column(
        ForeignKey("recommendations.id"), primary_key=True, comment="The recommendation."
    )
    council_id: Mapped[str] = mapped_column(ForeignKey("councils.id"), index=True, comment="Its council.")
    review_id: Mapped[str] = mapped_column(ForeignKey("reviews.id"), index=True, comment="Its review.")
    committee_id: Mapped[str | None] = mapped_column(
        ForeignKey("committees.id"), index=True, comment="The committee its latest paper names."
    )
    observation_id: Mapped[str] = mapped_column(
        ForeignKey("observations.id", ondelete="CASCADE"), index=True, comment="Its latest observation."
    )
    part_id: Mapped[str] = mapped_column(
        ForeignKey("parts.id", ondelete="CASCADE"), index=True, comment="The paper that shows it."
    )
    document_id: Mapped[str] = mapped_column(ForeignKey("documents.id"), index=True, comment="The document.")
    dated: Mapped[str | None] = mapped_column(
        index=True, comment="The paper's date, else the day it was published."
    )
    observations: Mapped[int] = mapped_column(comment="How many papers show it.")
    decision: Mapped[str | None] = mapped_column(
        index=True, comment="Its decision, where the paper states one."
    )
    progress: Mapped[str | None] = mapped_column(
        index=True, comment="Its progress, where the paper states one."
    )
    rag: Mapped[str | None] = mapped_column(
        index=True, comment="Its rating; the label where it has no meaning."
    )
    due_latest: Mapped[str | None] = mapped_column(index=True, comment="The last day it is due, ISO.")
    is_open: Mapped[int] = mapped_column(comment="0 where it is complete, superseded or rejected.")
    is_replaced: Mapped[int] = mapped_column(
        comment="1 where only a document shows it that another took the place of."
    )
    is_dropped: Mapped[int] = mapped_column(
        comment="1 where the review has a later paper and it does not show it."
    )
    page: Mapped[int | None] = mapped_column(comment="The page of its text, from 1.")
    x0: Mapped[float | None] = mapped_column(comment="Left edge of its text.")
    top: Mapped[float | None] = mapped_column(comment="Upper edge.")
    x1: Mapped[float | None] = mapped_column(comment="Right edge.")
    bottom: Mapped[float | None] = mapped_column(comment="Lower edge.")


class StandingOwner(Base):
    __tablename__ = "standing_owners"
    __table_args__ = rules(
        comment="Who owns a recommendation by its latest observation, each party once. Derived.", narrow=True
    )

    party_id: Mapped[str] = mapped_column(ForeignKey("parties.id"), primary_key=True, comment="The owner.")
    recommendation_id: Mapped[str] = mapped_column(
        ForeignKey("standings.recommendation_id", ondelete="CASCADE"),
        primary_key=True,
        index=True,
        comment="The recommendation.",
    )
    is_open: Mapped[int] = mapped_column(comment="As in standings.")
    is_replaced: Mapped[int] = mapped_column(comment="As in standings.")
    due_latest: Mapped[str | None] = mapped_column(comment="As in standings.")


class SearchText(Base):
    __tablename__ = "search_texts"
    __table_args__ = rules(
        comment="Texts for full-text search: recommendations by their latest words, segments, minutes. Derived."
    )

    id: Mapped[int] = mapped_column(
        Whole, primary_key=True, info={"clock": True}, comment="A number for the index."
    )
    subject_id: Mapped[str] = mapped_column(unique=True, comment="The id of the row that holds the text.")
    subject: Mapped[str] = mapped_column(comment="The table of that row.")
    extraction_id: Mapped[str] = mapped_column(
        ForeignKey("extractions.id", ondelete="CASCADE"), index=True, comment="The reading it is from."
    )
    document_id: Mapped[str] = mapped_column(ForeignKey("documents.id"), comment="The document.")
    page: Mapped[int | None] = mapped_column(comment="The page, from 1.")
    body: Mapped[str] = mapped_column(comment="The text.")


class SchemaState(Base):
    __tablename__ = "schema_state"
    __table_args__ = rules(
        comment="What version of the views and of the search this database has.", narrow=True
    )

    name: Mapped[Key] = mapped_column(comment="views or search.")
    value: Mapped[str] = mapped_column(comment="A hash of what made them.")
