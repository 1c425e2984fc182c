-- @description: An inspection or visit starts on a day on which its framework was in force.
-- @table: core.activities
-- @severity: warning
select a.activity_id, a.report_id, 1 as page_number, a.framework_code, a.start_date
from core.activities a
join core.frameworks f using (framework_code)
where a.start_date < f.first_inspection_date or a.start_date > f.last_inspection_date
