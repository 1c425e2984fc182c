-- @question: When is our next full inspection likely, given how long others with our grade waited?
-- @returns: Three rows: the day by which one in ten, half and nine in ten of the others were inspected again, counted from our last inspection. There are two answers. by_those_inspected_again asks only those who were inspected again (n_intervals), as our page on the site does. likely_by also counts those who still wait: n_comparable in all, of whom n_inspected_again were inspected again and n_still_observed had waited as long; it is empty where too few were. No row where the first day of our last inspection is not known.
-- @warning: by_those_inspected_again comes early, because who still waits is left out. likely_by is a Kaplan-Meier estimate, given that we have waited so long already: who was not inspected again counts as "not yet" up to censor_date of marts.inspection_intervals. Only intervals that began after the pause of 2020 to 2021 count there, since of those before it only the short ones ended.
-- @warning: Both compare the same grade under the same family of frameworks: overall effectiveness, or the worst grade of a service where the inspection gave none. Both are rules of thumb, not Ofsted's plan.
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
