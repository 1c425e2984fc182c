-- @question: When is our next full inspection likely, given how long others with our grade waited?
-- @returns: Three rows: the day by which a quarter, half and three quarters of comparable inspections were followed by the next, counted from our last; how many there are, how many of them had a next one, and how many were still observed on that day. No row where our last first day is a bound, or nobody waited as long.
-- @warning: Kaplan-Meier from the days that we have waited already: intervals without a next inspection count as "not yet" up to censor_date of marts.inspection_intervals. Only those that began after the pause of 2020 to 2021, since those before it are there only if they were short. It is a rule of thumb, not Ofsted's plan.
with asked as (select 'Greenwich' as authority, date '2021-04-30' as pause_ended),

ours as (
    select i.start_date, i.worst_grade, i.censor_date, i.n_days
    from marts.inspection_intervals i, asked
    where i.authority_name = asked.authority and i.end_reason = 'censored_open' and i.n_days is not null
),

waits as (
    select i.n_days, not i.is_censored as has_ended
    from ours, asked, marts.inspection_intervals i
    join core.frameworks f using (framework_code)
    where
        f.is_current_programme
        and i.worst_grade = ours.worst_grade
        and i.start_date > asked.pause_ended
        and i.n_days > ours.n_days
),

steps as (
    select
        w.n_days,
        count(*) filter (where w.has_ended) as n_ended,
        (select count(*) from waits o where o.n_days >= w.n_days) as n_waiting
    from waits w
    group by w.n_days
),

survival as (
    select n_days, n_waiting, product(1 - n_ended / n_waiting) over (order by n_days) as share_still_waiting
    from steps
),

reached as (
    select q.share_inspected, min(s.n_days) as n_days
    from (values (0.25), (0.5), (0.75)) q (share_inspected)
    left join survival s on s.share_still_waiting <= 1 - q.share_inspected + 1e-9
    group by q.share_inspected
)

select
    r.share_inspected,
    ours.start_date as last_inspection,
    ours.worst_grade as our_worst_grade,
    ours.censor_date as not_inspected_until,
    ours.start_date + r.n_days::integer as likely_by,
    (select count(*) from waits) as n_comparable,
    (select count(*) from waits where has_ended) as n_inspected_again,
    (select count(*) from waits w where w.n_days >= r.n_days) as n_still_observed
from reached r, ours
where (select count(*) from waits) > 0
order by r.share_inspected
