-- @description: The share that is good or outstanding in each authority's region and in England, for each judgement, on the last day that reports are in.
select a.page, s.area, s.region_name, s.n_good, s.n_graded, s.n_existing, s.share_percent, s.share_note
from site_authorities a
join site_shares s on s.scope = 'ONS region' and s.region_name = a.region
join site_days d on d.known_until = s.reference_date
where a.is_current
order by a.page, s.sort_order
