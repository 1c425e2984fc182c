-- @description: One row per area and grade: authorities that held the grade on $date, in England or in one $region. Of a family that no framework judged on that day there is a row only where a grade is in force.
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
having
    max(n_graded) > 0
    or area_code in (
        select m.area_code
        from core.judgement_areas m
        join core.frameworks f using (framework_code)
        where
            coalesce(f.inspection_kind, 'standard') in ('standard', 'first', 'reinspection')
            and $date::date between f.first_inspection_date and coalesce(f.last_inspection_date, date '9999-12-31')
    )
order by (select sort_order from core.areas a where a.area_code = p.area_code)
