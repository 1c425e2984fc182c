-- @description: What a careful reader of a report's rows should know, one row an observation.
-- @grain: report_id, issue_number
-- @column: report_id | The report; it may be missing from core.reports where the report's own row was left out.
-- @column: issue_number | Number of the issue in its report, from 1.
-- @column: severity | error, warning or info.
-- @column: code | Kind of observation.
-- @column: page_number | Page it concerns; null for the whole report.
-- @column: excerpt | The words it concerns, or the whole row that was left out.
-- @column: message | The observation in a sentence.
-- @unique: report_id, issue_number
-- @not_null: report_id, issue_number, severity, code, excerpt, message
select report_id, issue_number, severity, code, page_number, excerpt, message
from staged.extraction_issues
order by report_id, issue_number
