-- @question: Did grading change, or did authorities: how do second ILACS inspections compare with first ones?
-- @returns: One row per year of inspection: first and second inspections, the share good or outstanding of each, and how many second ones improved or declined.
-- @warning: Overall effectiveness until March 2026. First inspections in a late year are of authorities that waited long: compare the columns with care.
with numbered as (
    select f.authority_id, f.start_date, j.grade_rank, row_number() over (partition by f.authority_id order by f.start_date) as n
    from marts.full_inspections f
    join core.frameworks p using (framework_code)
    join core.judgements j using (inspection_id)
    join core.areas s using (area_code)
    where p.is_current_programme and s.is_overall and j.grade_rank is not null
)

select
    year(b.start_date) as year,
    count(*) filter (where b.n = 1) as n_first,
    count(*) filter (where b.n = 1 and b.grade_rank <= 2) as n_first_good,
    round(100.0 * count(*) filter (where b.n = 1 and b.grade_rank <= 2) / nullif(count(*) filter (where b.n = 1), 0))::integer
        as percent_first_good,
    count(*) filter (where b.n = 2) as n_second,
    count(*) filter (where b.n = 2 and b.grade_rank <= 2) as n_second_good,
    round(100.0 * count(*) filter (where b.n = 2 and b.grade_rank <= 2) / nullif(count(*) filter (where b.n = 2), 0))::integer
        as percent_second_good,
    count(*) filter (where b.n = 2 and b.grade_rank < a.grade_rank) as n_second_improved,
    count(*) filter (where b.n = 2 and b.grade_rank > a.grade_rank) as n_second_declined
from numbered b
left join numbered a on a.authority_id = b.authority_id and a.n = b.n - 1
group by year(b.start_date)
order by year
