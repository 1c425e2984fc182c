-- @description: How many differences there are for each reason.
select '' as page, q.reason_code, q.side, any_value(q.explanation) as explanation, count(*) as n
from quality.official_differences q
group by q.reason_code, q.side
order by n desc, q.reason_code
