"""Runs of the pipeline, each with what it did."""

from __future__ import annotations

from sqlalchemy.orm import Mapped, mapped_column

from models.base import CLOCK, Base, Key, one_of, rules

RUN_STATES = ("running", "finished", "failed")


class Run(Base):
    __tablename__ = "runs"
    __table_args__ = rules(
        one_of("state", RUN_STATES),
        comment="One run of ingest, nightly or another command. A run that died stays 'running'.",
    )

    id: Mapped[Key] = mapped_column(comment="Random: runs are events, not facts of a paper.")
    command: Mapped[str] = mapped_column(comment="ingest, nightly, reprocess, ...")
    arguments: Mapped[str] = mapped_column(comment="What it was asked to do, as JSON.")
    state: Mapped[str] = mapped_column(comment="running, finished or failed.")
    started_at: Mapped[str] = mapped_column(info=CLOCK, comment="UTC, ISO.")
    ended_at: Mapped[str | None] = mapped_column(
        info=CLOCK, comment="UTC, ISO; null while it runs or if it died."
    )
    files: Mapped[int] = mapped_column(default=0, comment="Files it looked at.")
    unchanged: Mapped[int] = mapped_column(default=0, comment="Files that were known already.")
    read: Mapped[int] = mapped_column(default=0, comment="Files read that hold records.")
    none_found: Mapped[int] = mapped_column(default=0, comment="Files read that hold none.")
    not_read: Mapped[int] = mapped_column(default=0, comment="Files that could not be read.")
    report: Mapped[str | None] = mapped_column(comment="The written report, where one was made.")
