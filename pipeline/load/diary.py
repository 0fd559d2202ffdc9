"""Runs of the pipeline in the database: when they began, what they did."""

from __future__ import annotations

from typing import Literal
from uuid import uuid4

import msgspec
from sqlalchemy import Engine, insert, update

from models import tables
from models.database import writing
from pipeline.load.sheet import now


class RunCounts(msgspec.Struct, frozen=True):
    """How the files of a run ended."""

    files: int = 0
    unchanged: int = 0
    read: int = 0
    none_found: int = 0
    not_read: int = 0


def start_run(engine: Engine, command: str, arguments: tuple[str, ...] = ()) -> str:
    """Note that a run begins; its id."""
    run_id = uuid4().hex
    row = {
        "id": run_id,
        "command": command,
        "arguments": msgspec.json.encode(arguments).decode(),
        "state": "running",
        "started_at": now(),
    }
    with writing(engine) as connection:
        connection.execute(insert(tables.Run), row)
    return run_id


def end_run(
    engine: Engine,
    run_id: str,
    counts: RunCounts,
    state: Literal["finished", "failed"] = "finished",
    report: str | None = None,
) -> None:
    """Note that a run is over, with what it did."""
    change = {"state": state, "ended_at": now(), "report": report, **msgspec.structs.asdict(counts)}
    with writing(engine) as connection:
        connection.execute(update(tables.Run).where(tables.Run.id == run_id).values(change))
