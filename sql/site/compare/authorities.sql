-- @description: The authorities that can be chosen.
select '' as page, name, page as authority_page, is_current
from site_authorities
order by name
