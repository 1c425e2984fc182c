-- @description: The share of England for each judgement on each 31 March and on the last day that reports are in.
select '' as page, s.*
from site_shares s, site_days d
where s.scope = 'England' and (month(s.reference_date) = 3 or s.reference_date = d.known_until)
order by s.sort_order, s.reference_date
