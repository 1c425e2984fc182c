-- @description: An inspection starts on a day on which its framework was in force.
-- @table: core.inspections
-- @severity: warning
select i.inspection_id, i.report_id, 1 as page_number, i.framework_code, i.start_date
from core.inspections i
join core.frameworks f using (framework_code)
where i.start_date < f.first_inspection_date or i.start_date > f.last_inspection_date
