-- @question: Who has been inadequate longest, or repeatedly?
-- @returns: One row per authority that was ever inadequate overall, the longest single time first: how many times, at how many inspections, for at least how many days, how the last time ended, whether it was so at known_until, and the last grade before November 2013, with the number of such authorities and of those with a full inspection.
-- @warning: Only inspections since November 2013 count. earlier_grade is that of the last inspection of safeguarding, child protection or looked after children before, on other questions: who was inadequate then may have been so for years more.
-- @warning: Days run from the first day of the inspection that gave the grade to that of the one that gave a better one, or to known_until. A time of which only a publication tells the beginning counts from that day; one of which only a publication tells the end has no days. n_times_inexact counts both.
with asked as (select 'overall' as area),

spells as (
    select
        s.*,
        -- By its publication an inspection has certainly begun; when the next one began is not known from its own.
        case
            when s.n_days is not null then s.n_days
            when s.to_date_basis is distinct from 'bound' then coalesce(s.censor_date, s.to_date + 1) - f.published_date
        end as days_at_least
    from marts.grade_spells s
    join marts.full_inspections f using (inspection_id)
    join asked on s.area_code = asked.area
    where s.grade = 'inadequate'
),

earlier as (
    select
        authority_id,
        arg_max(coalesce(overall, help_and_protection), start_date) as earlier_grade,
        max(published_date) as earlier_published_date
    from marts.earlier_inspections
    where coalesce(overall, help_and_protection) is not null
    group by authority_id
)

select
    s.authority_name,
    count(*) as n_times,
    sum(s.n_inspections)::bigint as n_inspections,
    sum(s.days_at_least)::bigint as days_at_least,
    max(s.days_at_least) as longest_at_least,
    count(*) filter (where s.n_days is null) as n_times_inexact,
    min(s.from_date) as first_from,
    arg_min(s.from_date_basis, s.from_date) as first_from_basis,
    arg_max(s.end_reason, s.from_date) as last_end_reason,
    if(last_end_reason = 'censored_no_longer_judged', null, last_end_reason = 'censored_open') as is_inadequate_at_known_until,
    max(s.censor_date) as known_until,
    any_value(e.earlier_grade) as earlier_grade,
    any_value(e.earlier_published_date) as earlier_published_date,
    count(*) over () as n_ever_inadequate,
    (select count(distinct f.authority_id) from marts.full_inspections f) as n_inspected,
    (select count(*) from quality.coverage c where c.is_missing) as n_missing_reports
from spells s
left join earlier e using (authority_id)
group by s.authority_name, s.authority_id
order by longest_at_least desc nulls last, s.authority_name
