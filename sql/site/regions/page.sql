-- @description: The list of regions.
select '' as page, known_until
from site_days
