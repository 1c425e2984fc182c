-- @description: The judgements, as the heads of the list.
select '' as page, label
from site_areas
