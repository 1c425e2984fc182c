-- @description: An authority existed on the first day of its inspection or visit.
-- @table: core.activities
-- @severity: warning
select v.activity_id, v.report_id, 1 as page_number, a.authority_name, v.start_date, a.valid_from_date, a.valid_to_date
from core.activities v
join core.authorities a using (authority_id)
where v.start_date < a.valid_from_date or v.start_date > a.valid_to_date
