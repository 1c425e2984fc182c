-- @description: How many authorities of each region have which grade, on the last day that reports are in.
select
    r.region_page as page,
    p.area,
    p.sort_order,
    list(p.n order by p.grade_rank) as counts
from (
    select region_name, area, sort_order, grade_rank, sum(n_authorities)::integer as n
    from site_positions
    join site_days on known_until = reference_date
    where scope = 'ONS region' and grade_rank is not null
    group by all
) p
join site_regions r on r.region = p.region_name
group by r.region_page, p.area, p.sort_order
order by r.region_page, p.sort_order
