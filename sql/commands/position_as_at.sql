-- @description: One row per area and grade: authorities that held the grade on $date, in England or in one $region.
select
    area_code,
    coalesce(sum(n_authorities) filter (where grade_rank = 1), 0)::bigint as outstanding,
    coalesce(sum(n_authorities) filter (where grade_rank = 2), 0)::bigint as good,
    coalesce(sum(n_authorities) filter (where grade_rank = 3), 0)::bigint as requires_improvement,
    coalesce(sum(n_authorities) filter (where grade_rank = 4), 0)::bigint as inadequate,
    max(n_graded) as n_graded,
    round(100.0 * (outstanding + good) / nullif(max(n_graded), 0))::integer as percent_good_or_outstanding
from position_as_at($date::date, published_by := $published_by::date) p
where
    scope = case
        when $region::varchar is null then 'England'
        when exists (from core.authorities a where a.region_name = $region::varchar) then 'ONS region'
        else 'Ofsted region'
    end
    and region_name = coalesce($region::varchar, 'England')
group by area_code
order by (select sort_order from core.areas a where a.area_code = p.area_code)
