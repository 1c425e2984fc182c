-- @question: What is a fair trend, now that the overall grade is gone?
-- @returns: One row per 31 March and family judged under every framework: the share good or outstanding of all authorities with a grade, and of those with a grade on every date; how many existed, and of how many a report is known to be missing.
-- @warning: The share of the same authorities is the fairer trend; the other also moves when new authorities enter. Frameworks still changed in 2018, 2023 and 2026.
with asked as (select date '2018-03-31' as from_date),

judged_throughout as (
    select m.area_code
    from core.judgement_areas m
    join core.frameworks f using (framework_code)
    where f.is_current_programme
    group by m.area_code
    having count(distinct m.framework_code) = (select count(*) from core.frameworks where is_current_programme)
),

standing as (
    select d.reference_date, g.authority_id, g.area_code, g.grade_rank <= 2 as is_good
    from core.reference_dates d, asked, as_at(d.reference_date, published_by := d.published_by) g
    where
        month(d.reference_date) = 3
        and d.reference_date >= asked.from_date
        and g.area_code in (from judged_throughout)
        and g.grade_rank is not null
),

throughout as (
    select *, count(*) over (partition by authority_id, area_code)
        = (select count(distinct reference_date) from standing) as is_throughout
    from standing
),

existing as (
    select d.reference_date, count(*) as n_existing, count(*) filter (where e.is_missing_report) as n_missing_report
    from (select distinct reference_date from standing) d, authorities_as_at(d.reference_date) e
    group by d.reference_date
)

select
    reference_date,
    area_code,
    count(*) filter (where is_good) as n_good_or_outstanding,
    count(*) as n_graded,
    any_value(e.n_existing) as n_existing,
    any_value(e.n_missing_report) as n_missing_report,
    round(100.0 * count(*) filter (where is_good) / count(*))::integer as share_percent,
    count(*) filter (where is_good and is_throughout) as n_good_of_the_same,
    count(*) filter (where is_throughout) as n_the_same,
    round(100.0 * count(*) filter (where is_good and is_throughout) / nullif(count(*) filter (where is_throughout), 0))::integer
        as share_percent_of_the_same
from throughout
join existing e using (reference_date)
group by reference_date, area_code
order by area_code, reference_date
