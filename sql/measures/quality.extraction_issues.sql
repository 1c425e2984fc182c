-- @description: One row: issues by severity, and reports with an issue.
select
    count(*) filter (severity = 'error') as n_errors,
    count(*) filter (severity = 'warning') as n_warnings,
    count(distinct report_id) as n_reports_with_issues
from quality.extraction_issues
