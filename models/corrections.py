"""What people said instead of what was read."""

from __future__ import annotations

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import CLOCK, Base, Key, one_of, rules

CORRECTION_STATES = ("open", "reopened", "withdrawn")


class Correction(Base):
    __tablename__ = "corrections"
    __table_args__ = rules(
        UniqueConstraint(
            "council_key", "review_key", "recommendation_key", "document_id", "field", "made_at"
        ),
        one_of("state", CORRECTION_STATES),
        comment="A value a person gave instead of the one read. Keyed by stable keys alone, so that it survives rereading.",
    )

    id: Mapped[Key] = mapped_column(comment="Derived from the keys, the field and the time.")
    council_key: Mapped[str] = mapped_column(comment="councils.key.")
    review_key: Mapped[str] = mapped_column(comment="reviews.key.")
    recommendation_key: Mapped[str] = mapped_column(comment="recommendations.key.")
    document_id: Mapped[str] = mapped_column(comment="The paper it is about, or '' for all.")
    field: Mapped[str] = mapped_column(
        comment="What is corrected: text, decision, progress, rag, owners, deadline, ..."
    )
    machine_value: Mapped[str | None] = mapped_column(comment="What had been read.")
    person_value: Mapped[str | None] = mapped_column(comment="What the person says instead.")
    source_words: Mapped[str] = mapped_column(
        comment="The printed words it was judged by: if they change, it reopens."
    )
    state: Mapped[str] = mapped_column(
        comment="open (it counts), reopened (to be looked at again) or withdrawn."
    )
    author: Mapped[str] = mapped_column(comment="Who said so.")
    reason: Mapped[str] = mapped_column(comment="Why, or ''.")
    made_at: Mapped[str] = mapped_column(info=CLOCK, comment="UTC, ISO.")
