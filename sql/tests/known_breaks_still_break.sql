-- @description: Every row of quality.known_breaks is still found, where this warehouse holds the report.
-- @table: quality.known_breaks
-- @severity: warning
select k.report_id, 1 as page_number, k.rule
from quality.known_breaks k
join core.reports r using (report_id)
anti join quality.consistency_breaks b using (rule, report_id)
