-- @description: Issues by severity, and the reports they are about. One row.
select
    count(*) filter (severity = 'error') as n_errors,
    count(*) filter (severity = 'warning') as n_warnings,
    count(distinct report_id) as n_reports_with_issues
from quality.extraction_issues
