-- @question: When is our next full inspection likely, given how long others with our grade waited?
-- @returns: Three rows: the days by which a quarter, half and three quarters of comparable authorities would have been inspected again.
-- @warning: Open intervals count as "not yet" (Kaplan-Meier); intervals across the pause of 2020 are left out. It is a rule of thumb, not Ofsted's plan.
with asked as (select 'Greenwich' as authority),

last_day as (select max(published_date) as known_until from core.reports),

ours as (
    select i.start_date, i.worst_grade, known_until - i.start_date as days_gone
    from marts.inspection_intervals i, asked, last_day
    where i.authority_name = asked.authority and i.next_start_date is null
),

waits as (
    select coalesce(i.days_to_next, known_until - i.start_date) as days, i.days_to_next is not null as has_ended
    from ours, last_day, marts.inspection_intervals i
    join core.frameworks f using (framework_code)
    where
        f.is_current_programme
        and i.worst_grade = ours.worst_grade
        and i.start_date > date '2018-01-01'
        and not (i.start_date <= date '2021-04-30' and coalesce(i.next_start_date, known_until) >= date '2020-03-17')
        and coalesce(i.days_to_next, known_until - i.start_date) > ours.days_gone
),

steps as (
    select w.days, count(*) filter (where w.has_ended) as n_ended, (select count(*) from waits o where o.days >= w.days) as n_waiting
    from waits w
    group by w.days
),

survival as (
    select days, product(1 - n_ended / n_waiting) over (order by days) as share_still_waiting
    from steps
)

select
    q.share_inspected,
    ours.start_date as last_inspection,
    ours.worst_grade as our_worst_grade,
    ours.start_date + (select min(s.days) from survival s where s.share_still_waiting <= 1 - q.share_inspected)::integer as likely_by,
    (select count(*) from waits) as n_comparable,
    (select count(*) from waits where has_ended) as n_inspected_again
from ours, (values (0.25), (0.5), (0.75)) q (share_inspected)
order by q.share_inspected
