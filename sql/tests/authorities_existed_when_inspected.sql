-- @description: An authority existed on the first day of its inspection.
-- @table: core.inspections
-- @severity: warning
select i.inspection_id, i.report_id, 1 as page_number, a.authority_name, i.start_date, a.valid_from_date, a.valid_to_date
from core.inspections i
join core.authorities a using (authority_id)
where i.start_date < a.valid_from_date or i.start_date > a.valid_to_date
