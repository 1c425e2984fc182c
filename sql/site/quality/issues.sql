-- @description: How many reports have which issue.
select '' as page, code, severity, count(*) as n, count(distinct report_id) as n_reports, min(message) as example
from quality.extraction_issues
group by code, severity
order by n desc, code
