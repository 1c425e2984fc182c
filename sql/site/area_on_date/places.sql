-- @description: England and each region on each reference day: how many authorities have which grade.
select
    p.page,
    p.scope,
    p.region_name,
    r.region_page,
    list(p.n_authorities order by p.grade_rank) filter (where p.grade_rank is not null) as counts,
    max(p.n_graded) as n_graded,
    max(p.n_existing) as n_existing,
    if(
        bool_or(p.share_percent is not null),
        round(100.0 * sum(p.n_authorities) filter (where p.grade_rank <= 2) / nullif(max(p.n_graded), 0)), null
    )::integer as share_percent
from (
    select page, scope, region_name, grade_rank, sum(n_authorities) as n_authorities, max(n_graded) as n_graded,
        max(n_existing) as n_existing, max(share_percent) as share_percent
    from site_positions
    where grade_rank is not null
    group by all
) p
left join site_regions r on r.region = p.region_name and p.scope = 'ONS region'
group by p.page, p.scope, p.region_name, r.region_page
order by p.page, p.scope = 'Ofsted region', p.scope, p.region_name
