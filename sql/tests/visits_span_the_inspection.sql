-- @description: The inspection starts with the first visit and ends with the last, and every visit starts before it ends.
-- @table: core.inspections
-- @severity: warning
select inspection_id, report_id, 1 as page_number, start_date, end_date, visits
from core.inspections
where
    start_date <> list_min(list_transform(visits, lambda v: v.start_date))
    or end_date <> list_max(list_transform(visits, lambda v: v.end_date))
    or len(list_filter(visits, lambda v: v.start_date > v.end_date)) > 0
