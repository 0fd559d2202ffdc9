"""What a review and a meeting come to over all papers about them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from sqlalchemy import Connection, select, update

from models import tables
from pipeline.load.sheet import chunks
from pipeline.load.statements import AnyRow, run

_PAPERS = """
select p.review_id, coalesce(p.subject, p.title) as title, p.committee_id, d.is_replaced,
    coalesce(p.dated, d.published_on) as dated
from parts p
join extractions x on x.id = p.extraction_id
join documents d on d.id = x.document_id
where p.review_id in :ids and x.is_active = 1
order by p.review_id, case when coalesce(p.dated, d.published_on) is null then 1 else 0 end,
    coalesce(p.dated, d.published_on), d.id, p.position
"""
_DROPPED = """
update standings set is_dropped = 1 - is_dropped
where review_id in :ids and is_dropped <> (
    select case when (standings.is_replaced = 1 and r.papers > 0) or standings.dated < r.last_dated then 1 else 0 end
    from reviews r where r.id = standings.review_id)
"""
_MINUTES = """
select m.meeting_id as id, m.start_time, m.end_time, m.place, m.status, m.language
from minutes m
join extractions x on x.id = m.extraction_id and x.is_active = 1
join documents d on d.id = x.document_id
where m.meeting_id in :ids
order by m.meeting_id, case when m.status = 'approved' then 0 else 1 end,
    d.is_replaced, d.id
"""


def refresh_reviews(connection: Connection, ids: Iterable[str]) -> None:
    """Committee, number of papers and latest date of each review, and which recommendations its latest paper lacks."""
    for chunk in chunks(ids):
        papers = {
            str(key): list(rows)
            for key, rows in groupby(run(connection, _PAPERS, chunk), key=lambda row: row.review_id)
        }
        for review_id in chunk:
            _update_if_other(connection, tables.Review, review_id, _said(papers.get(review_id, ())))
        run(connection, _DROPPED, chunk)


def refresh_meetings(connection: Connection, ids: Iterable[str]) -> None:
    """Times, place and status of each meeting as its ruling minutes give them: approved ones before drafts."""
    for chunk in chunks(ids):
        for meeting_id, rows in groupby(run(connection, _MINUTES, chunk), key=lambda row: row.id):
            _, start_time, end_time, place, status, language = next(rows)
            ruling = {"start_time": start_time, "end_time": end_time, "place": place, "status": status}
            _update_if_other(connection, tables.Meeting, meeting_id, {**ruling, "language": language})


def _said(papers: Sequence[AnyRow]) -> dict[str, str | int | None]:
    """What papers, earliest first, say of their review."""
    current = [paper for paper in papers if not paper.is_replaced]
    if not papers:
        return {"papers": 0, "last_dated": None}
    return {
        "title": next((paper.title for paper in papers if paper.title), None),
        "committee_id": next((paper.committee_id for paper in papers if paper.committee_id), None),
        "papers": len(current),
        "last_dated": max((paper.dated for paper in current if paper.dated), default=None),
    }


def _update_if_other(
    connection: Connection, model: type[tables.Base], row_id: str, wanted: dict[str, str | int | None]
) -> None:
    table = tables.table(model)
    kept = connection.execute(select(*(table.c[name] for name in wanted)).where(table.c.id == row_id)).one()
    if tuple(kept) != tuple(wanted.values()):
        connection.execute(update(table).where(table.c.id == row_id).values(wanted))
