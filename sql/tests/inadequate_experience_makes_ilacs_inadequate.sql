-- @description: Under ILACS inadequate help and protection, care or care leavers makes overall inadequate; inadequate leaders does not.
-- @table: core.judgements
-- @severity: warning
with graded as (
    select
        i.inspection_id,
        i.report_id,
        min(j.page_number) as page_number,
        bool_or(j.grade = 'inadequate') filter (where j.area_code = 'overall') as overall_is_inadequate,
        bool_or(j.grade = 'inadequate')
            filter (where j.area_code in ('help_and_protection', 'care', 'care_leavers')) as an_experience_is_inadequate
    from core.inspections i
    join core.judgements j using (inspection_id)
    where i.framework_code in ('ilacs_2018', 'ilacs_2023')
    group by i.inspection_id, i.report_id
)

select inspection_id, report_id, page_number, overall_is_inadequate, an_experience_is_inadequate
from graded
where an_experience_is_inadequate and not overall_is_inadequate
