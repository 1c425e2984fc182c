-- @description: Every full inspection gives the authority at least one item to improve.
-- @table: core.recommendations
-- @severity: warning
select f.inspection_id, i.report_id, 1 as page_number, f.framework_code, f.start_date
from marts.full_inspections f
join core.inspections i using (inspection_id)
anti join (from core.recommendations c where c.addressed_to = 'authority') told using (inspection_id)
