-- @question: Did grading change, or did authorities: how do second ILACS inspections compare with first ones?
-- @returns: One row per year of inspection: first and second inspections, how many of them have an overall grade, the share good or outstanding of these, and how many second ones improved, stayed and declined.
-- @warning: First and second are counted as Ofsted counts: each authority's first and second full inspection of the current programme, graded overall or not. A successor of a merger or split starts again.
-- @warning: Overall effectiveness until March 2026. First inspections in a late year are of authorities that waited long: compare the columns with care. n_missing_reports is of the programme in all years.
with asked as (select 'overall' as area),

numbered as (
    select f.inspection_id, f.authority_id, f.start_date,
        row_number() over (partition by f.authority_id order by f.inspection_number) as n
    from marts.full_inspections f
    join core.frameworks p using (framework_code)
    where p.is_current_programme
),

graded as (
    select n.*, j.grade_rank
    from numbered n
    cross join asked
    left join marts.all_judgements j on j.inspection_id = n.inspection_id and j.area_code = asked.area
)

select
    year(b.start_date) as year,
    count(*) filter (where b.n = 1) as n_first,
    count(b.grade_rank) filter (where b.n = 1) as n_first_graded,
    count(*) filter (where b.n = 1 and b.grade_rank <= 2) as n_first_good,
    round(100.0 * n_first_good / nullif(n_first_graded, 0))::integer as percent_first_good,
    count(*) filter (where b.n = 2) as n_second,
    count(b.grade_rank) filter (where b.n = 2) as n_second_graded,
    count(*) filter (where b.n = 2 and b.grade_rank <= 2) as n_second_good,
    round(100.0 * n_second_good / nullif(n_second_graded, 0))::integer as percent_second_good,
    count(*) filter (where b.n = 2 and b.grade_rank < a.grade_rank) as n_second_improved,
    count(*) filter (where b.n = 2 and b.grade_rank = a.grade_rank) as n_second_same,
    count(*) filter (where b.n = 2 and b.grade_rank > a.grade_rank) as n_second_declined,
    (
        select count(*)
        from quality.coverage c
        where c.is_missing and c.framework_family in (select p.framework_family from core.frameworks p where p.is_current_programme)
    ) as n_missing_reports
from graded b
left join graded a on a.authority_id = b.authority_id and a.n = 1
where b.n <= 2
group by year(b.start_date)
order by year
