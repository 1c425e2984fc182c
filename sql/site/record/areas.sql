-- @description: The judgements.
select '' as page, area_code, area_page, label
from site_areas
