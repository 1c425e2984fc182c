-- @description: One page per judgement: its shares over time.
select area_page as page, label, area_code
from site_areas
order by sort_order
