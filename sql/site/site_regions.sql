-- @description: One row per region with an authority, with the name of its page.
select distinct region, region_page
from site_authorities
where region is not null
order by region
