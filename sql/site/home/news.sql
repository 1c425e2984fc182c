-- @description: The newest reports and letters.
select '' as page, n.*
from site_news n
order by n.published_date desc, n.name, n.activity_id
limit 8
