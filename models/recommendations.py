"""Reviews, their recommendations, and each recommendation as each paper shows it."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from models.base import CERTAINTIES, Base, Key, exactly_one, one_of, rules, yes_or_no

DEADLINE_KINDS = ("date", "period", "recurring", "relative", "ongoing", "none")
DEADLINE_ROLES = ("target", "revised", "actual")
STATUS_KINDS = ("decision", "progress", "rag")
SAYERS = ("officer", "committee", "executive", "")
RAG_SOURCES = ("word", "fill", "circle", "picture")
MENTION_KINDS = ("date", "entity", "cross_reference", "paragraph", "addressed_to", "other_date", "rag_key")


class Review(Base):
    __tablename__ = "reviews"
    __table_args__ = rules(
        UniqueConstraint("council_id", "key"),
        comment="What recommendations belong to: a review or inquiry, or a committee's standing list.",
    )

    id: Mapped[Key] = mapped_column(comment="Derived from the council and the key.")
    council_id: Mapped[str] = mapped_column(ForeignKey("councils.id"), comment="The council.")
    key: Mapped[str] = mapped_column(
        comment="'subject: …', 'list of committee: …', or 'document: SHA256' where no subject is printed."
    )
    title: Mapped[str | None] = mapped_column(
        index=True, comment="The subject as its earliest paper prints it."
    )
    committee_id: Mapped[str | None] = mapped_column(
        ForeignKey("committees.id"),
        index=True,
        comment="The committee that its earliest paper with one names.",
    )
    papers: Mapped[int] = mapped_column(
        default=0,
        comment="How many papers show its recommendations: active readings of documents not replaced.",
    )
    last_dated: Mapped[str | None] = mapped_column(comment="The date of the latest of those papers.")


class Recommendation(Base):
    __tablename__ = "recommendations"
    __table_args__ = rules(
        UniqueConstraint("review_id", "key"),
        comment="What all observations of one recommendation (or action of a log) have in common.",
    )

    id: Mapped[Key] = mapped_column(comment="Derived from the review and the key.")
    review_id: Mapped[str] = mapped_column(ForeignKey("reviews.id"), comment="The review.")
    key: Mapped[str] = mapped_column(
        comment="The printed reference without its looks; where several share it, with section and order; "
        "with the document and page where none is printed."
    )


class Observation(Base):
    __tablename__ = "observations"
    __table_args__ = rules(
        UniqueConstraint("extraction_id", "position"),
        one_of("kind", ("recommendation", "action")),
        one_of("certainty", CERTAINTIES),
        yes_or_no("is_latest"),
        Index("ix_observations_recommendation_id_sequence", "recommendation_id", "sequence"),
        Index(
            "ix_observations_slipped",
            "due_latest",
            "due_before",
            sqlite_where=text("due_latest <> due_before"),
            postgresql_where=text("due_latest <> due_before"),
        ),
        comment="One recommendation as one paper shows it. A later paper adds a row, none is overwritten.",
    )

    id: Mapped[Key] = mapped_column(comment="The extraction's id and the position.")
    recommendation_id: Mapped[str] = mapped_column(
        ForeignKey("recommendations.id"), comment="Of which it is a sight."
    )
    extraction_id: Mapped[str] = mapped_column(
        ForeignKey("extractions.id", ondelete="CASCADE"), comment="The reading that saw it."
    )
    part_id: Mapped[str] = mapped_column(
        ForeignKey("parts.id", ondelete="CASCADE"), index=True, comment="The paper that shows it."
    )
    position: Mapped[int] = mapped_column(comment="Its place in the document, from 1.")
    kind: Mapped[str] = mapped_column(comment="recommendation, or action of an action log.")
    ref: Mapped[str | None] = mapped_column(comment="The reference as printed.")
    number: Mapped[int | None] = mapped_column(comment="The number in the reference.")
    title: Mapped[str | None] = mapped_column(comment="Its own title, where it has one.")
    text: Mapped[str] = mapped_column(comment="What is recommended.")
    section: Mapped[str | None] = mapped_column(comment="The section of the table or paper it stands in.")
    priority: Mapped[str | None] = mapped_column(comment="The priority as printed.")
    first_page: Mapped[int | None] = mapped_column(comment="The first page it stands on, from 1.")
    certainty: Mapped[str] = mapped_column(comment="certain, likely or unsure.")
    decision: Mapped[str | None] = mapped_column(
        comment="Its decision, from statuses; null where none is stated."
    )
    progress: Mapped[str | None] = mapped_column(
        comment="Its progress, from statuses; null where none is stated."
    )
    rag: Mapped[str | None] = mapped_column(
        comment="Its rating, from statuses; the label where it has no meaning."
    )
    owners: Mapped[str | None] = mapped_column(comment="Its owners, from assignments, parted by '; '.")
    due_words: Mapped[str | None] = mapped_column(comment="Its deadlines as printed, parted by '; '.")
    due_earliest: Mapped[str | None] = mapped_column(comment="First day of the deadline that counts, ISO.")
    due_latest: Mapped[str | None] = mapped_column(
        comment="Last day of the deadline that counts: the last revised one, else the last target; never recurring ones."
    )
    due_before: Mapped[str | None] = mapped_column(
        comment="The due_latest of the last earlier observation that has one: v_slippage compares them."
    )
    sequence: Mapped[int | None] = mapped_column(
        comment="1 for the first sight of the recommendation, by the papers' dates; null in readings no longer active."
    )
    is_latest: Mapped[int] = mapped_column(comment="1 for the latest sight of the recommendation.")


class Segment(Base):
    __tablename__ = "segments"
    __table_args__ = rules(
        UniqueConstraint("observation_id", "position"),
        one_of("certainty", CERTAINTIES),
        comment="A part of what was answered, done or reported, in the printed order, without its marker.",
    )

    id: Mapped[Key] = mapped_column(comment="The observation's id and the position.")
    observation_id: Mapped[str] = mapped_column(
        ForeignKey("observations.id", ondelete="CASCADE"), comment="Whose part it is."
    )
    position: Mapped[int] = mapped_column(comment="Its place in the printed order, from 1.")
    kind: Mapped[str] = mapped_column(comment="response, action, update, outcome or comment.")
    text: Mapped[str] = mapped_column(comment="The words.")
    marker: Mapped[str] = mapped_column(comment="The marker that opened it: 'Response:'.")
    date_words: Mapped[str | None] = mapped_column(comment="Its own date as printed.")
    date_edtf: Mapped[str | None] = mapped_column(comment="Its own date in EDTF.")
    earliest: Mapped[str | None] = mapped_column(comment="First day of its own date, ISO.")
    latest: Mapped[str | None] = mapped_column(comment="Last day of its own date, ISO.")
    inferred_from: Mapped[str | None] = mapped_column(
        comment="What the date's year was taken from, if not printed."
    )
    certainty: Mapped[str] = mapped_column(comment="certain, likely or unsure.")


class Deadline(Base):
    __tablename__ = "deadlines"
    __table_args__ = rules(
        one_of("kind", DEADLINE_KINDS),
        one_of("role", DEADLINE_ROLES),
        one_of("certainty", CERTAINTIES),
        comment="When something is due, as printed and as days.",
        narrow=True,
    )

    id: Mapped[Key] = mapped_column(comment="The observation's id and the position.")
    observation_id: Mapped[str] = mapped_column(
        ForeignKey("observations.id", ondelete="CASCADE"), index=True, comment="What is due."
    )
    position: Mapped[int] = mapped_column(comment="Its place in the printed order, from 1.")
    words: Mapped[str] = mapped_column(comment="The words as printed.")
    kind: Mapped[str] = mapped_column(comment="date, period, recurring, relative, ongoing or none.")
    role: Mapped[str] = mapped_column(comment="target, revised or actual.")
    edtf: Mapped[str] = mapped_column(comment="The time in EDTF, or ''.")
    earliest: Mapped[str | None] = mapped_column(comment="First day, ISO; null where open.")
    latest: Mapped[str | None] = mapped_column(comment="Last day, ISO; null where open.")
    recurrence: Mapped[str | None] = mapped_column(comment="annual, quarterly, monthly, ... where it recurs.")
    inferred_from: Mapped[str] = mapped_column(
        comment="What the year was taken from where it is not printed, or ''."
    )
    certainty: Mapped[str] = mapped_column(comment="certain, likely or unsure.")


class Status(Base):
    __tablename__ = "statuses"
    __table_args__ = rules(
        UniqueConstraint("observation_id", "kind", "position"),
        one_of("kind", STATUS_KINDS),
        one_of("said_by", SAYERS),
        one_of("source", RAG_SOURCES),
        one_of("certainty", CERTAINTIES),
        comment="A decision, a progress or a RAG rating, only where the paper states it.",
        narrow=True,
    )

    id: Mapped[Key] = mapped_column(comment="The observation's id, the kind and the position.")
    observation_id: Mapped[str] = mapped_column(
        ForeignKey("observations.id", ondelete="CASCADE"), comment="What it is said of."
    )
    kind: Mapped[str] = mapped_column(comment="decision, progress or rag: three things.")
    position: Mapped[int] = mapped_column(comment="Its place among those of its kind, from 1.")
    value: Mapped[str | None] = mapped_column(comment="The known word; null for a colour without a meaning.")
    words: Mapped[str] = mapped_column(comment="The words as printed, or the colour as drawn.")
    said_by: Mapped[str] = mapped_column(comment="officer, committee or executive; '' where it is not told.")
    colour: Mapped[str | None] = mapped_column(comment="The colour as drawn, '#rrggbb'; RAG only.")
    scheme: Mapped[str] = mapped_column(comment="RAG, BRAG, 1-4, per cent, ...; RAG only, else ''.")
    source: Mapped[str] = mapped_column(comment="What it was read from: word, fill, circle or picture.")
    certainty: Mapped[str] = mapped_column(comment="certain, likely or unsure.")


class Mention(Base):
    __tablename__ = "mentions"
    __table_args__ = rules(
        exactly_one("observation_id", "part_id"),
        one_of("kind", MENTION_KINDS),
        comment="A date, body, cross-reference, paragraph or other thing that a text or a title block names.",
        narrow=True,
    )

    id: Mapped[Key] = mapped_column(comment="The id of what names it, the kind and the position.")
    observation_id: Mapped[str | None] = mapped_column(
        ForeignKey("observations.id", ondelete="CASCADE"),
        index=True,
        comment="The recommendation that names it.",
    )
    part_id: Mapped[str | None] = mapped_column(
        ForeignKey("parts.id", ondelete="CASCADE"),
        index=True,
        comment="The paper whose title block names it.",
    )
    kind: Mapped[str] = mapped_column(
        comment="date, entity, cross_reference, paragraph, addressed_to; other_date and rag_key of a title block."
    )
    position: Mapped[int] = mapped_column(comment="Its place among those of its kind, from 1.")
    words: Mapped[str] = mapped_column(comment="The words as printed.")
    value: Mapped[str] = mapped_column(
        comment="EDTF, the normalised name, the reference, or what a key means."
    )
    sort: Mapped[str | None] = mapped_column(comment="Of an entity its kind; of another date what it is.")
    is_acting: Mapped[int | None] = mapped_column(comment="1 where an entity does something; entities only.")
    is_deadline: Mapped[int | None] = mapped_column(
        comment="1 where only the end counts: 'by June'; dates only."
    )
    earliest: Mapped[str | None] = mapped_column(comment="First day of a date, ISO.")
    latest: Mapped[str | None] = mapped_column(comment="Last day of a date, ISO.")
    inferred_from: Mapped[str | None] = mapped_column(
        comment="What a date's year was taken from, if not printed."
    )
    recommendation_id: Mapped[str | None] = mapped_column(
        ForeignKey("recommendations.id"),
        index=True,
        comment="What a cross-reference leads to, where it is one alone.",
    )


class PrintedField(Base):
    __tablename__ = "printed_fields"
    __table_args__ = rules(comment="A printed column of a recommendation that has no field of its own.")

    observation_id: Mapped[str] = mapped_column(
        ForeignKey("observations.id", ondelete="CASCADE"),
        primary_key=True,
        comment="The recommendation as seen.",
    )
    heading: Mapped[str] = mapped_column(primary_key=True, comment="The column's heading as printed.")
    text: Mapped[str] = mapped_column(comment="What stands in the column.")
