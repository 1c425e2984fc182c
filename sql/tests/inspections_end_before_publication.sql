-- @description: A report is published after the last day of its inspection.
-- @table: core.inspections
-- @severity: warning
select inspection_id, report_id, 1 as page_number, end_date, published_date
from core.inspections
where published_date <= end_date
