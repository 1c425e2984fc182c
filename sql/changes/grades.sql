-- @description: Every grade: its key, what may differ (the grade), and its name.
select
    j.inspection_id || ' ' || j.judgement_code as key,
    j.grade as value,
    a.authority_name || ', ' || i.start_date || ', ' || replace(j.judgement_code, '_', ' ') as name,
    '' as remark,
    null as link
from core.judgements j
join core.inspections i using (inspection_id)
left join core.authorities a using (authority_id)
order by all
