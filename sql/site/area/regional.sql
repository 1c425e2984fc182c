-- @description: The shares of each judgement in each region on each 31 March and on the last day that reports are in: small pictures side by side.
select s.area_page as page, s.reference_date, s.region_name, r.region_page, s.n_good, s.n_graded, s.n_existing, s.share_percent
from site_shares s
join site_regions r on r.region = s.region_name
cross join site_days d
where s.scope = 'ONS region' and (month(s.reference_date) = 3 or s.reference_date = d.known_until)
order by s.area_page, s.region_name, s.reference_date
