"""What has become overdue since the last night: tonight's overdue recommendations without those of the night before."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import msgspec
from sqlalchemy import Engine, text

from pipeline.nightly.values import Overdue, OverdueLine
from pipeline.sources.ledger import write_whole

_QUERY = text("""
select recommendation_id, coalesce(council, '') as council, coalesce(committee, '') as committee,
    coalesce(review, '') as review, coalesce(ref, '') as ref, text, coalesce(owners, '') as owners,
    due_latest as due, coalesce(page_link, '') as page_link
from v_tracker where is_open = 1 and due_latest < :today
order by due_latest, council, review, ref, recommendation_id
""")
_KEPT = 8  # nights


def overdue(engine: Engine, folder: Path, today: dt.date) -> Overdue:
    """What is overdue at `today`, and what of it was not at the last night before; remembered in `folder`."""
    with engine.connect() as connection:
        rows = connection.execute(_QUERY, {"today": today.isoformat()})
        lines = [msgspec.convert(dict(row), OverdueLine) for row in rows.mappings()]
    before = _last_night(folder, today)
    write_whole(_file(folder, today), msgspec.json.encode([line.recommendation_id for line in lines]))
    _forget_old(folder)
    if before is None:
        return Overdue(len(lines))
    known = frozenset(msgspec.json.decode(_file(folder, before).read_bytes(), type=list[str]))
    return Overdue(len(lines), before, tuple(one for one in lines if one.recommendation_id not in known))


def _file(folder: Path, day: dt.date) -> Path:
    return folder / f"{day.isoformat()}.json"


def _nights(folder: Path) -> list[dt.date]:
    return sorted(dt.date.fromisoformat(path.stem) for path in folder.glob("????-??-??.json"))


def _last_night(folder: Path, today: dt.date) -> dt.date | None:
    return max((night for night in _nights(folder) if night < today), default=None)


def _forget_old(folder: Path) -> None:
    for night in _nights(folder)[:-_KEPT]:
        _file(folder, night).unlink()
