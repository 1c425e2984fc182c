-- @description: Every authority, to find one by its name.
select '' as page, name, page as authority_page, is_current
from site_authorities
order by name
