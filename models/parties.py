"""Who acts: persons, posts, teams and bodies, the ways they are printed, and what they are to do."""

from __future__ import annotations

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import CERTAINTIES, Base, Key, exactly_one, one_of, rules


class Party(Base):
    __tablename__ = "parties"
    __table_args__ = rules(
        UniqueConstraint("council_id", "key"),
        comment="A person, post, team or body of a council that owns, attends or is named.",
        narrow=True,
    )

    id: Mapped[Key] = mapped_column(comment="Derived from the council and the key.")
    council_id: Mapped[str] = mapped_column(ForeignKey("councils.id"), comment="The council.")
    key: Mapped[str] = mapped_column(
        comment="The name without case and punctuation; with the document's sha256 where the council is unknown."
    )
    name: Mapped[str] = mapped_column(index=True, comment="The normalised name.")
    kind: Mapped[str] = mapped_column(
        comment="person, post, team, body, member, partnership, group or unknown."
    )


class PartyAlias(Base):
    __tablename__ = "party_aliases"
    __table_args__ = rules(comment="A way in which a party is printed.", narrow=True)

    party_id: Mapped[str] = mapped_column(ForeignKey("parties.id"), primary_key=True, comment="The party.")
    printed: Mapped[str] = mapped_column(primary_key=True, comment="The words in a paper.")


class Assignment(Base):
    __tablename__ = "assignments"
    __table_args__ = rules(
        exactly_one("observation_id", "action_id", "part_id"),
        one_of("certainty", CERTAINTIES),
        comment="A party that is to do something: owns a recommendation or an action, or answers for a paper.",
        narrow=True,
    )

    id: Mapped[Key] = mapped_column(comment="The id of what it is about, and the position.")
    observation_id: Mapped[str | None] = mapped_column(
        ForeignKey("observations.id", ondelete="CASCADE"),
        index=True,
        comment="The recommendation as seen, or null.",
    )
    action_id: Mapped[str | None] = mapped_column(
        ForeignKey("actions.id", ondelete="CASCADE"), index=True, comment="The action of minutes, or null."
    )
    part_id: Mapped[str | None] = mapped_column(
        ForeignKey("parts.id", ondelete="CASCADE"),
        index=True,
        comment="The paper whose title block names it, or null.",
    )
    party_id: Mapped[str] = mapped_column(ForeignKey("parties.id"), index=True, comment="Who.")
    position: Mapped[int] = mapped_column(comment="Its place in the printed order, from 1.")
    role: Mapped[str] = mapped_column(
        comment="lead, support, member; lead_officer or cabinet_member of a paper."
    )
    printed: Mapped[str] = mapped_column(comment="The words in the paper.")
    post: Mapped[str | None] = mapped_column(comment="The post of a named person, where both are printed.")
    on_behalf_of: Mapped[str | None] = mapped_column(comment="Whom they act for, where printed.")
    certainty: Mapped[str] = mapped_column(comment="certain, likely or unsure.")
