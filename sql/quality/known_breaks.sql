-- @description: One row per report that fails a check because of what the published report says, with an explanation.
-- @grain: rule, report_id
-- @column: rule | Name of the check, as in quality.consistency_breaks.
-- @column: report_id | The report that fails it, as in core.reports. A warehouse of another source does not hold it.
-- @column: explanation | What the report says, and why.
-- @unique: rule, report_id
-- @not_null: rule, report_id, explanation
-- @warning: A value that was read wrongly does not belong here: correct the rule that reads it.
select
    rule::varchar as rule,
    report_id::varchar as report_id,
    explanation::varchar as explanation
from (values (null, null, null)) known (rule, report_id, explanation)
where rule is not null
