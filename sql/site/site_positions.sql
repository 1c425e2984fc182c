-- @description: One row per reference day, place, judgement and grade: how many authorities have it. The last day that reports are in is one of them.
with last_day as (
    select d.known_until as reference_date, p.*
    from site_days d, position_as_at(d.known_until) p
    where d.known_until not in (select reference_date from marts.position_over_time)
),

positions as (
    from marts.position_over_time
    union all by name
    from last_day
)

select
    p.*,
    s.area_page,
    s.label as area,
    s.sort_order,
    g.label as grade_label,
    s.area_page || '/' || p.reference_date as page
from positions p
join site_areas s using (area_code)
join core.grades g using (grade)
where p.reference_date <= (select known_until from site_days)
order by p.reference_date, p.scope, p.region_name, s.sort_order, p.grade_rank nulls last
