-- @question: How long does it take from inadequate to better, counting those who have not got there?
-- @returns: One row per year since the inspection that found it: spells still at risk, those that had become better or left sight by then, the share still inadequate (Kaplan-Meier), and the median in days, null where half have not got there.
-- @warning: A better grade can only be given at an inspection, so that the share falls in steps when reinspections fall due. Open spells count until censor_date. n_left_out have a first or last day that is a bound; n_left_out_better of them had become better, so that leaving them out makes the share a little too high.
with asked as (select 'overall' as area),

every_one as (
    select s.n_days, s.end_reason = 'better' as is_better
    from marts.inadequate_spells s, asked
    where s.area_code = asked.area
),

spells as (
    from every_one where n_days is not null
),

steps as (
    select
        s.n_days,
        count(*) filter (where s.is_better) as n_better,
        (select count(*) from spells o where o.n_days >= s.n_days) as n_at_risk
    from spells s
    group by s.n_days
),

survival as (
    select n_days, product(1 - n_better / n_at_risk) over (order by n_days) as share_left
    from steps
),

years as (
    select y.years, y.years * 365.25 as days
    from (values (0), (1), (2), (3), (4), (5)) y (years)
)

select
    y.years,
    (select count(*) from spells s where s.n_days >= y.days) as n_at_risk,
    (select count(*) from spells s where s.is_better and s.n_days <= y.days) as n_better_by_then,
    (select count(*) from spells s where not s.is_better and s.n_days < y.days) as n_censored_by_then,
    round(coalesce((select min(v.share_left) from survival v where v.n_days <= y.days), 1), 3) as share_still_inadequate,
    (select min(v.n_days) from survival v where v.share_left <= 0.5 + 1e-9) as median_days,
    (select count(*) from spells) as n_spells,
    (select count(*) from every_one where n_days is null) as n_left_out,
    (select count(*) from every_one where n_days is null and is_better) as n_left_out_better,
    (select count(*) from quality.coverage c where c.is_missing) as n_missing_reports
from years y
order by y.years
