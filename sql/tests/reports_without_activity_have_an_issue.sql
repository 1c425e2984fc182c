-- @description: A report without an inspection or visit is superseded, or an error says why.
-- @table: core.reports
-- @severity: blocking
with explained as (
    select distinct report_id
    from quality.extraction_issues
    where code = 'superseded_report' or severity = 'error'
)

select r.report_id, 1 as page_number, r.source_path
from core.reports r
anti join core.activities using (report_id)
anti join explained e using (report_id)
