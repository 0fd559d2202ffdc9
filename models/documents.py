"""Documents, where they lie, how they were read, and the papers they hold."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from models.base import CLOCK, Base, Key, one_of, rules, yes_or_no

OUTCOMES = ("read", "read_none_found", "not_read")


class Document(Base):
    __tablename__ = "documents"
    __table_args__ = rules(
        one_of("outcome", OUTCOMES),
        yes_or_no("is_replaced"),
        comment="A file by its content: the same bytes are one document.",
    )

    id: Mapped[Key] = mapped_column(
        comment="The sha256 of the bytes; 'unhashed:' and a hash of the place where the bytes could not be had."
    )
    sha256: Mapped[str | None] = mapped_column(
        comment="The sha256 of the bytes; null where they could not be had."
    )
    file_name: Mapped[str] = mapped_column(index=True, comment="The last part of the address.")
    address: Mapped[str] = mapped_column(
        comment="The first of its places, open ones before closed: path or web address."
    )
    outcome: Mapped[str] = mapped_column(
        comment="read; read_none_found: read, and holds no record; not_read: see the cause."
    )
    cause: Mapped[str | None] = mapped_column(comment="Why it was not read: a code of docs/errors.md.")
    advice: Mapped[str | None] = mapped_column(comment="What a person can do about the cause.")
    replaced_by: Mapped[str | None] = mapped_column(
        ForeignKey("documents.id"),
        index=True,
        comment="The document that took its place at its last open location.",
    )
    is_replaced: Mapped[int] = mapped_column(
        comment="1 where the document that took its place could be read."
    )
    published_on: Mapped[str | None] = mapped_column(
        comment="The first day a source says it came out, ISO: stands in where a paper prints no date."
    )
    first_seen_at: Mapped[str] = mapped_column(info=CLOCK, comment="UTC, ISO.")


class DocumentLocation(Base):
    __tablename__ = "document_locations"
    __table_args__ = rules(
        yes_or_no("is_open"),
        Index(
            "ix_document_locations_open",
            "source",
            "path",
            sqlite_where=text("is_open = 1"),
            postgresql_where=text("is_open = 1"),
            unique=True,
        ),
        comment="A place where a document lies or lay. A file that changes closes one row and opens another.",
    )

    source: Mapped[str] = mapped_column(
        primary_key=True, comment="Which source lists it: folder, moderngov:NAME, ..."
    )
    path: Mapped[str] = mapped_column(primary_key=True, comment="The path or web address in that source.")
    document_id: Mapped[str] = mapped_column(
        ForeignKey("documents.id"), primary_key=True, index=True, comment="What was found there."
    )
    published_on: Mapped[str | None] = mapped_column(comment="The day the source says it was published, ISO.")
    is_open: Mapped[int] = mapped_column(comment="1 while the document lies there.")
    seen_at: Mapped[str] = mapped_column(info=CLOCK, comment="When it was first found there: UTC, ISO.")
    closed_at: Mapped[str | None] = mapped_column(
        info=CLOCK, comment="When it was gone or changed: UTC, ISO."
    )


class Extraction(Base):
    __tablename__ = "extractions"
    __table_args__ = rules(
        UniqueConstraint("document_id", "reader"),
        one_of("outcome", OUTCOMES),
        yes_or_no("is_active"),
        Index(
            "ix_extractions_active",
            "document_id",
            unique=True,
            sqlite_where=text("is_active = 1"),
            postgresql_where=text("is_active = 1"),
        ),
        comment="One reading of a document by one version of the reader. Old readings are kept; one is active.",
    )

    id: Mapped[Key] = mapped_column(
        comment="Derived from the document and the reader; opens the ids of all it holds."
    )
    document_id: Mapped[str] = mapped_column(ForeignKey("documents.id"), comment="What was read.")
    reader: Mapped[str] = mapped_column(comment="The reader and its version.")
    digest: Mapped[str] = mapped_column(
        comment="A hash of all that was understood: tells a repeat from a change."
    )
    is_active: Mapped[int] = mapped_column(comment="1 for the reading that the views show.")
    outcome: Mapped[str] = mapped_column(comment="read, read_none_found or not_read.")
    cause: Mapped[str | None] = mapped_column(comment="Why it was not read: a code of docs/errors.md.")
    advice: Mapped[str | None] = mapped_column(comment="What a person can do about the cause.")
    kind: Mapped[str | None] = mapped_column(
        comment="action_plan, progress_update, tracker, minutes, pack, other, ..."
    )
    kind_reason: Mapped[str | None] = mapped_column(comment="What the kind was told by.")
    pages: Mapped[int] = mapped_column(default=0, comment="Pages of the document.")
    tables: Mapped[int] = mapped_column(default=0, comment="Tables found.")
    tables_read: Mapped[int] = mapped_column(default=0, comment="Tables that hold records.")
    words: Mapped[int] = mapped_column(default=0, comment="Words in the tables that hold records.")
    assigned: Mapped[int] = mapped_column(default=0, comment="Words of them that are in a field.")
    unassigned: Mapped[int] = mapped_column(
        default=0, comment="Words of them in no field: kept in unassigned."
    )
    recommendations: Mapped[int] = mapped_column(default=0, comment="Recommendations and actions read.")
    agenda_items: Mapped[int] = mapped_column(default=0, comment="Agenda items of minutes read.")
    problems: Mapped[int] = mapped_column(default=0, comment="Problems recorded.")
    loaded_at: Mapped[str] = mapped_column(info=CLOCK, comment="UTC, ISO.")
    run_id: Mapped[str | None] = mapped_column(
        ForeignKey("runs.id"), info=CLOCK, index=True, comment="The run that loaded it."
    )


class Part(Base):
    __tablename__ = "parts"
    __table_args__ = rules(
        UniqueConstraint("extraction_id", "position"),
        comment="One paper inside a document (a pack holds several), as one extraction understands it.",
    )

    id: Mapped[Key] = mapped_column(comment="The extraction's id and the position.")
    extraction_id: Mapped[str] = mapped_column(
        ForeignKey("extractions.id", ondelete="CASCADE"), comment="The reading that found it."
    )
    document_id: Mapped[str] = mapped_column(ForeignKey("documents.id"), index=True, comment="The document.")
    position: Mapped[int] = mapped_column(comment="Its place in the document, from 1.")
    kind: Mapped[str] = mapped_column(comment="action_plan, progress_update, cabinet_response, tracker, ...")
    kind_reason: Mapped[str] = mapped_column(comment="What the kind was told by.")
    first_page: Mapped[int | None] = mapped_column(comment="Its first page in the document, from 1.")
    last_page: Mapped[int | None] = mapped_column(comment="Its last page in the document.")
    title: Mapped[str | None] = mapped_column(comment="The title as printed.")
    subtitle: Mapped[str | None] = mapped_column(comment="The line below the title.")
    council_id: Mapped[str] = mapped_column(
        ForeignKey("councils.id"), index=True, comment="The council it is of."
    )
    committee_id: Mapped[str | None] = mapped_column(
        ForeignKey("committees.id"), index=True, comment="The committee it names."
    )
    review_id: Mapped[str | None] = mapped_column(
        ForeignKey("reviews.id"),
        index=True,
        comment="The review its recommendations belong to; null if it has none.",
    )
    subject: Mapped[str | None] = mapped_column(comment="The subject of the review, as printed.")
    stage: Mapped[str | None] = mapped_column(
        comment="Where in its life the review is, as printed: '6 months on'."
    )
    date_words: Mapped[str | None] = mapped_column(comment="The paper's date as printed.")
    date_edtf: Mapped[str | None] = mapped_column(comment="The paper's date in EDTF.")
    dated: Mapped[str | None] = mapped_column(
        comment="The last day of the paper's date, ISO: orders observations."
    )
