"""The texts that can be searched: those of active readings, of recommendations the latest."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection

from pipeline.load.sheet import chunks
from pipeline.load.statements import run

_NO_LONGER_READ = """
delete from search_texts where document_id in :ids
    and extraction_id in (select id from extractions where document_id in :ids and is_active = 0)
"""
_UNSEARCHED = """
select x.id from extractions x where x.document_id in :ids and x.is_active = 1 and not exists (
    select 1 from search_texts t where t.extraction_id = x.id and t.subject <> 'recommendations')
"""
_PARTS = (
    """insert into search_texts (subject_id, subject, extraction_id, document_id, page, body)
    select g.id, 'segments', o.extraction_id, x.document_id, e.page, g.text
    from extractions x join observations o on o.extraction_id = x.id join segments g on g.observation_id = o.id
    left join evidence e on e.subject_id = g.id and e.field = 'text' and e.position = 1 where x.id in :ids""",
    """insert into search_texts (subject_id, subject, extraction_id, document_id, page, body)
    select i.id, 'agenda_items', x.id, x.document_id, i.first_page, i.title
    from extractions x join agenda_items i on i.extraction_id = x.id where x.id in :ids and i.title is not null""",
    """insert into search_texts (subject_id, subject, extraction_id, document_id, page, body)
    select r.id, 'resolutions', x.id, x.document_id, e.page, r.text
    from extractions x join agenda_items i on i.extraction_id = x.id join resolutions r on r.agenda_item_id = i.id
    left join evidence e on e.subject_id = r.id and e.field = 'text' and e.position = 1 where x.id in :ids""",
    """insert into search_texts (subject_id, subject, extraction_id, document_id, page, body)
    select a.id, 'actions', x.id, x.document_id, e.page, a.text
    from extractions x join agenda_items i on i.extraction_id = x.id join actions a on a.agenda_item_id = i.id
    left join evidence e on e.subject_id = a.id and e.field = 'text' and e.position = 1 where x.id in :ids""",
)
_LATEST = """
insert into search_texts (subject_id, subject, extraction_id, document_id, page, body)
select s.recommendation_id, 'recommendations', o.extraction_id, s.document_id, s.page,
    coalesce(o.ref || ' ', '') || coalesce(o.title || ' ', '') || o.text
from standings s join observations o on o.id = s.observation_id where s.recommendation_id in :ids
on conflict (subject_id) do nothing
"""
_OUTDATED = """
delete from search_texts where subject = 'recommendations' and subject_id in :ids and not exists (
    select 1 from standings s join observations o on o.id = s.observation_id
    where s.recommendation_id = search_texts.subject_id and o.extraction_id = search_texts.extraction_id)
"""


def refresh_search(connection: Connection, documents: Iterable[str], recommendations: Iterable[str]) -> None:
    """Bring the texts of `documents` and the latest texts of `recommendations` up to date."""
    for ids in chunks(documents):
        run(connection, _NO_LONGER_READ, ids)
        unsearched = [str(row[0]) for row in run(connection, _UNSEARCHED, ids)]
        for sql in _PARTS if unsearched else ():
            run(connection, sql, unsearched)
    for ids in chunks(recommendations):
        run(connection, _OUTDATED, ids)
        run(connection, _LATEST, ids)
