-- @description: The latest thirty of each feed.
with every as (
    select 'new' as page, n.* from site_news n
    union all
    select 'regions/' || region_page, n.* from site_news n where region_page is not null
    union all
    select 'authorities/' || authority_page, n.* from site_news n
)

from every
qualify row_number() over (partition by page order by published_date desc, name, activity_id) <= 30
order by page, published_date desc, name, activity_id
