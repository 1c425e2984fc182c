-- @description: core.inspections are exactly the activities whose framework makes judgements, and say the same of them.
-- @table: core.inspections
-- @severity: blocking
with graded as (
    from core.activities semi join core.judgement_areas using (framework_code)
)

select
    coalesce(a.activity_id, i.inspection_id) as activity_id,
    coalesce(a.report_id, i.report_id) as report_id,
    1 as page_number,
    coalesce(a.framework_code, i.framework_code) as framework_code,
    a.activity_id is not null as is_graded_activity,
    i.inspection_id is not null as is_inspection
from graded a
full join core.inspections i on i.inspection_id = a.activity_id
where
    (a.report_id, a.authority_id, a.framework_code, a.start_date, a.end_date, a.visits, a.published_date)
    is distinct from (i.report_id, i.authority_id, i.framework_code, i.start_date, i.end_date, i.visits, i.published_date)
