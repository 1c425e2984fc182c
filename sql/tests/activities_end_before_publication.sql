-- @description: A report or letter is published after the last day of its inspection or visit.
-- @table: core.activities
-- @severity: warning
select activity_id, report_id, 1 as page_number, activity_kind, end_date, published_date
from core.activities
where published_date <= end_date
