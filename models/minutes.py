"""What minutes say: items, resolutions, motions, declarations, actions, votes and who was there."""

from __future__ import annotations

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import CERTAINTIES, Base, Key, one_of, rules

ROLES = ("present", "apologies", "substitute", "officer", "in_attendance")


class Minutes(Base):
    __tablename__ = "minutes"
    __table_args__ = rules(
        comment="One document's account of a meeting: drafts and approved minutes are two."
    )

    extraction_id: Mapped[str] = mapped_column(
        ForeignKey("extractions.id", ondelete="CASCADE"), primary_key=True, comment="The reading."
    )
    meeting_id: Mapped[str] = mapped_column(ForeignKey("meetings.id"), index=True, comment="The meeting.")
    start_time: Mapped[str | None] = mapped_column(comment="When it began, as printed.")
    end_time: Mapped[str | None] = mapped_column(comment="When it ended, as printed.")
    place: Mapped[str | None] = mapped_column(comment="Where it was held, as printed.")
    status: Mapped[str | None] = mapped_column(comment="draft or approved.")
    language: Mapped[str] = mapped_column(comment="'en' or 'cy'.")


class AgendaItem(Base):
    __tablename__ = "agenda_items"
    __table_args__ = rules(
        UniqueConstraint("extraction_id", "position"), comment="An item of minutes in the printed order."
    )

    id: Mapped[Key] = mapped_column(comment="The extraction's id and the position.")
    extraction_id: Mapped[str] = mapped_column(
        ForeignKey("extractions.id", ondelete="CASCADE"), comment="The reading that found it."
    )
    meeting_id: Mapped[str] = mapped_column(ForeignKey("meetings.id"), index=True, comment="The meeting.")
    position: Mapped[int] = mapped_column(comment="Its place in the minutes, from 1.")
    number: Mapped[str | None] = mapped_column(comment="The item's number as printed.")
    minute_number: Mapped[str | None] = mapped_column(comment="The minute's number as printed.")
    title: Mapped[str | None] = mapped_column(comment="The title.")
    first_page: Mapped[int | None] = mapped_column(comment="The page it starts on, from 1.")


class Resolution(Base):
    __tablename__ = "resolutions"
    __table_args__ = rules(
        UniqueConstraint("agenda_item_id", "kind", "position"),
        one_of("kind", ("resolved", "recommended", "agreed")),
        comment="One part of what was resolved, recommended to others, or agreed in running text.",
    )

    id: Mapped[Key] = mapped_column(comment="The item's id, the kind and the position.")
    agenda_item_id: Mapped[str] = mapped_column(
        ForeignKey("agenda_items.id", ondelete="CASCADE"), comment="The item it was resolved under."
    )
    kind: Mapped[str] = mapped_column(comment="resolved, recommended to others, or agreed in running text.")
    position: Mapped[int] = mapped_column(comment="Its place among those of its kind, from 1.")
    text: Mapped[str] = mapped_column(comment="The words.")
    ref: Mapped[str | None] = mapped_column(comment="The part's number or letter as printed.")
    lead: Mapped[str | None] = mapped_column(comment="What stands before the parts ('Cabinet:').")
    addressed_to: Mapped[str | None] = mapped_column(
        comment="The body that a recommendation goes to, as printed."
    )


class Motion(Base):
    __tablename__ = "motions"
    __table_args__ = rules(
        UniqueConstraint("agenda_item_id", "position"),
        one_of("kind", ("motion", "amendment")),
        comment="What was proposed, by whom, and what became of it.",
    )

    id: Mapped[Key] = mapped_column(comment="The item's id and the position.")
    agenda_item_id: Mapped[str] = mapped_column(
        ForeignKey("agenda_items.id", ondelete="CASCADE"), comment="The item it was moved under."
    )
    position: Mapped[int] = mapped_column(comment="Its place under the item, from 1.")
    kind: Mapped[str] = mapped_column(comment="motion or amendment.")
    text: Mapped[str] = mapped_column(comment="The words.")
    proposer: Mapped[str | None] = mapped_column(comment="Who moved it, as printed.")
    seconder: Mapped[str | None] = mapped_column(comment="Who seconded it, as printed.")
    result: Mapped[str | None] = mapped_column(comment="What became of it; null where that is not printed.")


class Declaration(Base):
    __tablename__ = "declarations"
    __table_args__ = rules(
        UniqueConstraint("agenda_item_id", "position"), comment="An interest that somebody declared."
    )

    id: Mapped[Key] = mapped_column(comment="The item's id and the position.")
    agenda_item_id: Mapped[str] = mapped_column(
        ForeignKey("agenda_items.id", ondelete="CASCADE"), comment="The item it is minuted under."
    )
    party_id: Mapped[str] = mapped_column(ForeignKey("parties.id"), index=True, comment="Who.")
    position: Mapped[int] = mapped_column(comment="Its place under the item, from 1.")
    name: Mapped[str] = mapped_column(comment="The name as printed.")
    text: Mapped[str] = mapped_column(comment="The words of the minutes.")


class Action(Base):
    __tablename__ = "actions"
    __table_args__ = rules(
        UniqueConstraint("agenda_item_id", "position"),
        one_of("certainty", CERTAINTIES),
        comment="Something minutes ask somebody to do.",
    )

    id: Mapped[Key] = mapped_column(comment="The item's id and the position.")
    agenda_item_id: Mapped[str] = mapped_column(
        ForeignKey("agenda_items.id", ondelete="CASCADE"), comment="The item it was asked under."
    )
    position: Mapped[int] = mapped_column(comment="Its place under the item, from 1.")
    text: Mapped[str] = mapped_column(comment="The words.")
    owner: Mapped[str | None] = mapped_column(comment="Who is to act, as printed.")
    due: Mapped[str | None] = mapped_column(comment="By when, as printed.")
    due_earliest: Mapped[str | None] = mapped_column(comment="First day of the time printed, ISO.")
    due_latest: Mapped[str | None] = mapped_column(
        comment="Last day of the time printed, ISO; null where it is no day ('next meeting')."
    )
    due_inferred_from: Mapped[str | None] = mapped_column(
        comment="What the year was taken from where it is not printed."
    )
    certainty: Mapped[str] = mapped_column(comment="certain, likely or unsure.")


class Vote(Base):
    __tablename__ = "votes"
    __table_args__ = rules(
        UniqueConstraint("agenda_item_id", "position"), comment="A vote on a motion or an amendment."
    )

    id: Mapped[Key] = mapped_column(comment="The item's id and the position.")
    agenda_item_id: Mapped[str] = mapped_column(
        ForeignKey("agenda_items.id", ondelete="CASCADE"), comment="The item it was taken under."
    )
    position: Mapped[int] = mapped_column(comment="Its place under the item, from 1.")
    motion: Mapped[str] = mapped_column(comment="What was put to the vote.")
    result: Mapped[str] = mapped_column(comment="carried, lost, ...")
    votes_for: Mapped[int | None] = mapped_column(comment="How many for, where counted.")
    votes_against: Mapped[int | None] = mapped_column(comment="How many against, where counted.")
    abstentions: Mapped[int | None] = mapped_column(comment="How many abstained, where counted.")
    proposer: Mapped[str | None] = mapped_column(comment="Who moved it.")
    seconder: Mapped[str | None] = mapped_column(comment="Who seconded it.")


class VoteName(Base):
    __tablename__ = "vote_names"
    __table_args__ = rules(comment="How a named person voted.", narrow=True)

    vote_id: Mapped[str] = mapped_column(
        ForeignKey("votes.id", ondelete="CASCADE"), primary_key=True, comment="The vote."
    )
    side: Mapped[str] = mapped_column(primary_key=True, comment="for, against, abstain, ...")
    position: Mapped[int] = mapped_column(primary_key=True, comment="Its place on that side, from 1.")
    name: Mapped[str] = mapped_column(comment="The name as printed.")


class Attendance(Base):
    __tablename__ = "attendances"
    __table_args__ = rules(
        UniqueConstraint("extraction_id", "position"),
        one_of("role", ROLES),
        comment="Somebody who was there, sent apologies or stood in.",
    )

    id: Mapped[Key] = mapped_column(comment="The extraction's id and the position.")
    extraction_id: Mapped[str] = mapped_column(
        ForeignKey("extractions.id", ondelete="CASCADE"), comment="The reading that found it."
    )
    meeting_id: Mapped[str] = mapped_column(ForeignKey("meetings.id"), index=True, comment="The meeting.")
    party_id: Mapped[str] = mapped_column(ForeignKey("parties.id"), index=True, comment="Who.")
    position: Mapped[int] = mapped_column(comment="Its place in the minutes, from 1.")
    name: Mapped[str] = mapped_column(comment="The name as printed.")
    role: Mapped[str] = mapped_column(comment="present, apologies, substitute, officer or in_attendance.")
    note: Mapped[str] = mapped_column(comment="What is printed beside it: 'from 7.20 pm', or ''.")
