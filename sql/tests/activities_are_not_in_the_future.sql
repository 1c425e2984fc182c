-- @description: No inspection or visit ends after today: a day of the future is a misprint. The rows never depend on today.
-- @table: core.activities
-- @severity: warning
-- @scope: build
select activity_id, report_id, 1 as page_number, activity_kind, start_date, end_date
from core.activities
where end_date > current_date
