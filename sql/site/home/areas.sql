-- @description: The judgements that the map can show.
select '' as page, *
from site_areas
