-- @description: One row per judgement in both warehouses whose grade differs from the published one.
select
    'regraded' as change,
    a.authority_name || ', ' || i.start_date || ', ' || replace(j.judgement_code, '_', ' ') as name,
    b.grade || ' → ' || j.grade as remark,
    null as link
from core.judgements j
join published.core.judgements b using (inspection_id, judgement_code)
join core.inspections i using (inspection_id)
left join core.authorities a using (authority_id)
where j.grade <> b.grade
order by all
