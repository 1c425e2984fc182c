-- @description: No inspection ends after today: a day of the future is a misprint. The rows never depend on today.
-- @table: core.inspections
-- @severity: warning
-- @scope: build
select inspection_id, report_id, 1 as page_number, start_date, end_date
from core.inspections
where end_date > current_date
