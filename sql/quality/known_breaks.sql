-- @description: Rows that fail a check because the published report itself says so, each looked up and explained.
-- @grain: rule, report_id
-- @column: rule | Name of the check, as in quality.consistency_breaks.
-- @column: report_id | The report that fails it, as in core.reports; other warehouses may not hold it.
-- @column: explanation | What the report says, and why.
-- @unique: rule, report_id
-- @not_null: rule, report_id, explanation
-- @warning: A value that was read wrongly does not belong here: correct how it is read.
select
    rule::varchar as rule,
    report_id::varchar as report_id,
    explanation::varchar as explanation
from (values (null, null, null)) known (rule, report_id, explanation)
where rule is not null
