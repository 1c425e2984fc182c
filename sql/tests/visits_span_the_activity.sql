-- @description: An inspection or visit ends not before it starts; it starts with its first stay and ends with its last, and every stay starts before it ends.
-- @table: core.activities
-- @severity: warning
select activity_id, report_id, 1 as page_number, activity_kind, start_date, end_date, visits
from core.activities
where
    end_date < start_date
    or start_date <> list_min(list_transform(visits, lambda v: v.start_date))
    or end_date <> list_max(list_transform(visits, lambda v: v.end_date))
    or len(list_filter(visits, lambda v: v.start_date > v.end_date)) > 0
