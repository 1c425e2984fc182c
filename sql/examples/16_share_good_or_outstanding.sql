-- @question: What share is good or outstanding today, and was one, five and ten years ago?
-- @returns: One row per date and family: how many authorities were good or outstanding by what was published then, how many had a grade, how many existed, of how many a report is known to be missing, and the share in whole per cent, or why there is none.
-- @warning: "Today" is the last day of publication of an inspection in this warehouse, unless there is a reference_date. No share where fewer than 90% of the authorities had a grade, as ten years ago, before all had been inspected, and for care leavers. Overall: since April 2026 the denominator shrinks with every inspection.
with asked as (select null::date as reference_date),

dates as (
    select y.years_ago, (coalesce(asked.reference_date, i.last_day) - to_years(y.years_ago))::date as reference_date
    from asked, (select max(published_date) as last_day from core.inspections) i, (values (0), (1), (5), (10)) y (years_ago)
),

missing as (
    select d.reference_date, count(*) filter (where e.is_missing_report) as n_missing_report
    from dates d, authorities_as_at(d.reference_date) e
    group by d.reference_date
)

select
    d.years_ago,
    d.reference_date,
    p.area_code,
    sum(p.n_authorities) filter (where p.grade_rank <= 2)::bigint as n_good_or_outstanding,
    max(p.n_graded) as n_graded,
    max(p.n_existing) as n_existing,
    sum(p.n_from_official_statistics)::bigint as n_from_official_statistics,
    any_value(m.n_missing_report) as n_missing_report,
    if(bool_or(p.share_percent is not null), round(100.0 * n_good_or_outstanding / max(p.n_graded)), null)::integer as share_percent,
    any_value(p.share_note) filter (where p.grade_rank is not null) as share_note
from dates d, position_as_at(d.reference_date, published_by := d.reference_date) p
join core.areas s using (area_code)
join missing m on m.reference_date = d.reference_date
where p.scope = 'England' and (s.is_overall or s.is_service)
group by d.years_ago, d.reference_date, p.area_code
order by p.area_code, d.years_ago
