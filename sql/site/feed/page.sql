-- @description: One feed for all, one per region and one per authority.
with feeds as (
    select 'new' as page, 'Everything' as subject, 0 as kind
    union all
    select 'regions/' || region_page, region, 1 from site_regions
    union all
    select 'authorities/' || page, name, 2 from site_authorities
)

select f.page, f.subject
from feeds f
order by f.page
