-- @description: Every report and letter of the last twelve months, the latest first.
select '' as page, strftime(n.published_date, '%Y-%m') as month, n.*
from site_news n
where n.published_date > (select max(published_date) - interval 12 months from site_news)
order by n.published_date desc, n.name, n.activity_id
