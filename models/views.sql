-- The analysts' views. One text for SQLite and PostgreSQL: {today} and {days:A|B} (days from A to B) are written in
-- each one's own words by models/views.py. Left joins by primary key cost nothing where their columns are not asked for.

create view v_tracker as
select
    c.name as council,
    k.name as committee,
    r.title as review,
    o.kind as kind,
    o.ref as ref,
    o.title as title,
    o.text as text,
    s.decision as decision,
    s.progress as progress,
    s.rag as rag,
    o.owners as owners,
    o.due_words as deadline,
    o.due_earliest as due_earliest,
    s.due_latest as due_latest,
    s.is_open as is_open,
    o.section as section,
    o.priority as priority,
    s.observations as papers,
    d.file_name as file,
    p.title as paper,
    s.dated as paper_date,
    d.sha256 as sha256,
    s.page as page,
    '[' || s.x0 || ', ' || s.top || ', ' || s.x1 || ', ' || s.bottom || ']' as box,
    d.file_name || '#page=' || s.page as page_link,
    d.address as address,
    o.position as position,
    s.recommendation_id as recommendation_id,
    s.observation_id as observation_id
from standings s
left join observations o on o.id = s.observation_id
left join parts p on p.id = s.part_id
left join documents d on d.id = s.document_id
left join reviews r on r.id = s.review_id
left join councils c on c.id = s.council_id
left join committees k on k.id = s.committee_id
where s.is_replaced = 0;

create view v_overdue as
select
    {today} as as_of,
    {days:t.due_latest|{today}} as days_overdue,
    t.*
from v_tracker t
where t.is_open = 1 and t.due_latest < {today}
union all
-- No paper says of an action of minutes whether it is done: it is shown from its last day on, is_open null.
select
    {today},
    {days:a.due_latest|{today}},
    c.name, k.name, null, 'action of minutes', i.minute_number, i.title, a.text, null, null, null,
    a.owner, a.due, a.due_earliest, a.due_latest, null, null, null, 1,
    d.file_name, null, m.held_on, d.sha256, e.page,
    '[' || e.x0 || ', ' || e.top || ', ' || e.x1 || ', ' || e.bottom || ']',
    d.file_name || '#page=' || e.page, d.address, a.position, null, null
from actions a
join agenda_items i on i.id = a.agenda_item_id
join extractions x on x.id = i.extraction_id and x.is_active = 1
join meetings m on m.id = i.meeting_id
join documents d on d.id = x.document_id
left join evidence e on e.subject_id = a.id and e.field = 'text' and e.position = 1
left join councils c on c.id = m.council_id
left join committees k on k.id = m.committee_id
where a.due_latest < {today} and d.is_replaced = 0;

create view v_actions as
select
    'recommendation' as source,
    c.name as council,
    k.name as committee,
    r.title as review,
    s.dated as paper_date,
    o.ref as ref,
    g.text as action,
    o.owners as owners,
    o.due_words as due,
    s.due_latest as due_latest,
    s.progress as progress,
    s.is_open as is_open,
    d.file_name as file,
    d.sha256 as sha256,
    e.page as page,
    '[' || e.x0 || ', ' || e.top || ', ' || e.x1 || ', ' || e.bottom || ']' as box,
    d.file_name || '#page=' || e.page as page_link,
    s.recommendation_id as recommendation_id,
    g.id as action_id
from segments g
join standings s on s.observation_id = g.observation_id
left join observations o on o.id = s.observation_id
left join evidence e on e.subject_id = g.id and e.field = 'text' and e.position = 1
left join documents d on d.id = s.document_id
left join reviews r on r.id = s.review_id
left join councils c on c.id = s.council_id
left join committees k on k.id = s.committee_id
where g.kind = 'action' and s.is_replaced = 0
union all
select
    'action log', c.name, k.name, r.title, s.dated, o.ref, o.text, o.owners, o.due_words, s.due_latest, s.progress,
    s.is_open, d.file_name, d.sha256, s.page,
    '[' || s.x0 || ', ' || s.top || ', ' || s.x1 || ', ' || s.bottom || ']',
    d.file_name || '#page=' || s.page, s.recommendation_id, o.id
from observations o
join standings s on s.observation_id = o.id
left join documents d on d.id = s.document_id
left join reviews r on r.id = s.review_id
left join councils c on c.id = s.council_id
left join committees k on k.id = s.committee_id
where o.kind = 'action' and s.is_replaced = 0
    and not exists (select 1 from segments g where g.observation_id = o.id and g.kind = 'action')
union all
select
    'minutes', c.name, k.name, i.title, m.held_on, i.minute_number, a.text, a.owner, a.due, a.due_latest, null,
    null, d.file_name, d.sha256, e.page,
    '[' || e.x0 || ', ' || e.top || ', ' || e.x1 || ', ' || e.bottom || ']',
    d.file_name || '#page=' || e.page, null, a.id
from actions a
join agenda_items i on i.id = a.agenda_item_id
join extractions x on x.id = i.extraction_id and x.is_active = 1
join meetings m on m.id = i.meeting_id
left join evidence e on e.subject_id = a.id and e.field = 'text' and e.position = 1
left join documents d on d.id = x.document_id
left join councils c on c.id = m.council_id
left join committees k on k.id = m.committee_id
where d.is_replaced = 0;

create view v_history as
select
    c.name as council,
    r.title as review,
    o.ref as ref,
    o.sequence as sequence,
    coalesce(p.dated, d.published_on) as paper_date,
    p.kind as paper_kind,
    p.stage as stage,
    o.text as text,
    o.decision as decision,
    o.progress as progress,
    o.rag as rag,
    o.owners as owners,
    o.due_words as deadline,
    o.due_latest as due_latest,
    o.is_latest as is_latest,
    d.file_name as file,
    d.sha256 as sha256,
    o.first_page as page,
    d.file_name || '#page=' || o.first_page as page_link,
    o.recommendation_id as recommendation_id,
    o.id as observation_id
from observations o
join parts p on p.id = o.part_id
left join documents d on d.id = p.document_id
left join reviews r on r.id = p.review_id
join councils c on c.id = p.council_id
where o.sequence is not null;

create view v_owner_workload as
select
    c.name as council,
    w.name as owner,
    w.kind as kind,
    count(*) as recommendations,
    sum(n.is_open) as open,
    sum(case when n.is_open = 1 and n.due_latest < {today} then 1 else 0 end) as overdue,
    min(case when n.is_open = 1 and n.due_latest >= {today} then n.due_latest end) as next_due,
    w.id as party_id
from parties w
join standing_owners n on n.party_id = w.id
join councils c on c.id = w.council_id
where n.is_replaced = 0
group by w.id, w.name, w.kind, c.name;

create view v_slippage as
select
    c.name as council,
    r.title as review,
    o.ref as ref,
    o.text as text,
    o.owners as owners,
    o.due_before as due_before,
    o.due_latest as due_now,
    {days:o.due_before|o.due_latest} as days_later,
    coalesce(p.dated, d.published_on) as paper_date,
    d.file_name as file,
    d.sha256 as sha256,
    o.first_page as page,
    d.file_name || '#page=' || o.first_page as page_link,
    o.recommendation_id as recommendation_id,
    o.id as observation_id
from observations o
join parts p on p.id = o.part_id
left join documents d on d.id = p.document_id
left join reviews r on r.id = p.review_id
join councils c on c.id = p.council_id
where o.due_latest <> o.due_before;

create view v_dropped as
select
    c.name as council,
    r.title as review,
    o.ref as ref,
    o.text as text,
    o.decision as decision,
    o.progress as progress,
    s.is_open as is_open,
    s.dated as last_seen_in,
    r.last_dated as latest_paper,
    d.file_name as file,
    d.sha256 as sha256,
    s.page as page,
    d.file_name || '#page=' || s.page as page_link,
    s.recommendation_id as recommendation_id,
    s.observation_id as observation_id
from standings s
left join observations o on o.id = s.observation_id
left join documents d on d.id = s.document_id
left join reviews r on r.id = s.review_id
left join councils c on c.id = s.council_id
where s.is_dropped = 1;

create view v_coverage as
select
    d.file_name as file,
    d.outcome as outcome,
    d.cause as cause,
    d.advice as advice,
    x.kind as kind,
    x.pages as pages,
    x.tables as tables,
    x.tables_read as tables_read,
    x.words as words,
    x.assigned as assigned,
    x.unassigned as unassigned,
    x.recommendations as recommendations,
    x.agenda_items as agenda_items,
    x.problems as problems,
    x.reader as reader,
    d.address as address,
    d.sha256 as sha256,
    d.replaced_by as replaced_by,
    d.id as document_id
from documents d
left join extractions x on x.document_id = d.id and x.is_active = 1
