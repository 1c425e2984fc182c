-- @description: The share of each judgement in each region on the last day that reports are in.
select
    '' as page,
    s.region_name,
    r.region_page,
    max(s.n_existing) as n_existing,
    list({'area': s.area, 'n_good': s.n_good, 'n_graded': s.n_graded, 'share_percent': s.share_percent} order by s.sort_order)
        as shares
from site_shares s
join site_days d on d.known_until = s.reference_date
left join site_regions r on r.region = s.region_name
where s.scope in ('England', 'ONS region')
group by s.scope, s.region_name, r.region_page
order by s.scope, s.region_name
