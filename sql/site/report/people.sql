-- @description: Who inspected.
select v.report_id as page, x.name, x.role, x.inspectorate
from core.activity_people x
join core.activities v using (activity_id)
order by v.report_id, x.ordinal
