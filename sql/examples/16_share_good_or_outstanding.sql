-- @question: What share is good or outstanding today, and was one, five and ten years ago?
-- @returns: One row per date and family: how many authorities are good or outstanding, how many have a grade, and the share in whole per cent.
-- @warning: "Today" is the last day of publication in this warehouse. Overall: since April 2026 the denominator shrinks with every inspection.
with asked as (select max(published_date) as today from core.reports),

dates as (
    select y.years_ago, (asked.today - to_years(y.years_ago))::date as reference_date
    from asked, (values (0), (1), (5), (10)) y (years_ago)
)

select
    d.years_ago,
    d.reference_date,
    g.area_code,
    count(*) filter (where g.grade_rank <= 2) as n_good_or_outstanding,
    count(g.grade_rank) as n_graded,
    round(100.0 * count(*) filter (where g.grade_rank <= 2) / nullif(count(g.grade_rank), 0))::integer as share_percent
from dates d, as_at(d.reference_date, published_by := d.reference_date) g
join core.areas s using (area_code)
where s.is_overall or s.is_service
group by d.years_ago, d.reference_date, g.area_code
order by g.area_code, d.years_ago
