-- @description: How the reports agree with each edition of Ofsted's own statistics.
select '' as page, e.title, q.*
from quality.official_agreement q
join official.editions e using (edition_id)
order by q.as_at_date desc, q.item
