-- @description: The shares of each region and of England on each 31 March and on the last day that reports are in.
select r.region_page as page, s.*
from site_regions r
join site_shares s on s.region_name = r.region or s.scope = 'England'
cross join site_days d
where s.scope in ('England', 'ONS region') and (month(s.reference_date) = 3 or s.reference_date = d.known_until)
order by r.region_page, s.sort_order, s.scope, s.reference_date
