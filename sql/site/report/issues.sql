-- @description: What was noted in reading each report.
select report_id as page, severity, message, page_number
from quality.extraction_issues
order by report_id, issue_number
