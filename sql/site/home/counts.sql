-- @description: How many authorities have which grade today, for each judgement.
select '' as page, p.area_code, p.area, p.grade_rank, p.grade_label, p.n_authorities, p.n_graded, p.n_existing
from site_positions p
join site_days d on d.known_until = p.reference_date
where p.scope = 'England' and p.grade_rank is not null
order by p.sort_order, p.grade_rank
