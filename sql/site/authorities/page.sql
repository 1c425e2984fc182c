-- @description: The list of all authorities.
select '' as page, count(*) filter (where is_current) as n_current
from site_authorities
