-- @question: What became of places after a split or merger: the old authority's last grades beside each successor's first?
-- @returns: One row per change, old authority, successor and family: the old one's last grade and the successor's first, each with the first day of its inspection and what tells of it; null where there is none yet.
-- @warning: No grade carries over: the successor's is of another organisation, often of a part of the place or of more than it. Where the old authority's report is missing, is_missing_report says so.
with inspected as (
    select f.*, f.inspection_number = 1 as is_first, f.next_inspection_id is null as is_last
    from marts.full_inspections f
),

graded as (
    select i.authority_id, i.is_first, i.is_last, i.start_date, i.basis, j.area_code, j.grade
    from inspected i
    join marts.all_judgements j using (inspection_id)
)

select
    h.change_date,
    h.kind,
    o.authority_name as former_authority,
    n.authority_name as successor,
    s.area_code,
    g.grade as last_grade,
    g.start_date as last_inspection,
    g.basis as last_basis,
    t.grade as first_grade,
    t.start_date as first_inspection,
    t.basis as first_basis,
    h.authority_id in (select c.authority_id from quality.coverage c where c.is_missing) as is_missing_report
from core.authority_lineage h
join core.authorities o on o.authority_id = h.authority_id and not o.is_current
join core.authorities n on n.authority_id = h.relative_id
join core.areas s on s.is_overall or s.is_service
left join graded g on g.authority_id = h.authority_id and g.is_last and g.area_code = s.area_code
left join graded t on t.authority_id = h.relative_id and t.is_first and t.area_code = s.area_code
where h.relation = 'descendant' and h.n_steps = 1
order by h.change_date, o.authority_name, n.authority_name, s.sort_order
