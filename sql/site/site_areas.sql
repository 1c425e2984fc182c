-- @description: One row per judgement that inspections make of services and overall, with the name of its page.
select area_code, replace(area_code, '_', '-') as area_page, label, sort_order, is_overall
from core.areas
where is_overall or is_service
order by sort_order
