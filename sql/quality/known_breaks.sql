-- @description: Breaks of a rule that stand in a published report itself, each looked up in the report and explained.
-- @grain: rule, report_id
-- @column: rule | Name of the rule, as in quality.consistency_breaks.
-- @column: report_id | The report that breaks it, as in core.reports; other warehouses may not hold it.
-- @column: explanation | What the report says, and why it stands.
-- @unique: rule, report_id
-- @not_null: rule, report_id, explanation
-- @warning: A value that we read wrongly does not belong here: the rule of reading is to be mended.
select
    rule::varchar as rule,
    report_id::varchar as report_id,
    explanation::varchar as explanation
from (values (null, null, null)) known (rule, report_id, explanation)
where rule is not null
