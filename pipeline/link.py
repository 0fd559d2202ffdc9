"""The same recommendation over successive papers: what the stable keys have joined, and what people have.

Loading joins by council, review and printed reference. A person's link is a correction of the field `link`: its value
names the review and the recommendation, by their keys, that all sights of the corrected one belong to.
"""

from __future__ import annotations

import msgspec
from sqlalchemy import Connection, Engine, text

from models.database import writing
from pipeline.load.refresh import refresh, touched_by

BETWEEN = " > "  # between the two keys of a link's value; plain keys hold no such sign

_LINKS = text("""
select c.council_key, c.review_key, c.recommendation_key, c.document_id, c.person_value
from corrections c where c.field = 'link' and c.state = 'open' order by c.made_at, c.id
""")
_NUMBER = text("""
select n.id from recommendations n join reviews r on r.id = n.review_id join councils c on c.id = r.council_id
where c.key = :council and r.key = :review and n.key = :recommendation
""")
_SIGHTS = text("""
select o.id, x.document_id from observations o join extractions x on x.id = o.extraction_id
where o.recommendation_id = :number and (cast(:document as text) = '' or x.document_id = cast(:document as text))
""")
_MOVE = text("update observations set recommendation_id = :target where id = :sight")
_TONIGHT = text("""
select count(*) as seen, coalesce(sum(case when sights > 1 then 1 else 0 end), 0) as known from (
    select o.recommendation_id,
        (select count(*) from observations b where b.recommendation_id = o.recommendation_id
            and b.sequence is not null) as sights
    from observations o join extractions x on x.id = o.extraction_id
    where x.run_id = :run and o.sequence is not null group by o.recommendation_id) as tonight
""")


class Links(msgspec.Struct, frozen=True):
    """How many recommendations a run's papers show, how many of them are known from others, sights that people have
    moved to another recommendation, and links whose target is not there.
    """

    seen: int
    known: int
    moved: int
    lost: int


def link(engine: Engine, run_id: str) -> Links:
    """Follow people's links, in the order in which they were made, and count what a run's papers are joined to."""
    with writing(engine) as connection:
        moved, lost = _follow(connection)
        row = connection.execute(_TONIGHT, {"run": run_id}).one()
    return Links(int(row.seen), int(row.known), moved, lost)


def _follow(connection: Connection) -> tuple[int, int]:
    """Move sights to where people say that they belong: how many, and how many links lead nowhere."""
    moved = lost = 0
    for one in connection.execute(_LINKS).all():
        review, _, recommendation = (one.person_value or "").rpartition(BETWEEN)
        source = _number(connection, one.council_key, one.review_key, one.recommendation_key)
        target = _number(connection, one.council_key, review, recommendation)
        lost += target is None
        if source is not None and target is not None and source != target:
            moved += _move(connection, source, target, one.document_id)
    return moved, lost


def _number(connection: Connection, council: str, review: str, recommendation: str) -> str | None:
    keys = {"council": council, "review": review, "recommendation": recommendation}
    found: str | None = connection.execute(_NUMBER, keys).scalar()
    return found


def _move(connection: Connection, source: str, target: str, document: str) -> int:
    sights = connection.execute(_SIGHTS, {"number": source, "document": document}).all()
    if not sights:
        return 0
    before = touched_by(connection, {row.document_id for row in sights})
    for row in sights:
        connection.execute(_MOVE, {"target": target, "sight": row.id})
    refresh(connection, before.and_also(touched_by(connection, {row.document_id for row in sights})))
    return len(sights)
