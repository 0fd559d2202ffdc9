"""What follows from the rows of all papers: which observation is the latest, where each recommendation stands.

Everything here is worked out anew from the active readings, so that it does not hang on the order of loading.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

import msgspec
from sqlalchemy import Connection, bindparam, update

from models import tables
from pipeline.load.reviews import refresh_meetings, refresh_reviews
from pipeline.load.searching import refresh_search
from pipeline.load.sheet import chunks
from pipeline.load.statements import AnyRow, run
from pipeline.load.summary import ENDED, FINISHED_RATINGS, TURNED_DOWN

_OBSERVATIONS = """
select o.recommendation_id, o.id, o.due_latest, o.sequence, o.is_latest, o.due_before
from observations o
join extractions x on x.id = o.extraction_id and x.is_active = 1
join documents d on d.id = x.document_id
join parts p on p.id = o.part_id
where o.recommendation_id in :ids
order by o.recommendation_id, 1 - d.is_replaced, coalesce(p.dated, d.published_on, ''), d.id, o.position
"""
_REPLACED = """
update documents set is_replaced = 1 - is_replaced
where (id in :ids or replaced_by in :ids) and is_replaced <> case when exists (
    select 1 from documents n where n.id = documents.replaced_by and n.outcome = 'read') then 1 else 0 end
"""
_SET_ASIDE = """
update observations set sequence = null, is_latest = 0, due_before = null
where recommendation_id in :ids and sequence is not null
    and extraction_id not in (select id from extractions where is_active = 1 and id = observations.extraction_id)
"""
_STANDINGS = """
insert into standings (recommendation_id, council_id, review_id, committee_id, observation_id, part_id, document_id,
    dated, observations, decision, progress, rag, due_latest, is_open, is_replaced, is_dropped, page, x0, top, x1, bottom)
select o.recommendation_id, r.council_id, r.id, p.committee_id, o.id, p.id, d.id,
    coalesce(p.dated, d.published_on), o.sequence, o.decision, o.progress, o.rag, o.due_latest,
    case when coalesce(o.progress, '') in :ended or coalesce(o.decision, '') in :turned_down
        or coalesce(o.rag, '') in :finished then 0 else 1 end,
    d.is_replaced, 0, e.page, e.x0, e.top, e.x1, e.bottom
from observations o
join recommendations n on n.id = o.recommendation_id
join reviews r on r.id = n.review_id
join extractions x on x.id = o.extraction_id
join documents d on d.id = x.document_id
join parts p on p.id = o.part_id
left join evidence e on e.subject_id = o.id and e.field = 'text' and e.position = 1
where o.recommendation_id in :ids and o.is_latest = 1
order by d.id, o.position
"""
_OWNERS = """
insert into standing_owners (party_id, recommendation_id, is_open, is_replaced, due_latest)
select distinct a.party_id, s.recommendation_id, s.is_open, s.is_replaced, s.due_latest
from standings s join assignments a on a.observation_id = s.observation_id
where s.recommendation_id in :ids
"""
_TOUCHED = """
select distinct o.recommendation_id, n.review_id
from documents d
join extractions x on x.document_id = d.id
join observations o on o.extraction_id = x.id
join recommendations n on n.id = o.recommendation_id
where d.id in :ids or d.replaced_by in :ids
"""
_TOUCHED_MEETINGS = """
select distinct m.meeting_id from documents d join extractions x on x.document_id = d.id
join minutes m on m.extraction_id = x.id where d.id in :ids or d.replaced_by in :ids
"""


class Touched(msgspec.Struct, frozen=True):
    """Ids of what a load changed, or may have."""

    documents: frozenset[str] = frozenset()
    recommendations: frozenset[str] = frozenset()
    reviews: frozenset[str] = frozenset()
    meetings: frozenset[str] = frozenset()

    def and_also(self, other: Touched) -> Touched:
        """Both together."""
        return Touched(
            self.documents | other.documents,
            self.recommendations | other.recommendations,
            self.reviews | other.reviews,
            self.meetings | other.meetings,
        )


def touched_by(connection: Connection, documents: Iterable[str]) -> Touched:
    """What any reading of `documents`, or of those they took the place of, has a part in."""
    ids = frozenset(documents)
    if not ids:
        return Touched()
    pairs = run(connection, _TOUCHED, ids)
    meetings = frozenset(str(row[0]) for row in run(connection, _TOUCHED_MEETINGS, ids))
    return Touched(ids, frozenset(p[0] for p in pairs), frozenset(p[1] for p in pairs), meetings)


def refresh(connection: Connection, touched: Touched) -> None:
    """Work out anew what follows for everything touched; nothing where nothing was."""
    for ids in chunks(touched.documents):
        run(connection, _REPLACED, ids)
    for ids in chunks(touched.recommendations):
        run(connection, _SET_ASIDE, ids)
        _put_in_order(connection, ids)
        _stand(connection, ids)
    refresh_reviews(connection, touched.reviews)
    refresh_meetings(connection, touched.meetings)
    refresh_search(connection, touched.documents, touched.recommendations)


def _put_in_order(connection: Connection, ids: list[str]) -> None:
    """Number the observations of each recommendation, first to latest, where they are not numbered so yet."""
    changes = []
    for _, group in groupby(run(connection, _OBSERVATIONS, ids), key=lambda row: str(row.recommendation_id)):
        before = None
        for sequence, (row, follows) in enumerate(_with_follower(list(group)), 1):
            wanted = {"sequence": sequence, "is_latest": int(not follows), "due_before": before}
            if (row.sequence, row.is_latest, row.due_before) != tuple(wanted.values()):
                changes.append({"observation": row.id, **wanted})
            before = row.due_latest or before
    if changes:
        table = tables.table(tables.Observation)
        connection.execute(update(table).where(table.c.id == bindparam("observation")), changes)


def _with_follower(rows: list[AnyRow]) -> list[tuple[AnyRow, bool]]:
    """Each row, and whether another comes after it."""
    return [(row, i < len(rows)) for i, row in enumerate(rows, 1)]


def _stand(connection: Connection, ids: list[str]) -> None:
    """Write where each recommendation stands; those that no active reading shows stand nowhere."""
    run(connection, "delete from standings where recommendation_id in :ids", ids)
    run(connection, _STANDINGS, ids, ended=ENDED, turned_down=TURNED_DOWN, finished=FINISHED_RATINGS)
    run(connection, _OWNERS, ids)
