-- @question: When is our next full inspection likely, given how long others with our grade waited?
-- @returns: Three rows: the days by which one in ten, half and nine in ten were inspected again, counted from our last inspection. by_those_inspected_again is that of marts.next_inspection_windows and of our page on the site, from n_intervals that ended. likely_by counts those that still wait, too: from n_comparable intervals, of which n_inspected_again ended and n_still_observed were as long; null where so many are not known to have ended. No row where our last first day is a bound.
-- @warning: The two days differ because by_those_inspected_again leaves out authorities that still wait, which makes it early. likely_by is Kaplan-Meier from the days that we have waited already: intervals without a next inspection count as "not yet" up to censor_date of marts.inspection_intervals, and only those that began after the pause of 2020 to 2021 count, since those before it are there only if they were short. Both compare the same grade: overall effectiveness, or the worst grade of a service where the inspection gave none, under the same family of frameworks. Both are rules of thumb, not Ofsted's plan.
with asked as (select 'Greenwich' as authority, date '2021-04-30' as pause_ended),

ours as (
    select w.*, f.framework_family, i.censor_date, i.n_days
    from marts.next_inspection_windows w
    join asked on asked.authority = w.authority_name
    join marts.inspection_intervals i using (inspection_id)
    join core.frameworks f using (framework_code)
    where i.n_days is not null
),

waits as (
    select i.n_days, not i.is_censored as has_ended
    from ours, asked, marts.inspection_intervals i
    join core.frameworks f using (framework_code)
    where
        f.framework_family = ours.framework_family
        and if(ours.grade_basis = 'overall effectiveness', i.overall_grade, i.worst_grade) = ours.grade
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
    from (values (0.1), (0.5), (0.9)) q (share_inspected)
    left join survival s on s.share_still_waiting <= 1 - q.share_inspected + 1e-9
    group by q.share_inspected
)

select
    r.share_inspected,
    ours.inspection_start_date as last_inspection,
    ours.grade as our_grade,
    ours.grade_basis,
    ours.censor_date as not_inspected_until,
    case r.share_inspected when 0.1 then ours.opens_date when 0.5 then ours.expected_date else ours.closes_date end
        as by_those_inspected_again,
    ours.n_intervals,
    ours.inspection_start_date + r.n_days::integer as likely_by,
    (select count(*) from waits) as n_comparable,
    (select count(*) from waits where has_ended) as n_inspected_again,
    (select count(*) from waits w where w.n_days >= r.n_days) as n_still_observed
from reached r, ours
order by r.share_inspected
