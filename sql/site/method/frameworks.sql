-- @description: The frameworks, with what each judges.
select
    '' as page,
    p.name,
    p.first_inspection_date,
    p.last_inspection_date,
    p.is_read,
    (
        select list(m.label order by s.sort_order, m.judgement_code)
        from core.judgement_areas m
        join core.areas s using (area_code)
        where m.framework_code = p.framework_code
    ) as judgements,
    (select count(*) from marts.all_activities v where v.framework_code = p.framework_code) as n
from core.frameworks p
order by p.sort_order
