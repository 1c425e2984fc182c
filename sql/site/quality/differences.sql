-- @description: Every difference from Ofsted's own statistics where both have something to say, with its explanation.
select '' as page, q.*
from quality.official_differences q
where q.official_value is not null and q.our_value is not null
order by q.as_at_date desc, q.sheet, q.cell, q.item
