-- @description: core.inspections are exactly the activities whose framework makes judgements.
-- @table: core.inspections
-- @severity: blocking
with graded as (
    from core.activities semi join core.judgement_areas using (framework_code)
)

select
    coalesce(a.activity_id, i.inspection_id) as activity_id,
    coalesce(a.report_id, i.report_id) as report_id,
    1 as page_number,
    a.activity_id is not null as is_graded_activity,
    i.inspection_id is not null as is_inspection
from graded a
full join core.inspections i on i.inspection_id = a.activity_id
where a.activity_id is null or i.inspection_id is null
