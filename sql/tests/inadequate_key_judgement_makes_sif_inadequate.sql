-- @description: Under the single inspection framework overall is inadequate exactly when help and protection, looked after or leaders is.
-- @table: core.judgements
-- @severity: warning
with graded as (
    select
        i.inspection_id,
        i.report_id,
        min(j.page_number) as page_number,
        bool_or(j.grade = 'inadequate') filter (where j.judgement_code = 'overall_effectiveness') as overall_is_inadequate,
        bool_or(j.grade = 'inadequate')
            filter (where j.judgement_code in ('help_and_protection', 'looked_after', 'leaders')) as a_key_is_inadequate
    from core.inspections i
    join core.judgements j using (inspection_id)
    where i.framework_code in ('sif', 'sif_reinspection')
    group by i.inspection_id, i.report_id
)

select inspection_id, report_id, page_number, overall_is_inadequate, a_key_is_inadequate
from graded
where overall_is_inadequate <> a_key_is_inadequate
