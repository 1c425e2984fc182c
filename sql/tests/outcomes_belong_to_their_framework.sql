-- @description: Every inspection of a framework that ends in outcomes has one, which is one of that framework's; no other has one.
-- @table: core.activity_outcomes
-- @severity: blocking
select a.activity_id, a.report_id, coalesce(o.page_number, 1) as page_number, a.framework_code, o.outcome_code
from core.activities a
left join core.activity_outcomes o using (activity_id)
left join core.outcomes k on k.framework_code = a.framework_code and k.outcome_code = o.outcome_code
where
    k.outcome_code is null
    and (o.outcome_code is not null or a.framework_code in (select framework_code from core.outcomes))
